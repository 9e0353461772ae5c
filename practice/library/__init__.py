"""The folder and the database that keep sessions, takes and reviews."""
