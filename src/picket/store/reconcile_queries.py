"""What comparing index and files asks: very thin rows, an hour at a time."""

from __future__ import annotations

from dataclasses import dataclass

from picket.domain.timespan import TimeSpan
from picket.store.database import Database


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """A file as the index knows it."""

    id: str
    path: str  # below the recordings folder
    is_closed: bool


def files_between(db: Database, span: TimeSpan) -> list[IndexedFile]:
    """Segments that began in a span, oldest first."""
    rows = db.rows(
        """
        SELECT id, path, is_closed
          FROM segment
         WHERE start_time >= :start_time AND start_time < :end_time
         ORDER BY start_time, id
        """,
        {"start_time": span.start_time, "end_time": span.end_time},
    )
    return [IndexedFile(row["id"], row["path"], bool(row["is_closed"])) for row in rows]


def indexed_span(db: Database) -> TimeSpan | None:
    """From the start of the first segment to that of the last; None without any."""
    first = db.rows("SELECT MIN(start_time) AS start_time FROM segment")[0]["start_time"]
    last = db.rows("SELECT MAX(start_time) AS start_time FROM segment")[0]["start_time"]
    return None if first is None else TimeSpan(first, last)


def count_segments(db: Database) -> int:
    """How many segments there are."""
    return int(db.rows("SELECT COUNT(*) AS segments FROM segment")[0]["segments"])


def event_ids(db: Database) -> frozenset[str]:
    """Every event there is."""
    return frozenset(row["id"] for row in db.rows("SELECT id FROM event"))


def count_open_events(db: Database) -> int:
    """How many events have no end."""
    return int(db.rows("SELECT COUNT(*) AS n FROM event WHERE end_time IS NULL")[0]["n"])
