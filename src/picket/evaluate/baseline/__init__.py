"""The association rules of Frigate 0.13, kept unchanged to be compared with."""
