"""What the numbers of a network mean; one file per family of outputs, all of it pure."""
