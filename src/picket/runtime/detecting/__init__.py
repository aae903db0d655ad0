"""Inference in a process of its own, and whose look comes next."""
