"""How long things took, counted by size: values that one process measures and another shows."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Self

DISK_LIMITS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""From a solid-state disk's sync to a disk that hangs."""
LOOK_LIMITS_S = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""From an accelerator's look to one that is given up."""
EVENT_LIMITS_S = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
"""From a frame's time on a camera to a visitor who is believed late."""
ANSWER_LIMITS_S = (0.005, 0.01, 0.02, 0.05, 0.1, 0.3, 1.0, 5.0)
"""From a remembered list to an answer that waits for the keeper; few, for every route has them."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """Durations since a process began; a new one for each that is added.

    Whoever measures replaces his histogram, so that others may read it at any time without a lock.
    """

    limits_s: tuple[float, ...]  # upper ends of the classes, rising; they belong to their class
    counts: tuple[int, ...]  # by class, and last those beyond all limits
    sum_s: float = 0.0

    def __post_init__(self) -> None:
        if len(self.counts) != len(self.limits_s) + 1:
            raise ValueError(f"{len(self.limits_s)} limits need one count more, not {self.counts}")

    @classmethod
    def empty(cls, limits_s: tuple[float, ...]) -> Self:
        """Nothing was measured yet."""
        return cls(limits_s, (0,) * (len(limits_s) + 1))

    @property
    def count(self) -> int:
        """How many were measured."""
        return sum(self.counts)

    def observed(self, duration_s: float) -> Self:
        """With one more; a negative one, which a clock that was set back makes, counts as 0."""
        duration_s = max(duration_s, 0.0)
        place = bisect_left(self.limits_s, duration_s)
        counts = (*self.counts[:place], self.counts[place] + 1, *self.counts[place + 1 :])
        return replace(self, counts=counts, sum_s=self.sum_s + duration_s)

    def plus(self, other: Histogram) -> Self:
        """Both together. Raises: ValueError when their classes differ."""
        if other.limits_s != self.limits_s:
            raise ValueError(f"classes differ: {self.limits_s} and {other.limits_s}")
        counts = tuple(a + b for a, b in zip(self.counts, other.counts, strict=True))
        return replace(self, counts=counts, sum_s=self.sum_s + other.sum_s)


NO_WRITES = Histogram.empty(DISK_LIMITS_S)
NO_LOOKS = Histogram.empty(LOOK_LIMITS_S)
NO_EVENTS = Histogram.empty(EVENT_LIMITS_S)
NO_ANSWERS = Histogram.empty(ANSWER_LIMITS_S)
