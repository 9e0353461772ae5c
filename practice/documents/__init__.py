"""The shapes that are kept for years: reviews, transcripts, words of other recognisers."""
