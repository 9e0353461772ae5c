"""How things are put into words, columns and colours."""
