"""Short exercises that end by themselves: which story, and one habit at a time."""
