"""A script read aloud, and which of its planned fillers were found."""
