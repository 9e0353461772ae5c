"""What was said and how: plain words and samples in, plain findings out."""
