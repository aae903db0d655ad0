"""Queries of the table `export`: files that were asked for, and how far they are."""

from __future__ import annotations

from picket.domain.export import Export, ExportState, Playback
from picket.store.database import Database, Row

COLUMNS = (
    "id, camera, name, start_time, end_time, playback, state, progress, error, created_time,"
    " finished_time, size_bytes"
)


def put_export(db: Database, export: Export) -> None:
    """Insert an export or replace its row by a newer state.

    Raises: StoreError when another export has its name.
    """
    db.execute(
        f"""
        INSERT INTO export ({COLUMNS})
        VALUES (:id, :camera, :name, :start_time, :end_time, :playback, :state, :progress, :error,
                :created_time, :finished_time, :size_bytes)
        ON CONFLICT (id) DO UPDATE SET
               name = excluded.name,
               state = excluded.state,
               progress = excluded.progress,
               error = excluded.error,
               finished_time = excluded.finished_time,
               size_bytes = excluded.size_bytes
        """,
        {
            "id": export.id,
            "camera": export.camera,
            "name": export.name,
            "start_time": export.start_time,
            "end_time": export.end_time,
            "playback": export.playback.value,
            "state": export.state.value,
            "progress": export.progress,
            "error": export.error,
            "created_time": export.created_time,
            "finished_time": export.finished_time,
            "size_bytes": export.size_bytes,
        },
    )


def delete_export(db: Database, export_id: str) -> None:
    """Forget an export; an unknown one is forgotten already."""
    db.execute("DELETE FROM export WHERE id = :id", {"id": export_id})


def find_export(db: Database, export_id: str) -> Export | None:
    """The export of an id."""
    found = db.row(f"SELECT {COLUMNS} FROM export WHERE id = :id", {"id": export_id})
    return None if found is None else _export(found)


def find_export_named(db: Database, name: str) -> Export | None:
    """The export of a file name."""
    found = db.row(f"SELECT {COLUMNS} FROM export WHERE name = :name", {"name": name})
    return None if found is None else _export(found)


def list_exports(db: Database) -> list[Export]:
    """All of them, the one asked for last first."""
    rows = db.rows(f"SELECT {COLUMNS} FROM export ORDER BY created_time DESC, id DESC")
    return [_export(row) for row in rows]


def active_exports(db: Database) -> list[Export]:
    """Those whose file is still to come, in the order they were asked for."""
    rows = db.rows(
        f"""
        SELECT {COLUMNS}
          FROM export
         WHERE state IN (:queued, :running)
         ORDER BY created_time, id
        """,
        {"queued": ExportState.QUEUED.value, "running": ExportState.RUNNING.value},
    )
    return [_export(row) for row in rows]


def _export(row: Row) -> Export:
    return Export(
        id=row["id"],
        camera=row["camera"],
        name=row["name"],
        start_time=row["start_time"],
        end_time=row["end_time"],
        playback=Playback(row["playback"]),
        state=ExportState(row["state"]),
        progress=row["progress"],
        error=row["error"],
        created_time=row["created_time"],
        finished_time=row["finished_time"],
        size_bytes=row["size_bytes"],
    )
