"""Footage that is saved as a file of its own."""
