"""How the program was doing: samples, their means, and files in which they outlive a restart."""
