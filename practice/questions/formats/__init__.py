"""Session formats: the rules of a practice interview, each a YAML file."""
