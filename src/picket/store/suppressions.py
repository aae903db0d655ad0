"""Queries of the table `suppression`: what users called false, and is not told again."""

from __future__ import annotations

from picket.domain.appearance import Appearance
from picket.domain.errors import NotFound
from picket.domain.suppression import Suppression
from picket.store.database import Database, Row
from picket.store.event_rows import pack_box, unpack_box

COLUMNS = "id, camera, label, box, appearance, score, created_time, note, quieted, quieted_time"


def put_suppression(db: Database, suppression: Suppression) -> None:
    """Keep a suppression and mark its event as false.

    The same one again takes over what it looks like and the note; its counts go on.

    Raises: NotFound when the event is gone.
    """
    event = {"id": suppression.id}
    marked = db.execute(
        "UPDATE event SET false_positive = 1 WHERE id = :id AND COALESCE(false_positive, 0) = 0",
        event,
    )
    if not marked and db.row("SELECT id FROM event WHERE id = :id", event) is None:
        raise NotFound(f"Event not found: {suppression.id}")
    db.execute(
        """
        INSERT INTO suppression (id, camera, label, box, appearance, score, created_time, note,
                                 thumbnail, marked_event, quieted, quieted_time)
        VALUES (:id, :camera, :label, :box, :appearance, :score, :created_time, :note,
                :thumbnail, :marked_event, :quieted, :quieted_time)
        ON CONFLICT (id) DO UPDATE SET
               box = excluded.box,
               appearance = excluded.appearance,
               score = excluded.score,
               note = excluded.note,
               thumbnail = excluded.thumbnail
        """,
        {
            "id": suppression.id,
            "camera": suppression.camera,
            "label": suppression.label,
            "box": pack_box(suppression.box),
            "appearance": suppression.appearance.to_bytes(),
            "score": suppression.score,
            "created_time": suppression.created_time,
            "note": suppression.note,
            "thumbnail": suppression.thumbnail,
            "marked_event": marked,
            "quieted": suppression.quieted,
            "quieted_time": suppression.quieted_time,
        },
    )


def lift_suppression(db: Database, suppression_id: str) -> None:
    """Forget a suppression, and the mark on its event if nobody else made it. Raises: NotFound."""
    wanted = {"id": suppression_id}
    if is_marked_by_suppression(db, suppression_id):
        db.execute("UPDATE event SET false_positive = NULL WHERE id = :id", wanted)
    if not db.execute("DELETE FROM suppression WHERE id = :id", wanted):
        raise NotFound(f"Suppression not found: {suppression_id}")


def is_marked_by_suppression(db: Database, event_id: str) -> bool:
    """Whether an event is marked as false by its suppression alone: no service knows of it."""
    found = db.row(
        "SELECT id FROM suppression WHERE id = :id AND marked_event = 1", {"id": event_id}
    )
    return found is not None


def count_quieted(db: Database, suppression_id: str, frame_time: float) -> None:
    """An object was not told; what is told twice, or of a suppression that is gone, is not counted.

    Args:
        db: inside a transaction.
        suppression_id: what quieted it.
        frame_time: Unix seconds. A camera tells in the order of time: what is not newer is known.
    """
    db.execute(
        """
        UPDATE suppression
           SET quieted = quieted + 1, quieted_time = :time
         WHERE id = :id AND COALESCE(quieted_time, 0) < :time
        """,
        {"id": suppression_id, "time": frame_time},
    )


def list_suppressions(db: Database, *, with_thumbnails: bool = True) -> list[Suppression]:
    """All of them, newest first."""
    thumbnail = ", thumbnail" if with_thumbnails else ""
    rows = db.rows(
        f"SELECT {COLUMNS}{thumbnail} FROM suppression ORDER BY created_time DESC, id DESC"
    )
    return [_suppression(row, bytes(row["thumbnail"]) if with_thumbnails else b"") for row in rows]


def _suppression(row: Row, thumbnail: bytes) -> Suppression:
    return Suppression(
        id=row["id"],
        camera=row["camera"],
        label=row["label"],
        box=unpack_box(row["box"]),
        appearance=Appearance.from_bytes(bytes(row["appearance"])),
        score=row["score"],
        created_time=row["created_time"],
        note=row["note"],
        thumbnail=thumbnail,
        quieted=row["quieted"],
        quieted_time=row["quieted_time"],
    )
