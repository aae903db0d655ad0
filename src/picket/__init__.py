"""Picket: a network video recorder with real-time object detection."""

__version__ = "0.1.0"
