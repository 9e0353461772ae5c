"""Importers: a shared list read once, several readings of it, and the most plausible one."""
