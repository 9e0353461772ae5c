"""A sample answer and a tiny speech model: everything runs with no network and no microphone."""
