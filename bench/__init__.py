"""What the program costs: `python -m bench`; the HTTP API: `python -m bench.api`.

What it survives: `python -m bench.crash` (kills), `bench.soak` (bad luck), `bench.full_volume`
(a day without room, in fast motion).
"""
