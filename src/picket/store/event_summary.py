"""Counts and words of the events: by day, labels, sub labels."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from picket.store.counts import QUARTER_S, quarter_of
from picket.store.database import Database, Row
from picket.store.event_query import known_span
from picket.store.event_rows import read_zones
from picket.store.local_time import DAY_S, OffsetPeriod, day_name, offset_periods


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
    days: range | None = None,
) -> list[EventCount]:
    """Events counted by camera, label, sub label, zones and local day, the newest day first.

    Args:
        db: the index.
        zone: whose days.
        has_clip: only events with or without one.
        has_snapshot: the same.
        days: local days since 1970-01-01, without a step; all of them if left out.
    """
    span = known_span(db)
    if span is None:
        return []
    groups = _groups(db, has_clip=has_clip, has_snapshot=has_snapshot)
    counts: Counter[EventGroup] = Counter()
    for period in offset_periods(zone, span):
        for row in _count_days(db, period, days):
            if row["group_id"] in groups:
                counts[replace(groups[row["group_id"]], day=day_name(row["day"]))] += row["events"]
    found = [EventCount(group, count) for group, count in counts.items()]
    return sorted(found, key=lambda one: (one.group.day, one.count), reverse=True)


def local_days(db: Database, zone: ZoneInfo) -> dict[int, int]:
    """How often the events of each local day changed, newest day first.

    Only grows, so that what was counted at the same figure still holds. A day of the zone takes in
    the days of UTC that it touches at any time of the year.
    """
    span = known_span(db)
    if span is None:
        return {}
    offsets = [period.offset_s for period in offset_periods(zone, span)]
    changes = _changes_by_day(db, int(span.start_time) // DAY_S - 1)
    first = (int(span.start_time) + min(offsets)) // DAY_S
    last = (int(span.end_time) + max(offsets)) // DAY_S
    return {
        day: sum(changes.get(utc, 0) for utc in _utc_days(day, offsets))
        for day in range(last, first - 1, -1)
    }


def find_labels(db: Database, camera: str | None = None) -> list[str]:
    """Every label that occurs, sorted; of one camera if named."""
    of_camera = "" if camera is None else "WHERE camera = :camera"
    rows = db.rows(
        f"SELECT DISTINCT label FROM event_group {of_camera} ORDER BY label", {"camera": camera}
    )
    return [row["label"] for row in rows]


def find_sub_labels(db: Database, *, split_joined: bool = False) -> list[str]:
    """Every sub label that occurs, sorted; comma-joined ones as their parts if asked."""
    rows = db.rows(
        "SELECT DISTINCT sub_label FROM event_group WHERE sub_label IS NOT NULL ORDER BY sub_label"
    )
    names = [row["sub_label"] for row in rows]
    if split_joined:
        names = sorted({part.strip() for name in names for part in name.split(",")} - {""})
    return names


def _groups(
    db: Database, *, has_clip: bool | None, has_snapshot: bool | None
) -> dict[int, EventGroup]:
    """Groups by number, for no day yet."""
    flags = [
        f"{column} = {int(wanted)}"
        for column, wanted in (("has_clip", has_clip), ("has_snapshot", has_snapshot))
        if wanted is not None
    ]
    rows = db.rows(
        f"""
        SELECT id, camera, label, sub_label, zones FROM event_group
         WHERE {" AND ".join(flags) or "1 = 1"}
        """
    )
    return {
        row["id"]: EventGroup(
            row["camera"], row["label"], row["sub_label"], "", read_zones(row["zones"])
        )
        for row in rows
    }


def _count_days(db: Database, period: OffsetPeriod, days: range | None) -> list[Row]:
    """Events by group and local day, as far as a constant offset holds."""
    first_s, end_s = period.start_time, period.end_time
    if days is not None:
        first_s = max(first_s, days.start * DAY_S - period.offset_s)
        end_s = min(end_s, days.stop * DAY_S - period.offset_s)
    return db.rows(
        f"""
        SELECT group_id, (quarter * {QUARTER_S} + :offset_s) / {DAY_S} AS day,
               SUM(event_count.events) AS events
          FROM event_group CROSS JOIN event_count
         WHERE event_count.group_id = event_group.id
           AND quarter >= :first AND quarter < :end
         GROUP BY group_id, (quarter * {QUARTER_S} + :offset_s) / {DAY_S}
        """,
        {"offset_s": period.offset_s, "first": quarter_of(first_s), "end": quarter_of(end_s)},
    )


def _changes_by_day(db: Database, first: int) -> dict[int, int]:
    rows = db.rows(
        """
        SELECT day, SUM(event_changes) AS changes FROM camera_day
         WHERE day >= :first GROUP BY day
        """,
        {"first": first},
    )
    return {row["day"]: row["changes"] for row in rows}


def _utc_days(day: int, offsets: list[int]) -> range:
    """The days of UTC that a local day may touch."""
    begin_s, end_s = day * DAY_S - max(offsets), (day + 1) * DAY_S - min(offsets)
    return range(begin_s // DAY_S, (end_s - 1) // DAY_S + 1)
