"""Every take, the takes of one question, and measures over time."""
