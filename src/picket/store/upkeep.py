"""Queries of the tables `upkeep` and `volume`: how the index is looked after, whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from picket.store.database import Database, Row


class Task(StrEnum):
    """What is done to the index now and then."""

    BACKUP = "backup"
    RECONCILE = "reconcile"


@dataclass(frozen=True, slots=True)
class Upkeep:
    """How a task went the last time."""

    task: Task
    finished_time: float  # Unix seconds
    is_good: bool
    outcome: str  # for the user


def put_upkeep(db: Database, upkeep: Upkeep) -> None:
    """Note how a task went, in place of what was noted before."""
    db.execute(
        """
        INSERT INTO upkeep (task, finished_time, is_good, outcome)
        VALUES (:task, :finished_time, :is_good, :outcome)
        ON CONFLICT (task) DO UPDATE SET
               finished_time = excluded.finished_time,
               is_good = excluded.is_good,
               outcome = excluded.outcome
        """,
        {
            "task": upkeep.task.value,
            "finished_time": upkeep.finished_time,
            "is_good": int(upkeep.is_good),
            "outcome": upkeep.outcome,
        },
    )


def find_upkeep(db: Database, task: Task) -> Upkeep | None:
    """How a task went last, or None when it was never done."""
    found = db.row("SELECT * FROM upkeep WHERE task = :task", {"task": task.value})
    return None if found is None else _upkeep(found)


def list_upkeep(db: Database) -> list[Upkeep]:
    """How every task went last, by name."""
    return [_upkeep(row) for row in db.rows("SELECT * FROM upkeep ORDER BY task")]


def find_volume_id(db: Database) -> str | None:
    """The volume that the index belongs to, or None when it has not met one."""
    found = db.row("SELECT id FROM volume")
    return None if found is None else str(found["id"])


def set_volume_id(db: Database, volume_id: str) -> None:
    """Let the index belong to a volume, and to no other; inside a transaction."""
    db.execute("DELETE FROM volume")
    db.execute("INSERT INTO volume (id) VALUES (:id)", {"id": volume_id})


def _upkeep(row: Row) -> Upkeep:
    return Upkeep(Task(row["task"]), row["finished_time"], bool(row["is_good"]), row["outcome"])
