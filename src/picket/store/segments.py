"""Queries of the table `segment`: one row for each recorded file."""

from __future__ import annotations

from collections.abc import Iterable

from picket.domain.segment import Segment
from picket.store.database import Database, Row
from picket.store.fragments import pack_fragments, unpack_fragments

COLUMNS = (
    "id, camera, session, path, start_time, end_time, size_bytes, is_closed, codecs, width, height,"
    " init_size, fragments, motion, objects, dbfs"
)

LONG_SEGMENT_S = 600.0


def put_segment(db: Database, segment: Segment) -> None:
    """Insert a segment or replace its row by a newer state; what analysis measured stays."""
    db.execute(
        """
        INSERT INTO segment (id, camera, session, path, start_time, start_second, end_time,
                             duration_s, size_bytes, is_closed, codecs, width, height, init_size,
                             fragments, motion, objects, dbfs)
        VALUES (:id, :camera, :session, :path, :start_time, :start_second, :end_time,
                :duration_s, :size_bytes, :is_closed, :codecs, :width, :height, :init_size,
                :fragments, :motion, :objects, :dbfs)
        ON CONFLICT (id) DO UPDATE SET
               end_time = excluded.end_time,
               duration_s = excluded.duration_s,
               size_bytes = excluded.size_bytes,
               is_closed = excluded.is_closed,
               fragments = excluded.fragments,
               motion = COALESCE(excluded.motion, segment.motion),
               objects = COALESCE(excluded.objects, segment.objects),
               dbfs = COALESCE(excluded.dbfs, segment.dbfs)
        """,
        {
            "id": segment.id,
            "camera": segment.camera,
            "session": segment.session,
            "path": segment.path,
            "start_time": segment.start_time,
            "start_second": int(segment.start_time),
            "end_time": segment.end_time,
            "duration_s": segment.end_time - segment.start_time,
            "size_bytes": segment.size_bytes,
            "is_closed": int(segment.is_closed),
            "codecs": segment.codecs,
            "width": segment.width,
            "height": segment.height,
            "init_size": segment.init_size,
            "fragments": pack_fragments(segment.fragments),
            "motion": segment.motion,
            "objects": segment.objects,
            "dbfs": segment.dbfs,
        },
    )


def set_activity(db: Database, segment_id: str, *, motion: int, objects: int) -> None:
    """Note what analysis measured over a whole segment; an unknown segment is left unknown."""
    db.execute(
        "UPDATE segment SET motion = :motion, objects = :objects WHERE id = :id",
        {"id": segment_id, "motion": motion, "objects": objects},
    )


def delete_segments(db: Database, segment_ids: Iterable[str]) -> None:
    """Forget files that are gone."""
    db.execute_many("DELETE FROM segment WHERE id = :id", ({"id": one} for one in segment_ids))


def find_segment(db: Database, segment_id: str) -> Segment | None:
    """One segment with its fragments."""
    found = db.row(f"SELECT {COLUMNS} FROM segment WHERE id = :id", {"id": segment_id})
    return None if found is None else _segment(found)


def find_segments(db: Database, camera: str, start_time: float, end_time: float) -> list[Segment]:
    """Segments of a camera that overlap [start_time, end_time), oldest first."""
    # Segments of a camera hardly overlap, so whatever covers `start_time` is the last that began
    # well before it, or began after that one: the index need not be read from its beginning.
    rows = db.rows(
        f"""
        SELECT {COLUMNS}
          FROM segment
         WHERE camera = :camera
           AND start_time < :end_time
           AND end_time > :start_time
           AND start_time >= COALESCE((SELECT MAX(start_time)
                                         FROM segment
                                        WHERE camera = :camera AND start_time <= :well_before),
                                      :well_before)
         ORDER BY start_time, id
        """,
        {
            "camera": camera,
            "start_time": start_time,
            "end_time": end_time,
            "well_before": start_time - LONG_SEGMENT_S,
        },
    )
    return [_segment(row) for row in rows]


def has_footage(db: Database, camera: str, start_time: float, end_time: float) -> bool:
    """Whether a camera has anything recorded in [start_time, end_time)."""
    # The newest that begins before the end; whatever is older ends before it begins.
    end = footage_end(db, camera, end_time)
    return end is not None and end > start_time


def open_segments(db: Database) -> list[Segment]:
    """Segments whose last word was not `closed`: being written, or cut off by a crash."""
    rows = db.rows(f"SELECT {COLUMNS} FROM segment WHERE is_closed = 0 ORDER BY camera, start_time")
    return [_segment(row) for row in rows]


def footage_end(db: Database, camera: str, before: float) -> float | None:
    """Where the footage that a camera began before an instant ends, Unix seconds; None for none."""
    # The last few are enough, and a step into the index; all of them would be a walk over it.
    found = db.row(
        """
        SELECT MAX(end_time) AS end_time
          FROM (SELECT end_time
                  FROM segment
                 WHERE camera = :camera AND start_time < :before
                 ORDER BY start_time DESC
                 LIMIT 10) AS newest
        """,
        {"camera": camera, "before": before},
    )
    end_time: float | None = found["end_time"] if found else None
    return end_time


def newest_start(db: Database) -> float | None:
    """When the newest segment of any camera begins, Unix seconds; None when there is none."""
    start_time: float | None = db.rows("SELECT MAX(start_time) AS start_time FROM segment", {})[0][
        "start_time"
    ]
    return start_time


def segment_paths(db: Database, after: float) -> frozenset[str]:
    """Paths below the recordings folder of all segments that begin after an instant."""
    rows = db.rows("SELECT path FROM segment WHERE start_time > :after", {"after": after})
    return frozenset(row["path"] for row in rows)


def _segment(row: Row) -> Segment:
    return Segment(
        id=row["id"],
        camera=row["camera"],
        session=row["session"],
        path=row["path"],
        start_time=row["start_time"],
        end_time=row["end_time"],
        size_bytes=row["size_bytes"],
        is_closed=bool(row["is_closed"]),
        codecs=row["codecs"],
        width=row["width"],
        height=row["height"],
        init_size=row["init_size"],
        fragments=unpack_fragments(row["fragments"]),
        motion=row["motion"],
        objects=row["objects"],
        dbfs=row["dbfs"],
    )
