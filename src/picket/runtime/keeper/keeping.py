"""What the keeper does with each record: rows that change, and gaps that follow from them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from picket.domain.errors import NotFound
from picket.domain.segment import Gap, GapReason, Segment
from picket.domain.timespan import TimeSpan, holes
from picket.ipc.messages import (
    EventChanged,
    EventDiscarded,
    GapNoted,
    Record,
    SegmentAnalysed,
    SegmentHeard,
    SegmentWritten,
    TimelineNoted,
    TrackQuieted,
    WorkerStarted,
)
from picket.record.adopt import cut_tail, read_segment
from picket.store.database import Database
from picket.store.event_paths import put_path
from picket.store.events import delete_event, end_abandoned_events, put_event
from picket.store.gaps import end_open_gaps, find_gaps, put_gap
from picket.store.segments import (
    footage_end,
    open_segments,
    put_segment,
    set_activity,
    set_loudness,
)
from picket.store.suppressions import count_quieted
from picket.store.timeline import add_timeline

logger = logging.getLogger(__name__)

SEAM_S = 0.5  # a smaller hole between two segments is a seam, not a gap


class Bookkeeper:
    """Applies records; every one may come twice."""

    def __init__(self, recordings: Path, on_gap: Callable[[Gap], None] = lambda _: None) -> None:
        """Args: on_gap: told of gaps that follow from records."""
        self._recordings = recordings
        self._on_gap = on_gap
        self._last: dict[str, Segment] = {}  # newest segment by camera

    def write(self, db: Database, record: Record) -> None:
        """Bring the rows up to date."""
        match record:
            case WorkerStarted(cameras, started_time):
                end_abandoned_events(db, cameras, started_time)
                end_open_gaps(db, started_time, cameras)
            case SegmentWritten(segment):
                self._write_segment(db, segment)
            case SegmentAnalysed(segment_id, motion, objects):
                set_activity(db, segment_id, motion=motion, objects=objects)
            case SegmentHeard(segment_id, dbfs):
                set_loudness(db, segment_id, dbfs)
            case GapNoted(gap):
                put_gap(db, gap)
            case _:
                _write_object(db, record)

    def _write_segment(self, db: Database, segment: Segment) -> None:
        last = self._last.get(segment.camera)
        if last is None or last.session != segment.session:
            self._begin_session(db, segment)
        if last is None or segment.start_time >= last.start_time:
            self._last[segment.camera] = segment
        put_segment(db, segment)

    def _begin_session(self, db: Database, segment: Segment) -> None:
        """A recorder started anew: what an earlier one left open is closed from its file."""
        end_time = close_orphans(db, self._recordings, segment.camera, segment.session)
        known = footage_end(db, segment.camera, segment.start_time)
        end_time = max((t for t in (end_time, known) if t is not None), default=None)
        if end_time is None or segment.start_time - end_time <= SEAM_S:
            return
        explained = find_gaps(db, segment.camera, end_time, segment.start_time)
        spans = (
            TimeSpan(gap.start_time, segment.start_time if gap.end_time is None else gap.end_time)
            for gap in explained
        )
        for hole in holes(TimeSpan(end_time, segment.start_time), spans):
            if hole.duration_s > SEAM_S:
                gap_id = f"{round(hole.start_time, 6)}-{segment.camera}"
                span = (hole.start_time, hole.end_time)
                gap = Gap(gap_id, segment.camera, *span, GapReason.RESTART)
                put_gap(db, gap)
                self._on_gap(gap)


def _write_object(db: Database, record: Record) -> None:
    """What was seen, as opposed to what was recorded."""
    match record:
        case EventChanged(event, path):
            put_event(db, event)
            if path:
                put_path(db, event.id, path)
        case TimelineNoted(entry):
            add_timeline(db, entry)
        case EventDiscarded(event_id):
            with suppress(NotFound):  # mostly it has a timeline and no row
                delete_event(db, event_id)
        case TrackQuieted(suppression_id, frame_time):
            count_quieted(db, suppression_id, frame_time)


def close_orphans(
    db: Database, recordings: Path, camera: str | None = None, session: str = ""
) -> float | None:
    """Close rows of segments whose recorder is gone, with what their files really hold.

    Args:
        db: inside a transaction.
        recordings: the folder of the files.
        camera: only this one's; None for all.
        session: the one that goes on, and is left alone.

    Returns: where the closed footage ends, Unix seconds; None when nothing was open.
    """
    ends = []
    for segment in open_segments(db):
        if camera not in (None, segment.camera) or segment.session == session:
            continue
        closed = replace(_as_on_disk(recordings, segment), is_closed=True)
        put_segment(db, closed)
        ends.append(closed.end_time)
    return max(ends, default=None)


def _as_on_disk(recordings: Path, segment: Segment) -> Segment:
    """The row that the file itself tells, which may hold a fragment more than the index knew."""
    try:
        found = read_segment(recordings, recordings / segment.path) or segment
        cut_tail(recordings, found)
    except OSError as error:
        logger.error("a recording cannot be read (%s): %s", error.strerror, segment.path)  # noqa: TRY400
        return segment
    return found
