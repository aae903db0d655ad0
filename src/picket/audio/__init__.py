"""From windows of sound to what was heard."""
