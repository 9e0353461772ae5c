"""Stories that are told in interviews: one file of the user's own, edited as banks are."""
