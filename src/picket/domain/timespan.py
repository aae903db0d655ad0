"""A half-open range of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """start_time <= t < end_time, Unix seconds (UTC)."""

    start_time: float
    end_time: float

    def __post_init__(self) -> None:
        if self.end_time < self.start_time:
            raise ValueError(f"a span cannot end before it starts: {self}")

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.end_time - self.start_time

    def overlaps(self, other: TimeSpan) -> bool:
        """Whether an instant lies in both; an empty span overlaps nothing."""
        return max(self.start_time, other.start_time) < min(self.end_time, other.end_time)

    def padded(self, before_s: float, after_s: float) -> TimeSpan:
        """The span made longer on both sides."""
        return TimeSpan(self.start_time - before_s, self.end_time + after_s)


def holes(span: TimeSpan, covers: Iterable[TimeSpan]) -> list[TimeSpan]:
    """The parts of a span that none of the others covers, in order."""
    found: list[TimeSpan] = []
    reached = span.start_time
    for cover in sorted(covers, key=lambda one: one.start_time):
        if cover.start_time > reached:
            found.append(TimeSpan(reached, min(cover.start_time, span.end_time)))
        reached = max(reached, cover.end_time)
        if reached >= span.end_time:
            return found
    return [*found, TimeSpan(reached, span.end_time)] if reached < span.end_time else found
