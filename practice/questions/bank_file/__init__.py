"""One YAML file of questions: read with positions, checked, written with its comments kept."""
