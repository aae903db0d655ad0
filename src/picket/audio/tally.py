"""How loud each recorded segment is, for retention to judge by. Pure.

The recorder closes segments, listening reports windows, in no common order: a segment is reported
once the sound has passed its end. One that was partly heard counts as loud where it was heard.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from picket.domain.timespan import TimeSpan
from picket.ipc.messages import SegmentHeard

MAX_LOUD = 1024
MAX_SEGMENTS = 64


@dataclass(frozen=True, slots=True)
class LoudWindow:
    """One that was loud enough to be examined."""

    start_time: float  # Unix seconds
    dbfs: float


@dataclass(frozen=True, slots=True)
class LoudTally:
    """What is not yet summed up; the empty value is the start."""

    loud: tuple[LoudWindow, ...] = ()  # oldest first
    segments: tuple[tuple[str, TimeSpan], ...] = ()  # closed, waiting for sound; (id, span)


Reported = tuple[LoudTally, tuple[SegmentHeard, ...]]


def add_segment(tally: LoudTally, segment_id: str, span: TimeSpan) -> LoudTally:
    """A segment was closed."""
    return replace(tally, segments=(*tally.segments, (segment_id, span))[-MAX_SEGMENTS:])


def add_window(tally: LoudTally, start_time: float, dbfs: float | None) -> Reported:
    """A window was heard; hands back the segments that are complete by it.

    Args:
        tally: so far.
        start_time: of the window, Unix seconds.
        dbfs: its loudness; None when it was not loud enough.
    """
    loud = tally.loud if dbfs is None else (*tally.loud, LoudWindow(start_time, dbfs))[-MAX_LOUD:]
    over = [(key, span) for key, span in tally.segments if span.end_time <= start_time]
    if not over:
        return replace(tally, loud=loud), ()
    waiting = tuple(one for one in tally.segments if one not in over)
    reports = tuple(SegmentHeard(key, _mean_dbfs(loud, span)) for key, span in over)
    # Segments follow each other: nothing will ask again for what came before the last of them.
    since = min((span.start_time for _, span in waiting), default=over[-1][1].end_time)
    return LoudTally(tuple(one for one in loud if one.start_time >= since), waiting), reports


def _mean_dbfs(loud: tuple[LoudWindow, ...], span: TimeSpan) -> int:
    """Of the loud windows that begin inside; 0 without any, which stands for silence."""
    inside = [one.dbfs for one in loud if span.start_time <= one.start_time < span.end_time]
    return min(round(sum(inside) / len(inside)), -1) if inside else 0
