"""Regions to detections."""
