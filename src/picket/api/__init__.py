"""The HTTP door: Frigate 0.13's API over the index, the files and the live cameras."""
