"""Identifiers of events and segments."""

from __future__ import annotations

from collections.abc import Sequence

ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
SUFFIX_LENGTH = 6
APART_S = 1e-6
"""Between two times that are told apart, as ids print them."""


def timed_id(time: float, draws: Sequence[int]) -> str:
    """`<time>-<six of a-z0-9>`, Frigate's form: clients sort by it and parse the time.

    Args:
        time: Unix seconds; printed to the microsecond without trailing zeros, at least one decimal.
        draws: six random numbers, 0..35; the caller draws them, so that rules stay pure.
    """
    if len(draws) != SUFFIX_LENGTH:
        raise ValueError(f"an id needs {SUFFIX_LENGTH} draws, got {len(draws)}")
    return f"{round(time, 6)}-{''.join(ALPHABET[draw] for draw in draws)}"


def own_share_s(event_id: str) -> float:
    """0 to 1.3 ms by the last two characters of an id.

    Clients page through events by `before=<start_time>`: of two that began in one frame the second
    would be passed over. Moved by so much, they begin at times of their own, but for one in 1296.
    """
    tens, ones = (ALPHABET.find(character) for character in event_id[-2:])
    return (tens * len(ALPHABET) + ones) * APART_S
