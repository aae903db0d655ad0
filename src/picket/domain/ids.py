"""Identifiers of events and segments."""

from __future__ import annotations

from collections.abc import Sequence

ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
SUFFIX_LENGTH = 6


def timed_id(time: float, draws: Sequence[int]) -> str:
    """`<time>-<six of a-z0-9>`, Frigate's form: clients sort by it and parse the time.

    Args:
        time: Unix seconds; printed to the microsecond without trailing zeros, at least one decimal.
        draws: six random numbers, 0..35; the caller draws them, so that rules stay pure.
    """
    if len(draws) != SUFFIX_LENGTH:
        raise ValueError(f"an id needs {SUFFIX_LENGTH} draws, got {len(draws)}")
    return f"{round(time, 6)}-{''.join(ALPHABET[draw] for draw in draws)}"
