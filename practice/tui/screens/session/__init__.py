"""Today, a session, and what it came to."""
