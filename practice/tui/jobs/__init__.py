"""Work beside a screen: threads that end in messages."""
