"""Cameras that move, by ONVIF."""
