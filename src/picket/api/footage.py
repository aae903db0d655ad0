"""Reading recorded bytes for answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import Path as PathPart

from picket.domain.errors import InvalidRequest, NotFound
from picket.domain.segment import Segment
from picket.domain.timespan import TimeSpan
from picket.media.footage_file import FootageFile
from picket.media.paths import resolve_inside
from picket.media.progressive import Read
from picket.store.database import Database
from picket.store.events import find_event
from picket.store.segments import find_segments

MAX_RANGE_S = 7 * 86_400.0
NOTHING_RECORDED = "No recordings found."

Instant = Annotated[float, PathPart(ge=0, le=1e11)]
"""Unix seconds in a path, whole or not."""


@contextmanager
def open_footage(root: Path) -> Iterator[Read]:
    """A reader of the recordings folder; the file read last stays open."""
    reader = _Reader(root)
    try:
        yield reader.read
    finally:
        reader.close()


@dataclass(frozen=True, slots=True)
class Selection:
    """Which footage a URL means."""

    camera: str
    span: TimeSpan


async def range_selection(camera: str, start: Instant, end: Instant) -> Selection:
    """`<camera>/start/<start>/end/<end>`. Raises: InvalidRequest when it ends before it starts."""
    if end < start:
        raise InvalidRequest(f"the range ends at {end:.3f}, before it starts")
    return Selection(camera, TimeSpan(start, end))


def event_selection(db: Database, event_id: str, now: float) -> Selection:
    """An event that has footage, up to now while it goes on. Raises: NotFound."""
    event = find_event(db, event_id)
    if event is None:
        raise NotFound("Event not found.")
    if not event.has_clip:
        raise NotFound("Recordings not available.")
    end_time = event.end_time if event.end_time is not None else now
    return Selection(event.camera, TimeSpan(event.start_time, max(end_time, event.start_time)))


def require_segments(db: Database, selection: Selection) -> list[Segment]:
    """What was recorded in the span, oldest first.

    Raises: NotFound when nothing was; InvalidRequest when the span is too long to answer.
    """
    span = selection.span
    if span.duration_s > MAX_RANGE_S:
        raise InvalidRequest("at most seven days can be asked for at once")
    segments = find_segments(db, selection.camera, span.start_time, span.end_time)
    if not segments:
        raise NotFound(NOTHING_RECORDED)
    return segments


class _Reader:
    def __init__(self, root: Path) -> None:
        self._root = root
        self._path = ""
        self._file: FootageFile | None = None

    def read(self, path: str, offset: int, size: int) -> bytes:
        """Bytes of a file below the folder. Raises: NotFound when it is gone."""
        try:
            if self._file is None or path != self._path:
                self.close()
                self._file = FootageFile(resolve_inside(self._root, path))
                self._path = path
            return self._file.read(offset, size)
        except OSError as error:
            raise NotFound("The recording is not on the disk any more") from error

    def close(self) -> None:
        """Let go of the open file."""
        file, self._file = self._file, None
        if file is not None:
            file.close()
