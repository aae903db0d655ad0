"""Queries of the table `event` and of what hangs on it: writing, and reading one at a time."""

from __future__ import annotations

from collections.abc import Sequence

from picket.domain.errors import NotFound
from picket.domain.event import Event
from picket.store.counts import QUARTER_S, find_group, recounted
from picket.store.database import Database, Values
from picket.store.event_groups import Choice
from picket.store.event_query import EventQuery, find_events
from picket.store.event_rows import COLUMNS, event_values, read_event

ANY_LABEL = "any"


def put_event(db: Database, event: Event) -> None:
    """Insert an event or bring its row up to date.

    What a user has set stays (sub label, protection, plus id, false positive), a clip or snapshot
    that once was there is not unsaid, and an empty thumbnail does not replace a picture.
    """
    values = event_values(event)
    with recounted(db, event.id):
        _put_row(db, {**values, "group_id": find_group(db, values)})
    if event.thumbnail:
        put_thumbnail(db, event.id, event.thumbnail)


def put_thumbnail(db: Database, event_id: str, jpeg: bytes) -> None:
    """Keep the small picture of an event, in place of an older one."""
    db.execute(
        """
        INSERT INTO event_thumbnail (event_id, jpeg) VALUES (:event_id, :jpeg)
        ON CONFLICT (event_id) DO UPDATE SET jpeg = excluded.jpeg
        """,
        {"event_id": event_id, "jpeg": jpeg},
    )


def set_sub_label(db: Database, event_id: str, sub_label: str | None, score: float | None) -> None:
    """Name an object as a user wishes; None clears. Raises: NotFound."""
    with recounted(db, event_id):
        changed = db.execute(
            """
            UPDATE event
               SET sub_label = :sub_label, sub_label_score = :score, sub_label_is_set = 1
             WHERE id = :id
            """,
            {"id": event_id, "sub_label": sub_label, "score": score},
        )
    _require_event(event_id, changed)


def set_retain(db: Database, event_id: str, *, retain: bool) -> None:
    """Protect an event from retention, or stop doing so. Raises: NotFound."""
    changed = db.execute(
        "UPDATE event SET retain_indefinitely = :retain WHERE id = :id",
        {"id": event_id, "retain": int(retain)},
    )
    _require_event(event_id, changed)


def end_event(db: Database, event_id: str, end_time: float) -> None:
    """Set when an event ended, Unix seconds. Raises: NotFound."""
    changed = db.execute(
        "UPDATE event SET end_time = :end_time, length_s = :end_time - start_time WHERE id = :id",
        {"id": event_id, "end_time": end_time},
    )
    _require_event(event_id, changed)


def set_plus_id(db: Database, event_id: str, plus_id: str) -> None:
    """Note under which id the labelling service has the picture. Raises: NotFound."""
    changed = db.execute(
        "UPDATE event SET plus_id = :plus_id WHERE id = :id", {"id": event_id, "plus_id": plus_id}
    )
    _require_event(event_id, changed)


def mark_false_positive(db: Database, event_id: str) -> None:
    """Note that there was no such object; undoing a suppression does not unsay it.

    Raises: NotFound.
    """
    wanted = {"id": event_id}
    changed = db.execute("UPDATE event SET false_positive = 1 WHERE id = :id", wanted)
    _require_event(event_id, changed)
    db.execute("UPDATE suppression SET marked_event = 0 WHERE id = :id", wanted)


def delete_event(db: Database, event_id: str) -> None:
    """Remove an event with its thumbnail and timeline. Raises: NotFound."""
    values = {"id": event_id}
    db.execute("DELETE FROM timeline WHERE source_id = :id", values)
    with recounted(db, event_id):
        found = db.execute("DELETE FROM event WHERE id = :id", values)
    _require_event(event_id, found)


def close_open_events(db: Database, now: float) -> int:
    """End every running event at `now`, when those who ran them are gone; how many there were."""
    return db.execute(
        "UPDATE event SET end_time = :now, length_s = :now - start_time WHERE end_time IS NULL",
        {"now": now},
    )


def end_abandoned_events(db: Database, cameras: Sequence[str], now: float) -> int:
    """End what cameras whose worker died were following; how many events there were.

    Events that a client began without an end go on: no worker runs them.
    """
    return sum(
        db.execute(
            """
            UPDATE event SET end_time = :now, length_s = :now - start_time
             WHERE camera = :camera AND end_time IS NULL AND type IN ('object', 'audio')
               AND start_time < :now
            """,
            {"camera": camera, "now": now},
        )
        for camera in cameras
    )


def find_event(db: Database, event_id: str) -> Event | None:
    """One event with its thumbnail."""
    found = db.row(
        f"""
        SELECT {COLUMNS}, event_thumbnail.jpeg
          FROM event LEFT JOIN event_thumbnail ON event_thumbnail.event_id = event.id
         WHERE event.id = :id
        """,
        {"id": event_id},
    )
    return None if found is None else read_event(found)


def latest_event(
    db: Database, camera: str, label: str, *, needs_snapshot: bool = False
) -> Event | None:
    """The event of a camera that began last, with its thumbnail; the label `any` takes all."""
    wanted = EventQuery(
        cameras=Choice((camera,)),
        labels=None if label == ANY_LABEL else Choice((label,)),
        has_snapshot=True if needs_snapshot else None,
        with_thumbnails=True,
        limit=1,
    )
    return next(iter(find_events(db, wanted)), None)


def _put_row(db: Database, values: Values) -> None:
    # A new row names its group and quarter at once, to be written into the indexes once.
    db.execute(
        f"""
        INSERT INTO event (id, camera, label, start_time, start_second, end_time, zones,
                           has_clip, has_snapshot, sub_label, sub_label_score,
                           retain_indefinitely, plus_id, false_positive, type, score, top_score,
                           details, detector_type, model_type, model_hash, group_id, quarter,
                           length_s)
        VALUES (:id, :camera, :label, :start_time, :start_second, :end_time, :zones,
                :has_clip, :has_snapshot, :sub_label, :sub_label_score,
                :retain_indefinitely, :plus_id, :false_positive, :type, :score, :top_score,
                :details, :detector_type, :model_type, :model_hash,
                :group_id, :start_second / {QUARTER_S}, :end_time - :start_time)
        ON CONFLICT (id) DO UPDATE SET
               label = excluded.label,
               start_time = excluded.start_time,
               start_second = excluded.start_second,
               end_time = excluded.end_time,
               length_s = excluded.length_s,
               zones = excluded.zones,
               has_clip = CASE WHEN event.has_clip = 1 THEN 1 ELSE excluded.has_clip END,
               has_snapshot = CASE WHEN event.has_snapshot = 1
                                   THEN 1 ELSE excluded.has_snapshot END,
               sub_label = CASE WHEN event.sub_label_is_set = 1 THEN event.sub_label
                                ELSE COALESCE(excluded.sub_label, event.sub_label) END,
               sub_label_score = CASE WHEN event.sub_label_is_set = 1 THEN event.sub_label_score
                                      ELSE COALESCE(excluded.sub_label_score,
                                                    event.sub_label_score) END,
               plus_id = COALESCE(event.plus_id, excluded.plus_id),
               false_positive = COALESCE(event.false_positive, excluded.false_positive),
               type = excluded.type,
               score = excluded.score,
               top_score = excluded.top_score,
               details = excluded.details,
               detector_type = excluded.detector_type,
               model_type = excluded.model_type,
               model_hash = excluded.model_hash
        """,
        values,
    )


def _require_event(event_id: str, found: int) -> None:
    if not found:
        raise NotFound(f"Event not found: {event_id}")
