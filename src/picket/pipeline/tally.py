"""Sums up per segment what analysis saw, for retention to judge by.

The recorder closes segments, analysis reports frames, in no common order. A segment is reported
once frames passed its end, and only when analysis watched all of it: what is unknown is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from picket.domain.timespan import TimeSpan
from picket.ipc.messages import SegmentAnalysed

MAX_SAMPLES = 4096
MAX_SEGMENTS = 64
LATE_START_S = 2.0
"""Decoding begins a little after recording does: so much of a segment may go unwatched."""
MAX_PAUSE_S = 30.0
"""Longer between two frames than any sane keyframe interval: analysis was not running."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One analysed frame."""

    frame_time: float  # Unix seconds
    motion_px: int  # square pixels of its motion boxes
    active_objects: int


@dataclass(frozen=True, slots=True)
class ActivityTally:
    """What is not yet summed up; the empty value is the start."""

    samples: tuple[Sample, ...] = ()  # oldest first, without holes
    segments: tuple[tuple[str, TimeSpan], ...] = ()  # closed, waiting for frames; (id, span)
    watched_since: float = 0.0  # samples are complete from here on
    watched_until: float = float("-inf")  # time of the last sample


Reported = tuple[ActivityTally, tuple[SegmentAnalysed, ...]]


def add_frame(tally: ActivityTally, sample: Sample) -> Reported:
    """A frame was analysed; hands back the segments that are complete by it."""
    pause_s = sample.frame_time - tally.watched_until
    if not 0.0 <= pause_s <= MAX_PAUSE_S:
        # The first frame, a long silence, or a clock that was set back.
        waiting = tally.segments if pause_s > 0 else ()
        tally = ActivityTally(segments=waiting, watched_since=sample.frame_time)
    samples, since = (*tally.samples, sample), tally.watched_since
    if len(samples) > MAX_SAMPLES:
        samples = samples[-MAX_SAMPLES // 2 :]
        since = samples[0].frame_time
    return _report(
        replace(tally, samples=samples, watched_since=since, watched_until=sample.frame_time)
    )


def miss_frames(tally: ActivityTally) -> ActivityTally:
    """Frames were left out: nobody watched all of a segment that holds them."""
    return replace(tally, watched_until=float("-inf"))


def add_segment(tally: ActivityTally, segment_id: str, span: TimeSpan) -> Reported:
    """A segment was closed; hands it back at once when frames have passed its end."""
    waiting = (*tally.segments, (segment_id, span))[-MAX_SEGMENTS:]
    return _report(replace(tally, segments=waiting))


def _report(tally: ActivityTally) -> Reported:
    over = [(key, span) for key, span in tally.segments if span.end_time <= tally.watched_until]
    if not over:
        return tally, ()
    waiting = tuple(item for item in tally.segments if item not in over)
    done = tuple(
        _sum_up(key, span, tally)
        for key, span in over
        if span.start_time >= tally.watched_since - LATE_START_S
    )
    # Segments follow each other: nothing will ask again for what came before the last of them.
    needed_from = min(
        (span.start_time for _, span in waiting),
        default=max(span.end_time for _, span in over),
    )
    samples = tuple(sample for sample in tally.samples if sample.frame_time >= needed_from)
    since = max(tally.watched_since, needed_from)
    return replace(tally, samples=samples, segments=waiting, watched_since=since), done


def _sum_up(segment_id: str, span: TimeSpan, tally: ActivityTally) -> SegmentAnalysed:
    inside = [s for s in tally.samples if span.start_time <= s.frame_time < span.end_time]
    return SegmentAnalysed(
        segment_id,
        motion=sum(sample.motion_px for sample in inside),
        objects=sum(sample.active_objects for sample in inside),
    )
