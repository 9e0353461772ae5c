"""What every room may use and what knows no room: errors, text from outside, files, settings."""
