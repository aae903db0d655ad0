from __future__ import annotations

from picket.store.database import Database, transaction
from picket.store.upkeep import (
    Task,
    Upkeep,
    find_upkeep,
    find_volume_id,
    list_upkeep,
    put_upkeep,
    set_volume_id,
)


def test_a_task_that_was_never_done_has_no_note(db: Database) -> None:
    assert find_upkeep(db, Task.BACKUP) is None
    assert list_upkeep(db) == []


def test_the_last_note_of_a_task_counts(db: Database) -> None:
    put_upkeep(db, Upkeep(Task.BACKUP, 10.5, is_good=False, outcome="no room"))
    put_upkeep(db, Upkeep(Task.RECONCILE, 12.0, is_good=True, outcome="entered 3"))
    last = Upkeep(Task.BACKUP, 20.5, is_good=True, outcome="copied")
    put_upkeep(db, last)
    assert find_upkeep(db, Task.BACKUP) == last
    assert [one.task for one in list_upkeep(db)] == [Task.BACKUP, Task.RECONCILE]


def test_an_index_belongs_to_one_volume(db: Database) -> None:
    assert find_volume_id(db) is None
    for name in ("one", "two"):
        with transaction(db):
            set_volume_id(db, name)
    assert find_volume_id(db) == "two"
