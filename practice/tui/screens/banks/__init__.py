"""Question banks: listed, edited, imported, exported."""
