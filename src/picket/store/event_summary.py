"""Counts and words of the events: by day, labels, sub labels."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from picket.store.database import Database
from picket.store.event_query import known_span
from picket.store.local_time import DAY_S, day_name, offset_periods


@dataclass(frozen=True, slots=True)
class EventGroup:
    """Events that are alike and began on the same local day."""

    camera: str
    label: str
    sub_label: str | None
    day: str  # YYYY-MM-DD
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventCount:
    """How many events a group has."""

    group: EventGroup
    count: int


def event_summary(
    db: Database,
    zone: ZoneInfo,
    *,
    has_clip: bool | None = None,
    has_snapshot: bool | None = None,
) -> list[EventCount]:
    """Events counted by camera, label, sub label, zones and local day, the newest day first."""
    span = known_span(db)
    if span is None:
        return []
    counts: Counter[EventGroup] = Counter()
    for period in offset_periods(zone, span):
        rows = db.rows(
            f"""
            SELECT camera, label, sub_label, zones,
                   (start_second + :offset_s) / {DAY_S} AS day, COUNT(*) AS how_many
              FROM event
             WHERE start_time >= :start_time AND start_time < :end_time
               {_flag("has_clip", wanted=has_clip)}
               {_flag("has_snapshot", wanted=has_snapshot)}
             GROUP BY camera, label, sub_label, zones, (start_second + :offset_s) / {DAY_S}
            """,
            {
                "offset_s": period.offset_s,
                "start_time": period.start_time,
                "end_time": period.end_time,
            },
        )
        for row in rows:
            zones = _zones(row["zones"])
            day = day_name(row["day"])
            group = EventGroup(row["camera"], row["label"], row["sub_label"], day, zones)
            counts[group] += row["how_many"]
    found = [EventCount(group, count) for group, count in counts.items()]
    return sorted(found, key=lambda one: (one.group.day, one.count), reverse=True)


def find_labels(db: Database, camera: str | None = None) -> list[str]:
    """Every label that occurs, sorted; of one camera if named."""
    # One index seek for each label instead of a walk over all events.
    of_camera = "" if camera is None else "AND camera = :camera"
    rows = db.rows(
        f"""
        WITH RECURSIVE found (label) AS (
          SELECT MIN(label) FROM event WHERE label IS NOT NULL {of_camera}
          UNION ALL
          SELECT (SELECT MIN(event.label) FROM event
                   WHERE event.label > found.label {of_camera})
            FROM found WHERE found.label IS NOT NULL
        )
        SELECT label FROM found WHERE label IS NOT NULL ORDER BY label
        """,
        {"camera": camera},
    )
    return [row["label"] for row in rows]


def find_sub_labels(db: Database, *, split_joined: bool = False) -> list[str]:
    """Every sub label that occurs, sorted; comma-joined ones as their parts if asked."""
    rows = db.rows(
        """
        WITH RECURSIVE found (sub_label) AS (
          SELECT MIN(sub_label) FROM event
          UNION ALL
          SELECT (SELECT MIN(event.sub_label) FROM event WHERE event.sub_label > found.sub_label)
            FROM found WHERE found.sub_label IS NOT NULL
        )
        SELECT sub_label FROM found WHERE sub_label IS NOT NULL ORDER BY sub_label
        """
    )
    names = [row["sub_label"] for row in rows]
    if split_joined:
        names = sorted({part.strip() for name in names for part in name.split(",")} - {""})
    return names


def _flag(column: str, *, wanted: bool | None) -> str:
    return "" if wanted is None else f"AND {column} = {int(wanted)}"


@lru_cache(maxsize=256)
def _zones(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
