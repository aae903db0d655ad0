"""The user's file as frozen, checked values."""
