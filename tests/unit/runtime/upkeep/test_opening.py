from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from picket.config.paths import MediaPaths
from picket.runtime.upkeep.backups import BackupPlaces, make_backup
from picket.runtime.upkeep.opening import Readiness, make_ready, mark_suspect
from picket.runtime.upkeep.volume import MARK_NAME, Volume, write_volume
from picket.store.database import Database, open_database
from picket.store.events import find_event, put_event
from picket.store.migrate import migrate, read_migrations
from tests.support.damage import spoil_pages
from tests.support.index_samples import NOON, make_event

DAY_S = 86_400.0


def no_pause() -> None:
    pass


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def scribble(path: Path) -> None:
    path.write_bytes(b"milk, eggs, bread" * 1000)


DAMAGES = [spoil_pages, truncate, empty, scribble, Path.unlink]


def has_event(database: Path, number: int) -> bool:
    db = open_database(database, read_only=False)
    migrate(db, read_migrations())
    found = find_event(db, make_event(number).id)
    db.close()
    return found is not None


def test_a_sound_index_is_left_as_it_is(db: Database, database: Path, media: MediaPaths) -> None:
    db.close()
    before = database.read_bytes()
    assert make_ready(database, media, NOON) is Readiness.FOUND
    assert database.read_bytes() == before


def test_a_first_start_is_no_loss(database: Path, media: MediaPaths) -> None:
    assert make_ready(database, media, NOON) is Readiness.NEW
    assert list(database.parent.iterdir()) == []


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_newest_backup_takes_the_place_of_what_is_damaged(
    db: Database,
    database: Path,
    media: MediaPaths,
    places: BackupPlaces,
    damage: Callable[[Path], None],
) -> None:
    make_backup(places, 3, NOON, no_pause)
    put_event(db, make_event(500))
    make_backup(places, 3, NOON + DAY_S, no_pause)
    db.close()
    damage(database)
    assert make_ready(database, media, NOON + 2 * DAY_S) is Readiness.RESTORED
    assert has_event(database, 500)


@pytest.mark.parametrize("damage", DAMAGES)
def test_without_a_backup_the_index_begins_anew_and_the_loss_is_told(
    db: Database,
    database: Path,
    media: MediaPaths,
    damage: Callable[[Path], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    db.close()
    damage(database)
    assert make_ready(database, media, NOON) is Readiness.REBUILT
    assert "events, their timeline" in caplog.text
    assert not has_event(database, 1)


def test_what_is_damaged_is_kept_with_its_journal(
    db: Database, database: Path, media: MediaPaths
) -> None:
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    put_event(db, make_event(400))  # the journal is there while the index is open
    journal = database.with_name("frigate.db-wal").read_bytes()
    scribble(database)
    make_ready(database, media, NOON)
    aside = database.with_name("frigate.db.damaged-20240115T120000Z")
    assert aside.read_bytes().startswith(b"milk")
    assert aside.with_name(aside.name + "-wal").read_bytes() == journal
    assert not database.with_name("frigate.db-wal").exists()


def test_a_backup_that_is_damaged_or_of_another_folder_is_passed_over(
    db: Database, database: Path, media: MediaPaths, places: BackupPlaces
) -> None:
    make_backup(places, 3, NOON, no_pause)
    put_event(db, make_event(500))
    newest = make_backup(places, 3, NOON + DAY_S, no_pause).name
    for folder in places.folders:
        spoil_pages(folder / newest)
    db.close()
    database.unlink()
    assert make_ready(database, media, NOON) is Readiness.RESTORED
    assert has_event(database, 1)
    assert not has_event(database, 500)
    database.unlink()
    write_volume(media.media, Volume("another"))
    assert make_ready(database, media, NOON) is Readiness.REBUILT


def test_one_surviving_place_is_enough(
    db: Database, database: Path, media: MediaPaths, places: BackupPlaces
) -> None:
    made = make_backup(places, 3, NOON, no_pause)
    db.close()
    database.unlink()
    made.unlink()
    (media.media / MARK_NAME).unlink()
    assert make_ready(database, media, NOON) is Readiness.RESTORED


def test_suspicion_ends_with_a_sound_look(db: Database, database: Path, media: MediaPaths) -> None:
    mark_suspect(database)
    assert database.with_name("frigate.db.suspect").exists()
    make_ready(database, media, NOON)
    assert not database.with_name("frigate.db.suspect").exists()
