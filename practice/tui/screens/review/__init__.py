"""One take: its words, its sound, its corrections; two takes side by side."""
