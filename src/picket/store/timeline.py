"""Queries of the table `timeline`: key moments of events."""

from __future__ import annotations

import json

from picket.domain.event import Moment, TimelineEntry
from picket.domain.geometry import RelativeBox
from picket.store.database import Database, Row
from picket.store.event_rows import pack_box, unpack_box


def add_timeline(db: Database, entry: TimelineEntry) -> bool:
    """Keep a key moment; the same one twice is kept once. Whether it was new."""
    added = db.execute(
        """
        INSERT INTO timeline (source_id, timestamp, moment, attribute, camera, source, label, zones,
                              box, region)
        VALUES (:source_id, :timestamp, :moment, :attribute, :camera, :source, :label, :zones,
                :box, :region)
        ON CONFLICT (source_id, timestamp, moment, attribute) DO NOTHING
        """,
        {
            "source_id": entry.source_id,
            "timestamp": entry.timestamp,
            "moment": entry.moment.value,
            "attribute": entry.attribute,
            "camera": entry.camera,
            "source": entry.source,
            "label": entry.label,
            "zones": json.dumps(entry.zones),
            "box": pack_box(entry.box),
            "region": pack_box(entry.region),
        },
    )
    return bool(added)


def find_timeline(
    db: Database, *, camera: str | None = None, source_id: str | None = None, limit: int = 100
) -> list[TimelineEntry]:
    """Key moments, oldest first; a negative limit takes all."""
    conditions = [
        text
        for text, wanted in (("camera = :camera", camera), ("source_id = :source_id", source_id))
        if wanted is not None
    ]
    where = "WHERE " + " AND ".join(conditions) if conditions else ""
    rows = db.rows(
        f"""
        SELECT timestamp, camera, source_id, moment, label, box, region, zones, attribute, source
          FROM timeline
        {where}
         ORDER BY timestamp, source_id
        {"" if limit < 0 else "LIMIT :limit"}
        """,
        {"camera": camera, "source_id": source_id, "limit": limit},
    )
    return [_entry(row) for row in rows]


def past_boxes(db: Database, camera: str, limit: int) -> list[RelativeBox]:
    """Where a camera's objects were at their key moments, newest first; no false positives."""
    rows = db.rows(
        """
        SELECT timeline.box
          FROM timeline JOIN event ON event.id = timeline.source_id
         WHERE timeline.camera = :camera
           AND COALESCE(event.false_positive, 0) = 0
         ORDER BY timeline.timestamp DESC
         LIMIT :limit
        """,
        {"camera": camera, "limit": limit},
    )
    return [unpack_box(row["box"]) for row in rows]


def _entry(row: Row) -> TimelineEntry:
    return TimelineEntry(
        timestamp=row["timestamp"],
        camera=row["camera"],
        source_id=row["source_id"],
        moment=Moment(row["moment"]),
        label=row["label"],
        box=unpack_box(row["box"]),
        region=unpack_box(row["region"]),
        zones=tuple(json.loads(row["zones"])),
        attribute=row["attribute"],
        source=row["source"],
    )
