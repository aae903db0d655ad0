"""For how long cameras were not recorded, and why, as far as this process was told."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from picket.domain.segment import Gap, GapReason
from picket.domain.status import GapSeconds

REMEMBERED = 1000
"""Gaps that ended: one may be told again after it was committed."""


@dataclass(frozen=True, slots=True)
class _Open:
    gap: Gap
    counted_until: float  # Unix seconds


class GapTally:
    """Sums that only grow; a gap counts once, however often it is told."""

    def __init__(self, open_gaps: Iterable[Gap], now: float) -> None:
        """Args: open_gaps: those that lasted before; they count from now (Unix seconds) on."""
        self._open = {gap.id: _Open(gap, now) for gap in open_gaps}
        self._ended: OrderedDict[str, None] = OrderedDict()
        self._seconds: dict[tuple[str, GapReason], float] = {}

    def note(self, gap: Gap) -> None:
        """A gap began or ended."""
        if gap.id in self._ended:
            return
        known = self._open.setdefault(gap.id, _Open(gap, gap.start_time))
        if gap.end_time is None:
            return
        self._count(known, gap.end_time)
        del self._open[gap.id]
        self._ended[gap.id] = None
        if len(self._ended) > REMEMBERED:
            self._ended.popitem(last=False)

    def end_all(self, cameras: Collection[str], end_time: float) -> None:
        """Whoever would have ended the gaps of these cameras is gone; later ones go on."""
        for gap in [one.gap for one in self._open.values()]:
            if gap.camera in cameras and gap.start_time < end_time:
                self.note(replace(gap, end_time=end_time))

    def seconds(self, now: float) -> tuple[GapSeconds, ...]:
        """What came together up to now (Unix seconds), by camera and reason.

        A gap that turns out to have ended a moment before stays counted up to here.
        """
        for known in list(self._open.values()):
            self._count(known, now)
            until = max(known.counted_until, now)
            self._open[known.gap.id] = replace(known, counted_until=until)
        return tuple(GapSeconds(*key, seconds) for key, seconds in sorted(self._seconds.items()))

    def _count(self, known: _Open, until: float) -> None:
        key = (known.gap.camera, known.gap.reason)
        added_s = max(until - known.counted_until, 0.0)
        self._seconds[key] = self._seconds.get(key, 0.0) + added_s
