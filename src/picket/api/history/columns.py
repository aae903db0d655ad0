"""The newest values of many series, in slots of equal length; pure."""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping
from itertools import pairwise

Values = Mapping[str, float]


class Columns:
    """A ring of slots for each series; what was never told is a NaN."""

    def __init__(self, slot_s: int, count: int) -> None:
        """Args: slot_s: length of a slot, seconds; count: how many are kept."""
        self.slot_s = slot_s
        self._count = count
        self._newest: int | None = None
        self._columns: dict[str, array[float]] = {}

    def add(self, time: float, values: Values) -> None:
        """Put values into the slot of an instant; one that is older than the ring is lost."""
        slot = int(time // self.slot_s)
        self._advance(slot)
        if self._newest is None or slot <= self._newest - self._count:
            return
        for key, value in values.items():
            if key not in self._columns:
                self._columns[key] = array("f", [math.nan]) * self._count
            self._columns[key][slot % self._count] = value

    def mean(self, after: float, before: float) -> dict[str, float]:
        """The mean of each series that has a value in [after, before)."""
        found = self.steps(after, before - after, 1)
        return {key: value for key, (value,) in found.items() if value is not None}

    def steps(self, start: float, step_s: float, count: int) -> dict[str, list[float | None]]:
        """The mean of each series in each step from an instant on; None where nothing is known."""
        edges = [math.ceil((start + step_s * n) / self.slot_s) for n in range(count + 1)]
        return {
            key: [self._mean(column, first, end) for first, end in pairwise(edges)]
            for key, column in self._columns.items()
        }

    def _mean(self, column: array[float], first: int, end: int) -> float | None:
        if self._newest is None:
            return None
        first, end = max(first, self._newest - self._count + 1), min(end, self._newest + 1)
        known = [
            value
            for slot in range(first, end)
            if not math.isnan(value := column[slot % self._count])
        ]
        return sum(known) / len(known) if known else None

    def _advance(self, slot: int) -> None:
        """Empty the slots between the newest and this one; a series without any value ends."""
        if self._newest is None:
            self._newest = slot
            return
        for passed in range(max(self._newest + 1, slot - self._count + 1), slot + 1):
            for column in self._columns.values():
                column[passed % self._count] = math.nan
        if slot > self._newest and slot % self._count == 0:
            self._columns = {k: c for k, c in self._columns.items() if not all(map(math.isnan, c))}
        self._newest = max(self._newest, slot)
