"""A half-open range of time."""

from __future__ import annotations

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
