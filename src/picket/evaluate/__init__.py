"""How well videos with known content are analysed: the live pipeline, scored against the truth."""
