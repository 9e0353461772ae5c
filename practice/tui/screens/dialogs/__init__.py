"""Small boxes over a screen that ask or tell one thing."""
