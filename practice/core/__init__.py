"""Where the rooms meet: an answer from question to review, sessions, corrections, recovery."""
