"""Queries of the table `event` and of what hangs on it: writing, and reading one at a time."""

from __future__ import annotations

from collections.abc import Sequence

from picket.domain.errors import NotFound
from picket.domain.event import Event
from picket.store.database import Database
from picket.store.event_rows import COLUMNS, event_values, read_event

ANY_LABEL = "any"


def put_event(db: Database, event: Event) -> None:
    """Insert an event or bring its row up to date.

    What a user has set stays (sub label, protection, plus id, false positive), a clip or snapshot
    that once was there is not unsaid, and an empty thumbnail does not replace a picture.
    """
    written = db.rows(
        """
        INSERT INTO event (id, camera, label, start_time, start_second, end_time, zones,
                           has_clip, has_snapshot, sub_label, sub_label_score,
                           retain_indefinitely, plus_id, false_positive, type, score, top_score,
                           details, detector_type, model_type, model_hash)
        VALUES (:id, :camera, :label, :start_time, :start_second, :end_time, :zones,
                :has_clip, :has_snapshot, :sub_label, :sub_label_score,
                :retain_indefinitely, :plus_id, :false_positive, :type, :score, :top_score,
                :details, :detector_type, :model_type, :model_hash)
        ON CONFLICT (id) DO UPDATE SET
               label = excluded.label,
               start_time = excluded.start_time,
               start_second = excluded.start_second,
               end_time = excluded.end_time,
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
        RETURNING sub_label
        """,
        event_values(event),
    )
    _put_zones(db, event)
    _put_sub_label_parts(db, event.id, event.start_time, written[0]["sub_label"])
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
    found = db.rows(
        """
        UPDATE event
           SET sub_label = :sub_label, sub_label_score = :score, sub_label_is_set = 1
         WHERE id = :id
        RETURNING start_time
        """,
        {"id": event_id, "sub_label": sub_label, "score": score},
    )
    _require_event(event_id, len(found))
    _put_sub_label_parts(db, event_id, found[0]["start_time"], sub_label)


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
        "UPDATE event SET end_time = :end_time WHERE id = :id",
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
    """Note that there was no such object. Raises: NotFound."""
    changed = db.execute("UPDATE event SET false_positive = 1 WHERE id = :id", {"id": event_id})
    _require_event(event_id, changed)


def delete_event(db: Database, event_id: str) -> None:
    """Remove an event with its zones, sub labels, thumbnail and timeline. Raises: NotFound."""
    db.execute("DELETE FROM timeline WHERE source_id = :id", {"id": event_id})
    _require_event(event_id, db.execute("DELETE FROM event WHERE id = :id", {"id": event_id}))


def close_open_events(db: Database, now: float) -> int:
    """End every running event at `now`, when those who ran them are gone; how many there were."""
    return db.execute("UPDATE event SET end_time = :now WHERE end_time IS NULL", {"now": now})


def end_abandoned_events(db: Database, cameras: Sequence[str], now: float) -> int:
    """End what cameras whose worker died were following; how many events there were.

    Events that a client began without an end go on: no worker runs them.
    """
    return sum(
        db.execute(
            """
            UPDATE event SET end_time = :now
             WHERE camera = :camera AND end_time IS NULL AND type = 'object' AND start_time < :now
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
    found = db.row(
        f"""
        SELECT {COLUMNS}, event_thumbnail.jpeg
          FROM event LEFT JOIN event_thumbnail ON event_thumbnail.event_id = event.id
         WHERE event.camera = :camera
           {"" if label == ANY_LABEL else "AND event.label = :label"}
           {"AND event.has_snapshot = 1" if needs_snapshot else ""}
         ORDER BY event.start_time DESC, event.id DESC
         LIMIT 1
        """,
        {"camera": camera, "label": label},
    )
    return None if found is None else read_event(found)


def split_sub_label(sub_label: str) -> tuple[str, ...]:
    """What a sub label is found by: itself and, where names are joined by commas, each of them."""
    parts = (sub_label, *(part.strip() for part in sub_label.split(",")))
    return tuple(dict.fromkeys(part for part in parts if part))


def _put_zones(db: Database, event: Event) -> None:
    db.execute_many(
        """
        INSERT INTO event_zone (event_id, zone, start_time) VALUES (:event_id, :zone, :start_time)
        ON CONFLICT (event_id, zone) DO UPDATE SET start_time = excluded.start_time
        """,
        [
            {"event_id": event.id, "zone": zone, "start_time": event.start_time}
            for zone in event.zones
        ],
    )


def _put_sub_label_parts(
    db: Database, event_id: str, start_time: float, sub_label: str | None
) -> None:
    db.execute("DELETE FROM event_sub_label WHERE event_id = :id", {"id": event_id})
    db.execute_many(
        """
        INSERT INTO event_sub_label (event_id, part, start_time)
        VALUES (:event_id, :part, :start_time)
        """,
        [
            {"event_id": event_id, "part": part, "start_time": start_time}
            for part in (split_sub_label(sub_label) if sub_label else ())
        ],
    )


def _require_event(event_id: str, found: int) -> None:
    if not found:
        raise NotFound(f"Event not found: {event_id}")
