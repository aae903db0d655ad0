"""Players that people use, over recordings of a real hour."""
