"""How it sounded: everything that needs the samples alone."""
