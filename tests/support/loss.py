"""What kills cost: numbered pictures that were sent and are in no file; pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Kill:
    """Who was killed, and what had been sent by then."""

    victim: str
    time: float  # Unix seconds
    newest: int  # number of the newest picture of every camera


@dataclass(frozen=True, slots=True)
class Loss:
    """What one kill cost one camera, in pictures."""

    victim: str
    camera: str
    before: int  # sent before the kill, and lost with it
    away: int  # sent while nobody recorded

    @property
    def total(self) -> int:
        """Both."""
        return self.before + self.away


def missing_numbers(recorded: AbstractSet[int], end: int) -> list[int]:
    """Numbers that lack from the first recorded one on, up to `end`."""
    return [n for n in range(min(recorded, default=end), end) if n not in recorded]


def runs_of(missing: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each unbroken run of numbers."""
    breaks = [n for n, (a, b) in enumerate(pairwise(missing), start=1) if b != a + 1]
    edges = [0, *breaks, len(missing)]
    return [(missing[a], missing[b - 1]) for a, b in pairwise(edges) if b > a]


def losses(kills: Sequence[Kill], camera: str, missing: Sequence[int]) -> list[Loss]:
    """What each kill cost a camera; in the order of the kills.

    What a kill takes with it reaches up to the picture that was newest then. A run of missing
    pictures in which that one lies is the kill's; any other is that of the last kill before it.

    Args:
        kills: in order of time.
        camera: whose.
        missing: numbers of its pictures that were not recorded, in order.
    """
    befores, aways = [0] * len(kills), [0] * len(kills)
    newest = [kill.newest for kill in kills]
    for first, last in runs_of(missing):
        place = bisect_left(newest, first)
        if place == len(kills) or newest[place] > last:
            place -= 1
        if place >= 0:
            befores[place] += sum(n <= newest[place] for n in range(first, last + 1))
            aways[place] += sum(n > newest[place] for n in range(first, last + 1))
    return [
        Loss(kill.victim, camera, before, away)
        for kill, before, away in zip(kills, befores, aways, strict=True)
    ]
