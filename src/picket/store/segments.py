"""Queries of the table `segment`: one row for each recorded file."""

from __future__ import annotations

from collections.abc import Iterable

from picket.domain.segment import MEDIA_TIMESCALE, Segment, SegmentOutline
from picket.store.counts import count_changes, recount_footage
from picket.store.database import Database, Row, Values
from picket.store.fragments import pack_fragments, unpack_fragments
from picket.store.local_time import DAY_S

COLUMNS = (
    "id, camera, session, path, start_time, end_time, size_bytes, is_closed, codecs, width, height,"
    " init_size, fragments, motion, objects, dbfs"
)

LONG_SEGMENT_S = 600.0

# Segments of a camera hardly overlap, so whatever covers `start_time` is the last that began
# well before it, or began after that one: the index need not be read from its beginning.
_EARLIEST = """
    COALESCE((SELECT MAX(start_time) FROM segment
               WHERE camera = :camera AND start_time <= :well_before), :well_before)
"""


def put_segment(db: Database, segment: Segment) -> None:
    """Insert a segment or replace its row by a newer state; what analysis measured stays."""
    written = db.rows(
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
        RETURNING camera, start_second
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
    recount_footage(db, written)


def set_activity(db: Database, segment_id: str, *, motion: int, objects: int) -> None:
    """Note what analysis measured over a whole segment; an unknown segment is left unknown."""
    changed = db.rows(
        """
        UPDATE segment SET motion = :motion, objects = :objects WHERE id = :id
        RETURNING camera, start_second
        """,
        {"id": segment_id, "motion": motion, "objects": objects},
    )
    recount_footage(db, changed)


def set_loudness(db: Database, segment_id: str, dbfs: int) -> None:
    """Note how loud a segment is, 0 for silence; an unknown segment is left unknown."""
    db.execute("UPDATE segment SET dbfs = :dbfs WHERE id = :id", {"id": segment_id, "dbfs": dbfs})


def delete_segments(db: Database, segment_ids: Iterable[str]) -> None:
    """Forget files that are gone."""
    delete = "DELETE FROM segment WHERE id = :id RETURNING camera, start_second"
    gone = [row for one in segment_ids for row in db.rows(delete, {"id": one})]
    recount_footage(db, gone)


def find_segment(db: Database, segment_id: str) -> Segment | None:
    """One segment with its fragments."""
    found = db.row(f"SELECT {COLUMNS} FROM segment WHERE id = :id", {"id": segment_id})
    return None if found is None else _segment(found)


def find_segments(db: Database, camera: str, start_time: float, end_time: float) -> list[Segment]:
    """Segments of a camera that overlap [start_time, end_time), oldest first."""
    return [_segment(row) for row in _overlapping(db, COLUMNS, camera, start_time, end_time)]


def find_outlines(
    db: Database, camera: str, start_time: float, end_time: float
) -> list[SegmentOutline]:
    """The same segments without fragments that begin at or after `end_time`.

    Segments left with no fragment are dropped; those before the end stay as they are, because
    clients reckon positions by the lengths of whole segments.
    """
    # Not above: it brings NumPy along, which the keeper need not hold.
    from picket.store.fragment_sums import sum_fragments

    columns = "id, session, start_time, end_time, codecs, width, height, path, init_size, fragments"
    rows = _overlapping(db, columns, camera, start_time, end_time)
    limits = [(end_time - row["start_time"]) * MEDIA_TIMESCALE for row in rows]
    sums = sum_fragments([row["fragments"] for row in rows], limits)
    return [
        SegmentOutline._make((*told, *fragments))
        for (*told, _), fragments in zip(rows, sums, strict=True)
        if fragments.number
    ]


def footage_stamp(db: Database, camera: str, start_time: float, end_time: float) -> tuple[int, int]:
    """A value that changes whenever what `find_outlines` answers changes."""
    # The days from the first segment that could matter on, and how often they changed.
    first = db.rows(
        f"SELECT {_EARLIEST} AS start_time", _span_values(camera, start_time, end_time)
    )[0]["start_time"]
    first_day = int(first // DAY_S)
    return first_day, count_changes(db, camera, first_day, int(end_time // DAY_S))


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


def _overlapping(
    db: Database, columns: str, camera: str, start_time: float, end_time: float
) -> list[Row]:
    return db.rows(
        f"""
        SELECT {columns}
          FROM segment
         WHERE camera = :camera
           AND start_time < :end_time
           AND end_time > :start_time
           AND start_time >= {_EARLIEST}
         ORDER BY start_time, id
        """,
        _span_values(camera, start_time, end_time),
    )


def _span_values(camera: str, start_time: float, end_time: float) -> Values:
    return {
        "camera": camera,
        "start_time": start_time,
        "end_time": end_time,
        "well_before": start_time - LONG_SEGMENT_S,
    }


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
