"""Letters from facts: templates, the user's own among them, and what is put into them."""
