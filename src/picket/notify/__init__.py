"""Tells people what happened, without a home automation in between."""
