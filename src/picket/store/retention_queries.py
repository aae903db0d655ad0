"""What retention asks of the index: thin rows in order of time, a page at a time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from picket.domain.event import AUDIO
from picket.domain.timespan import TimeSpan
from picket.store.counts import recounted
from picket.store.database import Database, Row

MANUAL = "api"
"""`type` of an event that a client created."""

HOUR_S = 3600.0
RECENT_SEGMENTS = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A row's place in the order of time; the next page begins behind it."""

    start_time: float
    id: str


BEGINNING = Place(-math.inf, "")


@dataclass(frozen=True, slots=True)
class StoredSegment:
    """What retention must know of a segment."""

    id: str
    camera: str
    path: str  # below the recordings folder
    start_time: float  # Unix seconds
    end_time: float
    size_bytes: int
    is_closed: bool
    motion: int | None = None  # px^2 summed over frames; None: not analysed
    objects: int | None = None  # moving objects summed over frames
    dbfs: int | None = None  # mean loudness; None or 0: nothing was heard

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.start_time, self.id)

    @property
    def span(self) -> TimeSpan:
        """When it was filmed."""
        return TimeSpan(self.start_time, max(self.start_time, self.end_time))


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """What retention must know of an event."""

    id: str
    camera: str
    label: str
    start_time: float  # Unix seconds, pre-capture included
    end_time: float | None  # post-capture included; None while it goes on
    has_clip: bool
    has_snapshot: bool
    retain_indefinitely: bool = False
    has_no_place: bool = False  # in the picture: a sound, or what a client created

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.start_time, self.id)

    @property
    def span(self) -> TimeSpan:
        """Its footage; open to the future while it goes on."""
        end_time = math.inf if self.end_time is None else self.end_time
        return TimeSpan(self.start_time, max(self.start_time, end_time))


_SEGMENT = "id, camera, path, start_time, end_time, size_bytes, is_closed, motion, objects, dbfs"
_EVENT = (
    "id, camera, label, start_time, end_time, has_clip, has_snapshot, retain_indefinitely, type"
)


def stored_cameras(db: Database) -> list[str]:
    """Every camera that has a segment or an event, configured or not, by name."""
    return sorted({*_cameras(db, "segment"), *_cameras(db, "event")})


def segments_before(
    db: Database, camera: str, before: float, after: Place, limit: int
) -> list[StoredSegment]:
    """A camera's segments that began before an instant, from behind a place on, oldest first."""
    rows = db.rows(
        f"""
        SELECT {_SEGMENT}
          FROM segment
         WHERE camera = :camera
           AND start_time < :before
           AND (start_time, id) > (:after_time, :after_id)
         ORDER BY start_time, id
         LIMIT :limit
        """,
        {"camera": camera, "before": before, **_page(after, limit)},
    )
    return [_segment(row) for row in rows]


def oldest_closed(
    db: Database, after: Place, limit: int, camera: str | None = None
) -> list[StoredSegment]:
    """Finished segments from behind a place on, oldest first; of all cameras if none is named."""
    rows = db.rows(
        f"""
        SELECT {_SEGMENT}
          FROM segment
         WHERE (start_time, id) > (:after_time, :after_id)
           AND is_closed = 1
           {"" if camera is None else "AND camera = :camera"}
         ORDER BY start_time, id
         LIMIT :limit
        """,
        {"camera": camera, **_page(after, limit)},
    )
    return [_segment(row) for row in rows]


def events_after(db: Database, camera: str, after: Place, limit: int) -> list[StoredEvent]:
    """A camera's events from behind a place on, oldest first."""
    rows = db.rows(
        f"""
        SELECT {_EVENT}
          FROM event
         WHERE camera = :camera
           AND (start_time, id) > (:after_time, :after_id)
         ORDER BY start_time, id
         LIMIT :limit
        """,
        {"camera": camera, **_page(after, limit)},
    )
    return [_event(row) for row in rows]


def retained_events(db: Database) -> list[StoredEvent]:
    """Events that a user protects, of all cameras, oldest first."""
    rows = db.rows(
        f"SELECT {_EVENT} FROM event WHERE retain_indefinitely = 1 ORDER BY start_time, id"
    )
    return [_event(row) for row in rows]


def oldest_start(db: Database, camera: str) -> float | None:
    """When a camera's oldest segment begins, Unix seconds; None when it has none."""
    found = db.row(
        "SELECT MIN(start_time) AS start_time FROM segment WHERE camera = :camera",
        {"camera": camera},
    )
    start_time: float | None = found["start_time"] if found else None
    return start_time


def hourly_bytes(db: Database, cameras: Sequence[str]) -> int:
    """What these cameras write in an hour, judged by the newest segments of each."""
    return round(sum(_bytes_per_s(db, camera) for camera in cameras) * HOUR_S)


def end_clips(db: Database, event_ids: Iterable[str]) -> None:
    """Note that events have no footage any more."""
    for event_id in event_ids:
        with recounted(db, event_id):
            db.execute("UPDATE event SET has_clip = 0 WHERE id = :id", {"id": event_id})


def end_snapshots(db: Database, event_ids: Iterable[str]) -> None:
    """Note that events have no picture files any more."""
    for event_id in event_ids:
        with recounted(db, event_id):
            db.execute("UPDATE event SET has_snapshot = 0 WHERE id = :id", {"id": event_id})


def _cameras(db: Database, table: str) -> list[str]:
    """Distinct names by one step into an index each; DISTINCT would read all of it."""
    names: list[str] = []
    sql = f"SELECT MIN(camera) AS camera FROM {table} WHERE camera > :last"
    while (found := db.row(sql, {"last": names[-1] if names else ""})) and found["camera"]:
        names.append(found["camera"])
    return names


def _bytes_per_s(db: Database, camera: str) -> float:
    found = db.row(
        """
        SELECT SUM(size_bytes) AS size_bytes, SUM(duration_s) AS duration_s
          FROM (SELECT size_bytes, duration_s FROM segment
                 WHERE camera = :camera ORDER BY start_time DESC LIMIT :recent) AS newest
        """,
        {"camera": camera, "recent": RECENT_SEGMENTS},
    )
    if found is None or not found["duration_s"]:
        return 0.0
    rate: float = found["size_bytes"] / found["duration_s"]
    return rate


def _page(after: Place, limit: int) -> dict[str, str | float | int]:
    return {"after_time": after.start_time, "after_id": after.id, "limit": limit}


def _segment(row: Row) -> StoredSegment:
    return StoredSegment(
        id=row["id"],
        camera=row["camera"],
        path=row["path"],
        start_time=row["start_time"],
        end_time=row["end_time"],
        size_bytes=row["size_bytes"],
        is_closed=bool(row["is_closed"]),
        motion=row["motion"],
        objects=row["objects"],
        dbfs=row["dbfs"],
    )


def _event(row: Row) -> StoredEvent:
    return StoredEvent(
        id=row["id"],
        camera=row["camera"],
        label=row["label"],
        start_time=row["start_time"],
        end_time=row["end_time"],
        has_clip=bool(row["has_clip"]),
        has_snapshot=bool(row["has_snapshot"]),
        retain_indefinitely=bool(row["retain_indefinitely"]),
        has_no_place=row["type"] in (MANUAL, AUDIO),
    )
