"""Queries of the table `event_path`: where objects were during their events."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from picket.domain.errors import StoreError
from picket.domain.event import PathPoint
from picket.store.database import Database

FORMAT_VERSION = 1
_HEAD = struct.Struct("<Bd")
"""Format, and Unix seconds of the first point."""
_POINT = struct.Struct("<IHHHH")
"""Hundredths of a second after the first point; the relative box in 1/65535."""
_SCALE = 65_535


def put_path(db: Database, event_id: str, points: Sequence[PathPoint]) -> None:
    """Keep where the object of an event was, in place of what was kept before."""
    db.execute(
        """
        INSERT INTO event_path (event_id, points) VALUES (:event_id, :points)
        ON CONFLICT (event_id) DO UPDATE SET points = excluded.points
        """,
        {"event_id": event_id, "points": pack_points(points)},
    )


def find_path(db: Database, event_id: str) -> tuple[PathPoint, ...]:
    """Where the object of an event was, oldest first; nothing for an event without a path."""
    found = db.row("SELECT points FROM event_path WHERE event_id = :id", {"id": event_id})
    return () if found is None else unpack_points(found["points"])


def pack_points(points: Sequence[PathPoint]) -> bytes:
    """Points in the order of time as one blob."""
    start = points[0].time if points else 0.0
    return _HEAD.pack(FORMAT_VERSION, start) + b"".join(
        _POINT.pack(
            round((point.time - start) * 100),
            *(round(min(max(side, 0.0), 1.0) * _SCALE) for side in point.box),
        )
        for point in points
    )


def unpack_points(blob: bytes) -> tuple[PathPoint, ...]:
    """The inverse of `pack_points`, to a hundredth of a second and a pixel.

    Raises: StoreError when the blob has another version or a torn record.
    """
    body = blob[_HEAD.size :]
    if len(blob) < _HEAD.size or blob[0] != FORMAT_VERSION or len(body) % _POINT.size:
        raise StoreError(f"a path of {len(blob)} bytes is not in format {FORMAT_VERSION}")
    _, start = _HEAD.unpack_from(blob)
    return tuple(
        PathPoint(start + late / 100, (x / _SCALE, y / _SCALE, width / _SCALE, height / _SCALE))
        for late, x, y, width, height in _POINT.iter_unpack(body)
    )
