"""Frigate's topics as values."""
