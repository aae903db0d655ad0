"""Queries of the table `gap`: where footage is missing, and why."""

from __future__ import annotations

from collections.abc import Iterable

from picket.domain.segment import Gap, GapReason
from picket.store.database import Database, Row


def put_gap(db: Database, gap: Gap) -> None:
    """Insert a gap or replace its row by a newer state."""
    db.execute(
        """
        INSERT INTO gap (id, camera, start_time, end_time, reason, detail)
        VALUES (:id, :camera, :start_time, :end_time, :reason, :detail)
        ON CONFLICT (id) DO UPDATE SET
               start_time = excluded.start_time,
               end_time = excluded.end_time,
               reason = excluded.reason,
               detail = excluded.detail
        """,
        {
            "id": gap.id,
            "camera": gap.camera,
            "start_time": gap.start_time,
            "end_time": gap.end_time,
            "reason": gap.reason.value,
            "detail": gap.detail,
        },
    )


def end_open_gaps(db: Database, end_time: float, cameras: Iterable[str] | None = None) -> None:
    """End what still lasts, because whoever would have ended it is gone.

    Args:
        db: inside a transaction.
        end_time: Unix seconds; a gap that began later goes on.
        cameras: only of these; None for all.
    """
    sql = "UPDATE gap SET end_time = :end_time WHERE end_time IS NULL AND start_time < :end_time"
    if cameras is None:
        db.execute(sql, {"end_time": end_time})
        return
    for camera in cameras:
        db.execute(f"{sql} AND camera = :camera", {"end_time": end_time, "camera": camera})


def find_gaps(db: Database, camera: str | None, after: float, before: float) -> list[Gap]:
    """Gaps that overlap [after, before), oldest first; of all cameras if none is named."""
    rows = db.rows(
        f"""
        SELECT id, camera, start_time, end_time, reason, detail
          FROM gap
         WHERE start_time < :before
           AND (end_time IS NULL OR end_time > :after)
           {"" if camera is None else "AND camera = :camera"}
         ORDER BY start_time, id
        """,
        {"camera": camera, "after": after, "before": before},
    )
    return [_gap(row) for row in rows]


def delete_gaps(db: Database, camera: str, before: float) -> int:
    """Forget a camera's gaps that ended before an instant; how many there were."""
    return db.execute(
        "DELETE FROM gap WHERE camera = :camera AND end_time < :before",
        {"camera": camera, "before": before},
    )


def _gap(row: Row) -> Gap:
    return Gap(
        id=row["id"],
        camera=row["camera"],
        start_time=row["start_time"],
        end_time=row["end_time"],
        reason=GapReason(row["reason"]),
        detail=row["detail"],
    )
