"""Camera to packets to frames."""
