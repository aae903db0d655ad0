"""Birdseye: the cameras where something happens, in one picture."""
