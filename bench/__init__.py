"""What the program costs: `python -m bench`; the index alone: `python -m bench.index`."""
