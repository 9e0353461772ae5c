"""The stories that are told in interviews: listed, written, told."""
