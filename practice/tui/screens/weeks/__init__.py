"""Real interviews: when they are, what was asked, how they ended, and what is still open."""
