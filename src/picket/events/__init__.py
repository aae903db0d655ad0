"""Tracks to events; pure."""
