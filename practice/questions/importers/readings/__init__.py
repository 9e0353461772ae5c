"""Readings: each says which parts of a document are questions, and proposes what comes of it."""
