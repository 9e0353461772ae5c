"""Speech to words, in a child process."""
