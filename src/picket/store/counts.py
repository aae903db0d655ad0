"""Counts and sums that are kept beside the rows: every change of an event or a segment passes here.

- `event_group` has a row for all events that are alike in what lists and summaries ask for, and
  `event_count` how many of them began in each quarter of an hour of UTC. An event's row names both.
  `newest_quarter` is a bound: after a deletion it may lie too late, and never too early.
- `clip_count` has how many events of a camera with a clip began in a quarter.
- `footage_quarter` has the sums of a camera's segments that began in a quarter.
- `camera_day` counts changes of a camera's events and footage by day of UTC. It only ever grows, so
  that an answer made at the same count still holds.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass

from picket.store.database import Database, Row, Values

QUARTER_S = 900
QUARTERS_OF_DAY = 96

_SUMS = (
    "COUNT(*) AS segments, SUM(duration_s) AS duration_s, SUM(size_bytes) AS size_bytes,"
    " SUM(motion) AS motion, SUM(objects) AS objects"
)
_WORDS = "camera, label, sub_label, zones, has_clip, has_snapshot"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an event is counted."""

    camera: str
    has_clip: bool
    group_id: int
    quarter: int


def quarter_of(time_s: int) -> int:
    """The first quarter that begins at or after an instant, Unix seconds."""
    return -(-time_s // QUARTER_S)


@contextmanager
def recounted(db: Database, event_id: str) -> Generator[None]:
    """Count an event anew after the block has made, changed or deleted it."""
    before = _counted_place(db, event_id)
    yield
    after = _settle(db, event_id)
    if before == after:
        return
    if before is not None:
        _count(db, before, -1)
    if after is not None:
        _count(db, after, 1)


def find_group(db: Database, words: Values | Row) -> int | None:
    """The group of events that are alike in these columns; None when there is none yet."""
    is_named = words["sub_label"] is not None
    found = db.row(
        f"""
        SELECT id FROM event_group
         WHERE camera = :camera AND label = :label AND zones = :zones
           AND has_clip = :has_clip AND has_snapshot = :has_snapshot
           AND sub_label {"= :sub_label" if is_named else "IS NULL"}
        """,
        _words(words),
    )
    return None if found is None else int(found["id"])


def recount_footage(db: Database, changed: Iterable[Row]) -> None:
    """Sum up anew what rows with `camera` and `start_second`, changed or gone, belong to."""
    for camera, quarter in sorted({(r["camera"], r["start_second"] // QUARTER_S) for r in changed}):
        values = {"camera": camera, "quarter": quarter, "start_time": quarter * QUARTER_S}
        written = db.execute(
            f"""
            INSERT INTO footage_quarter
                   (camera, quarter, segments, duration_s, size_bytes, motion, objects)
            SELECT :camera, :quarter, {_SUMS}
              FROM segment
             WHERE camera = :camera
               AND start_time >= :start_time AND start_time < :start_time + {QUARTER_S}
            HAVING COUNT(*) > 0
            ON CONFLICT (camera, quarter) DO UPDATE SET
                   segments = excluded.segments,
                   duration_s = excluded.duration_s,
                   size_bytes = excluded.size_bytes,
                   motion = excluded.motion,
                   objects = excluded.objects
            """,
            values,
        )
        if not written:
            db.execute(
                "DELETE FROM footage_quarter WHERE camera = :camera AND quarter = :quarter", values
            )
        _note_change(db, camera, quarter, events=0, footage=1)


def count_changes(db: Database, camera: str, first_day: int, last_day: int) -> int:
    """How often a camera's footage of these days of UTC changed; only grows."""
    found = db.rows(
        """
        SELECT SUM(footage_changes) AS changes FROM camera_day
         WHERE camera = :camera AND day >= :first AND day <= :last
        """,
        {"camera": camera, "first": first_day, "last": last_day},
    )
    return found[0]["changes"] or 0


def counts_agree(db: Database) -> bool:
    """Whether every event and segment is counted once, as far as a glance can tell."""
    found = db.rows(
        """
        SELECT (SELECT COUNT(*) FROM event) AS events,
               (SELECT COUNT(*) FROM event WHERE group_id IS NOT NULL) AS grouped,
               (SELECT COALESCE(SUM(events), 0) FROM event_group) AS by_group,
               (SELECT COALESCE(SUM(events), 0) FROM event_count) AS by_quarter,
               (SELECT COALESCE(SUM(events), 0) FROM event_group WHERE has_clip = 1) AS clips,
               (SELECT COALESCE(SUM(events), 0) FROM clip_count) AS counted_clips,
               (SELECT COUNT(*) FROM segment) AS segments,
               (SELECT COALESCE(SUM(segments), 0) FROM footage_quarter) AS summed
        """
    )[0]
    counted = {found["events"], found["grouped"], found["by_group"], found["by_quarter"]}
    return (
        len(counted) == 1
        and found["clips"] == found["counted_clips"]
        and found["segments"] == found["summed"]
    )


def rebuild_counts(db: Database) -> None:
    """Derive everything from the rows, also what a row tells of itself; inside a transaction."""
    for table in ("event_group", "event_count", "clip_count", "footage_quarter"):
        db.execute(f"DELETE FROM {table}")
    for statement in _REBUILD:
        db.execute(statement)


_REBUILD = (
    f"""
    INSERT INTO event_group (id, {_WORDS}, events, newest_quarter)
    SELECT ROW_NUMBER() OVER (ORDER BY {_WORDS}), {_WORDS}, COUNT(*),
           MAX(start_second) / {QUARTER_S}
      FROM event GROUP BY {_WORDS}
    """,
    f"""
    UPDATE event
       SET quarter = start_second / {QUARTER_S},
           length_s = end_time - start_time,
           group_id = (SELECT alike.id FROM event_group AS alike
                        WHERE alike.camera = event.camera AND alike.label = event.label
                          AND alike.zones = event.zones AND alike.has_clip = event.has_clip
                          AND alike.has_snapshot = event.has_snapshot
                          AND (alike.sub_label = event.sub_label
                               OR (alike.sub_label IS NULL AND event.sub_label IS NULL)))
    """,
    """
    INSERT INTO event_count (group_id, quarter, events)
    SELECT group_id, quarter, COUNT(*) FROM event GROUP BY group_id, quarter
    """,
    """
    INSERT INTO clip_count (camera, quarter, events)
    SELECT camera, quarter, COUNT(*) FROM event WHERE has_clip = 1 GROUP BY camera, quarter
    """,
    f"""
    INSERT INTO footage_quarter (camera, quarter, segments, duration_s, size_bytes, motion, objects)
    SELECT camera, start_second / {QUARTER_S}, {_SUMS}
      FROM segment GROUP BY camera, start_second / {QUARTER_S}
    """,
    # What was answered before must not pass for what holds now.
    """
    UPDATE camera_day SET event_changes = event_changes + 1, footage_changes = footage_changes + 1
    """,
)


def _counted_place(db: Database, event_id: str) -> _Place | None:
    found = db.row(
        """
        SELECT event_group.camera, event_group.has_clip, event_group.id, event.quarter
          FROM event JOIN event_group ON event_group.id = event.group_id
         WHERE event.id = :id
        """,
        {"id": event_id},
    )
    if found is None:
        return None
    return _Place(found["camera"], bool(found["has_clip"]), found["id"], found["quarter"])


def _settle(db: Database, event_id: str) -> _Place | None:
    """Let an event's row name its group and quarter; None when the event is gone."""
    found = db.row(
        f"""
        SELECT {_WORDS}, group_id, quarter, start_second / {QUARTER_S} AS began
          FROM event WHERE id = :id
        """,
        {"id": event_id},
    )
    if found is None:
        return None
    group_id = find_group(db, found) or _make_group(db, found)
    if (found["group_id"], found["quarter"]) != (group_id, found["began"]):
        db.execute(
            "UPDATE event SET group_id = :group_id, quarter = :quarter WHERE id = :id",
            {"group_id": group_id, "quarter": found["began"], "id": event_id},
        )
    return _Place(found["camera"], bool(found["has_clip"]), group_id, found["began"])


def _make_group(db: Database, words: Row) -> int:
    written = db.rows(
        f"""
        INSERT INTO event_group (id, {_WORDS}, events, newest_quarter)
        SELECT COALESCE(MAX(id), 0) + 1, :camera, :label, :sub_label, :zones,
               :has_clip, :has_snapshot, 0, 0
          FROM event_group
        RETURNING id
        """,
        _words(words),
    )
    return int(written[0]["id"])


def _words(row: Values | Row) -> Values:
    return {name: row[name] for name in _WORDS.split(", ")}


def _count(db: Database, place: _Place, change: int) -> None:
    group = {"id": place.group_id, "quarter": place.quarter, "change": change}
    db.execute(
        """
        UPDATE event_group
           SET events = events + :change,
               newest_quarter = CASE WHEN :quarter > newest_quarter
                                     THEN :quarter ELSE newest_quarter END
         WHERE id = :id
        """,
        group,
    )
    if change < 0:
        db.execute("DELETE FROM event_group WHERE id = :id AND events = 0", {"id": place.group_id})
    values = {"quarter": place.quarter, "change": change}
    _add(db, "event_count", "group_id", {**values, "key": place.group_id})
    if place.has_clip:
        _add(db, "clip_count", "camera", {**values, "key": place.camera})
    _note_change(db, place.camera, place.quarter, events=1, footage=0)


def _add(db: Database, table: str, column: str, values: Values) -> None:
    """Add `change` to a count of `key` and `quarter`; what counts nothing goes."""
    found = db.rows(
        f"""
        INSERT INTO {table} ({column}, quarter, events) VALUES (:key, :quarter, :change)
        ON CONFLICT ({column}, quarter) DO UPDATE SET events = {table}.events + excluded.events
        RETURNING events
        """,
        values,
    )
    if not found[0]["events"]:
        db.execute(f"DELETE FROM {table} WHERE {column} = :key AND quarter = :quarter", values)


def _note_change(db: Database, camera: str, quarter: int, *, events: int, footage: int) -> None:
    db.execute(
        """
        INSERT INTO camera_day (camera, day, event_changes, footage_changes)
        VALUES (:camera, :day, :events, :footage)
        ON CONFLICT (camera, day) DO UPDATE SET
               event_changes = camera_day.event_changes + excluded.event_changes,
               footage_changes = camera_day.footage_changes + excluded.footage_changes
        """,
        {"camera": camera, "day": quarter // QUARTERS_OF_DAY, "events": events, "footage": footage},
    )
