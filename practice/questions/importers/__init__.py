"""Importers: one module for each family of formats in which people keep questions."""
