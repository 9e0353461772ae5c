"""What runs in the speech process alone; the only room that loads speech models."""
