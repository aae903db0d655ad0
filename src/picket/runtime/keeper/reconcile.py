"""Brings the index in line with the files: what a crash kept from being written down is adopted."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from picket.domain.segment import Segment
from picket.record.adopt import cut_tail, is_stillborn, read_segment
from picket.store.database import Database
from picket.store.segments import newest_start, put_segment, segment_paths

logger = logging.getLogger(__name__)

LOOK_BACK_S = 2 * 3600.0  # before the newest row: records wait for a dead keeper that long at most
MAX_LOOK_BACK_S = 6 * 3600.0  # before now; reading more would hold up recording


@dataclass(frozen=True, slots=True)
class Recent:
    """What was done at a start."""

    adopted: int  # files
    is_complete: bool  # False: the newest row is so old that a part is left to the keeper


def adopt_recent(db: Database, recordings: Path, now: float) -> Recent:
    """Write rows for recent files that have none.

    Only while nobody records: what looks torn is cut back to what is whole.

    Args:
        db: inside a transaction.
        recordings: the folder of the files.
        now: Unix seconds; the folders from two hours before the newest row up to here are read, but
            six hours at most.
    """
    wanted = min(newest_start(db) or now, now) - LOOK_BACK_S
    since = max(wanted, now - MAX_LOOK_BACK_S)
    known = segment_paths(db, since - LOOK_BACK_S)
    adopted = 0
    for path in _files(recordings, since, now):
        if path.relative_to(recordings).as_posix() in known:
            continue
        try:
            segment = _take(recordings, path)
        except OSError as error:
            logger.error("a recording cannot be read (%s): %s", error.strerror, path)  # noqa: TRY400
            continue
        if segment is not None:
            put_segment(db, segment)
            adopted += 1
    return Recent(adopted, is_complete=since == wanted)


def _take(recordings: Path, path: Path) -> Segment | None:
    """The row of a file, made whole; one that a recorder could not even begin is removed."""
    segment = read_segment(recordings, path)
    if segment is not None:
        cut_tail(recordings, segment)
    elif is_stillborn(path):
        logger.warning("removed a recording that was cut off before its first second: %s", path)
        path.unlink()
    else:
        logger.warning("not a recording of ours, left alone: %s", path)
    return segment


def _files(recordings: Path, since: float, until: float) -> Iterator[Path]:
    """Files in the folders of the hours between two instants, oldest first."""
    hour = datetime.fromtimestamp(since, UTC)
    end = datetime.fromtimestamp(until, UTC) + timedelta(hours=1)
    while hour < end:
        yield from sorted((recordings / f"{hour:%Y-%m-%d}" / f"{hour:%H}").glob("*/*.mp4"))
        hour += timedelta(hours=1)
