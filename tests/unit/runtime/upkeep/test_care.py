from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from picket.runtime.upkeep.backups import BackupPlaces
from picket.runtime.upkeep.care import FIRST_S, BackupPlan, IndexCare
from picket.store.database import Database
from picket.store.upkeep import Task, Upkeep, find_upkeep, put_upkeep
from tests.support.damage import spoil_pages
from tests.support.index_samples import NOON
from tests.support.servers import wait_for

DAY_S = 86_400.0


class Clock:
    """Shows what the test sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def care(db: Database, places: BackupPlaces, clock: Clock) -> Iterator[IndexCare]:
    made = IndexCare(db, BackupPlan(places, DAY_S, keep=2), clock)
    yield made
    made.stop()


def finished(care: IndexCare, db: Database, clock: Clock) -> Upkeep:
    """Turn until the note of a backup at the clock's time is there."""

    def look() -> Upkeep | None:
        care.turn()
        found = find_upkeep(db, Task.BACKUP)
        return found if found and found.finished_time == clock.now else None

    return wait_for(look, 20, "note of a backup")


def test_the_first_backup_waits_until_the_start_is_over(
    care: IndexCare, db: Database, places: BackupPlaces, clock: Clock
) -> None:
    clock.now += FIRST_S - 1
    care.turn()
    assert "backup" not in {thread.name for thread in threading.enumerate()}
    clock.now += 1
    noted = finished(care, db, clock)
    assert noted.is_good
    assert len(places.newest_first()) == 2


def test_the_next_one_comes_after_the_interval_and_a_restart_does_not_hasten_it(
    db: Database, places: BackupPlaces, clock: Clock
) -> None:
    put_upkeep(db, Upkeep(Task.BACKUP, NOON - DAY_S / 2, is_good=True, outcome=""))
    care = IndexCare(db, BackupPlan(places, DAY_S, keep=2), clock)
    clock.now = NOON + DAY_S / 2 - 1
    care.turn()
    care.turn()
    assert places.newest_first() == []
    clock.now += 1
    assert finished(care, db, clock).is_good


def test_an_interval_of_nothing_means_never(
    db: Database, places: BackupPlaces, clock: Clock
) -> None:
    care = IndexCare(db, BackupPlan(places, 0.0, keep=2), clock)
    clock.now += 10 * DAY_S
    care.turn()
    care.turn()
    assert not any(folder.exists() for folder in places.folders)


def test_damage_is_told_and_the_next_start_will_look(
    care: IndexCare, db: Database, database: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    spoil_pages(database)
    clock.now += FIRST_S

    def is_told() -> bool:
        care.turn()
        return "damaged" in caplog.text

    wait_for(is_told, 20, "word of the damage")
    assert database.with_name("frigate.db.suspect").exists()


def test_a_file_that_is_taken_away_is_told_once(
    care: IndexCare, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    care.turn()
    assert caplog.text == ""
    database.rename(database.with_name("elsewhere.db"))
    care.turn()
    care.turn()
    assert caplog.text.count("taken away") == 1
