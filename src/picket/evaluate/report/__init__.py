"""Scores as a table, as JSON and as a page with pictures."""
