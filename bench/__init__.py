"""What the program costs: `python -m bench`; the HTTP API: `python -m bench.api`."""
