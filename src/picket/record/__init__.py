"""Packets to segments on disk; what to keep."""
