"""What the recordings of a camera look like from afar: list, hours of days, bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from picket.domain.timespan import TimeSpan
from picket.store.counts import QUARTER_S, quarter_of
from picket.store.database import Database
from picket.store.local_time import HOUR_S, OffsetPeriod, offset_periods

RECENT_SEGMENTS = 100


@dataclass(frozen=True, slots=True)
class Recording:
    """A segment without its fragments."""

    id: str
    start_time: float  # Unix seconds
    end_time: float
    size_bytes: int
    motion: int | None  # px^2 of motion boxes, summed over frames; None: not analysed
    objects: int | None


@dataclass(frozen=True, slots=True)
class RecordedHour:
    """What was recorded in one hour of the local clock."""

    hour: int  # local hours since 1970-01-01 00:00 local
    duration_s: float
    motion: int | None
    objects: int | None
    events: int  # events with a clip that began in it


@dataclass(frozen=True, slots=True)
class CameraUsage:
    """Space that a camera's recordings take."""

    size_bytes: int
    recent_bytes: int  # of its newest segments
    recent_s: float  # their length


@dataclass(frozen=True, slots=True)
class FootageAmount:
    """How much of a camera is stored, and how far back it goes."""

    camera: str
    size_bytes: int
    oldest_time: float  # Unix seconds


def find_recordings(db: Database, camera: str, after: float, before: float) -> list[Recording]:
    """Segments of a camera that touch [after, before], oldest first."""
    rows = db.rows(
        """
        SELECT id, start_time, end_time, size_bytes, motion, objects
          FROM segment
         WHERE camera = :camera
           AND start_time <= :before
           AND end_time >= :after
           AND start_time >= COALESCE((SELECT MAX(start_time)
                                         FROM segment
                                        WHERE camera = :camera AND start_time <= :well_before),
                                      :well_before)
         ORDER BY start_time, id
        """,
        {"camera": camera, "after": after, "before": before, "well_before": after - HOUR_S},
    )
    return [Recording(*row) for row in rows]


def recorded_hours(db: Database, camera: str, zone: ZoneInfo) -> list[RecordedHour]:
    """Every local hour with recordings, the newest first."""
    span = _recorded_span(db, camera)
    if span is None:
        return []
    hours: dict[int, RecordedHour] = {}
    events: Counter[int] = Counter()
    for period in offset_periods(zone, span):
        for found in _hours(db, camera, period):
            hours[found.hour] = _joined(hours.get(found.hour), found)
        events.update(_events_by_hour(db, camera, period))
    return [
        RecordedHour(one.hour, one.duration_s, one.motion, one.objects, events[one.hour])
        for one in sorted(hours.values(), key=lambda one: one.hour, reverse=True)
    ]


def camera_usage(db: Database) -> dict[str, CameraUsage]:
    """Space by camera; a camera without recordings is missing."""
    rows = db.rows(
        "SELECT camera, SUM(size_bytes) AS size_bytes FROM footage_quarter GROUP BY camera"
    )
    return {row["camera"]: _usage(db, row["camera"], row["size_bytes"]) for row in rows}


def footage_amounts(db: Database) -> list[FootageAmount]:
    """Of every camera with recordings."""
    rows = db.rows(
        """
        SELECT camera, SUM(size_bytes) AS size_bytes,
               (SELECT MIN(start_time) FROM segment
                 WHERE segment.camera = footage_quarter.camera) AS oldest_time
          FROM footage_quarter
         GROUP BY camera
        """
    )
    return [
        FootageAmount(row["camera"], int(row["size_bytes"]), row["oldest_time"])
        for row in rows
        if row["oldest_time"] is not None
    ]


def _recorded_span(db: Database, camera: str) -> TimeSpan | None:
    values = {"camera": camera}
    which = "SELECT {}(start_time) AS start_time FROM segment WHERE camera = :camera"
    first, last = db.row(which.format("MIN"), values), db.row(which.format("MAX"), values)
    if first is None or last is None or first["start_time"] is None:
        return None
    return TimeSpan(first["start_time"], last["start_time"])


def _usage(db: Database, camera: str, size_bytes: int) -> CameraUsage:
    rows = db.rows(
        """
        SELECT SUM(size_bytes) AS recent_bytes, SUM(duration_s) AS recent_s
          FROM (SELECT size_bytes, duration_s FROM segment
                 WHERE camera = :camera ORDER BY start_time DESC LIMIT :recent) AS newest
        """,
        {"camera": camera, "recent": RECENT_SEGMENTS},
    )
    return CameraUsage(size_bytes, rows[0]["recent_bytes"], rows[0]["recent_s"])


def _hours(db: Database, camera: str, period: OffsetPeriod) -> list[RecordedHour]:
    rows = db.rows(
        f"""
        SELECT (quarter * {QUARTER_S} + :offset_s) / {HOUR_S} AS hour,
               SUM(duration_s) AS duration_s,
               SUM(motion) AS motion, SUM(objects) AS objects, 0 AS events
          FROM footage_quarter
         WHERE camera = :camera AND quarter >= :first AND quarter < :end
         GROUP BY (quarter * {QUARTER_S} + :offset_s) / {HOUR_S}
        """,
        _period_values(camera, period),
    )
    return [RecordedHour(**dict(row)) for row in rows]


def _events_by_hour(db: Database, camera: str, period: OffsetPeriod) -> dict[int, int]:
    rows = db.rows(
        f"""
        SELECT (quarter * {QUARTER_S} + :offset_s) / {HOUR_S} AS hour,
               SUM(events) AS how_many
          FROM clip_count
         WHERE camera = :camera AND quarter >= :first AND quarter < :end
         GROUP BY (quarter * {QUARTER_S} + :offset_s) / {HOUR_S}
        """,
        _period_values(camera, period),
    )
    return {row["hour"]: row["how_many"] for row in rows}


def _period_values(camera: str, period: OffsetPeriod) -> Mapping[str, str | int]:
    return {
        "camera": camera,
        "offset_s": period.offset_s,
        "first": quarter_of(period.start_time),
        "end": quarter_of(period.end_time),
    }


def _joined(one: RecordedHour | None, other: RecordedHour) -> RecordedHour:
    """The two parts of an hour that a change of the clock has split."""
    if one is None:
        return other
    return RecordedHour(
        one.hour,
        one.duration_s + other.duration_s,
        _sum(one.motion, other.motion),
        _sum(one.objects, other.objects),
        one.events + other.events,
    )


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one + (other or 0)
