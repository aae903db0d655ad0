"""Detections to tracks; pure."""
