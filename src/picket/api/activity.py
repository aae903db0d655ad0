"""Spans to values for each step of a timeline; pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from picket.store.activity import EventSpan, Table

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Steps:
    """A time range in steps of equal length; the last one may reach beyond its end."""

    start_time: float  # Unix seconds
    step_s: float
    count: int

    @classmethod
    def of(cls, after: float, before: float, step_s: float) -> Steps:
        """Those that cover [after, before)."""
        return cls(after, step_s, max(math.ceil((before - after) / step_s), 0))

    @property
    def edges(self) -> Values:
        """Where the steps begin, and where the last one ends."""
        return np.asarray(
            self.start_time + self.step_s * np.arange(self.count + 1), dtype=np.float64
        )


@dataclass(frozen=True, slots=True)
class Footage:
    """The segments of a time range, as columns."""

    borders: Values  # starts and ends in turns, never going back; Unix seconds
    motion: Values  # px^2 of motion boxes, summed over frames

    @classmethod
    def of(cls, table: Table) -> Footage:
        """Of starts, ends and motion, oldest first; segments may overlap by a little."""
        return cls(np.maximum.accumulate(table[:, :2].ravel()), table[:, 2])

    def recorded_shares(self, steps: Steps) -> list[float]:
        """The part of each step that was recorded, 0..1."""
        seconds = self._over_steps(steps, self.borders[1::2] - self.borders[::2])
        return _rounded(seconds / steps.step_s)

    def motion_levels(self, steps: Steps, picture_px2_per_s: float) -> list[float]:
        """How much moved in each step, 0..1.

        It is the root of the mean share of the picture that moved: a person who passes far away is
        to be seen beside a lorry.

        Args:
            steps: of the timeline.
            picture_px2_per_s: size of the picture times the pictures analysed each second.
        """
        moved = self._over_steps(steps, self.motion)
        return _rounded(np.sqrt(moved / (steps.step_s * picture_px2_per_s)))

    def _over_steps(self, steps: Steps, amounts: Values) -> Values:
        """What falls into each step of amounts that are spread over their segments evenly."""
        if not self.borders.size:
            return np.zeros(steps.count)
        before = np.repeat(np.cumsum(amounts), 2)  # how much there was up to each border
        before[::2] -= amounts
        return np.diff(np.interp(steps.edges, self.borders, before))


def running_events(steps: Steps, spans: Sequence[EventSpan]) -> list[int]:
    """How many events ran at some time of each step."""
    changes = np.zeros(steps.count + 1, np.int64)
    if spans:
        starts = np.array([span.start_time for span in spans])
        ends = np.array([math.inf if s.end_time is None else s.end_time for s in spans])
        first = np.floor((starts - steps.start_time) / steps.step_s).clip(0, steps.count)
        beyond = np.ceil((ends - steps.start_time) / steps.step_s).clip(0, steps.count)
        np.add.at(changes, first.astype(np.int64), 1)
        np.add.at(changes, np.maximum(beyond, np.minimum(first + 1, steps.count)).astype(int), -1)
    counts: list[int] = np.cumsum(changes)[: steps.count].tolist()
    return counts


def _rounded(values: Values) -> list[float]:
    shown: list[float] = np.round(values.clip(0.0, 1.0), 3).tolist()
    return shown
