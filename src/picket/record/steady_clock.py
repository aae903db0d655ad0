"""Whether the wall clock can be trusted with deletions: a pure rule."""

from __future__ import annotations

from dataclasses import dataclass, replace

STEP_S = 600.0
"""More than any slow correction: somebody or something has set the clock."""

PAUSE_S = 3600.0
"""So long a new time must hold before anything is deleted by it."""


@dataclass(frozen=True, slots=True)
class SteadyClock:
    """What is remembered of two clocks between two looks."""

    wall: float  # Unix seconds
    monotonic: float
    trusted_from_monotonic: float = float("-inf")

    def look(self, wall: float, monotonic: float) -> SteadyClock:
        """The memory after another look; a step ahead of STEP_S begins a pause.

        A step back needs none: it makes everything younger.
        """
        step_s = (wall - self.wall) - (monotonic - self.monotonic)
        after = replace(self, wall=wall, monotonic=monotonic)
        if step_s > STEP_S:
            return replace(after, trusted_from_monotonic=monotonic + PAUSE_S)
        return after

    @property
    def is_trusted(self) -> bool:
        """Whether the time of the last look has held for long enough."""
        return self.monotonic >= self.trusted_from_monotonic
