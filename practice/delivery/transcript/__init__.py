"""What was said: everything that needs the words alone."""
