from __future__ import annotations

from pathlib import Path

import pytest

from picket.domain.errors import StoreError
from picket.store.database import (
    Database,
    find_damage,
    open_database,
    refresh_statistics,
    transaction,
)
from picket.store.events import put_event
from tests.support.index_samples import EVENT, make_event


def count(db: Database) -> int:
    return len(db.rows("SELECT id FROM event"))


def write_and_fail(db: Database) -> None:
    with transaction(db):
        put_event(db, EVENT)
        db.execute("DELETE FROM event WHERE colour = 'red'")


def test_a_transaction_keeps_all_of_its_writes(db: Database) -> None:
    with transaction(db):
        put_event(db, make_event(1))
        put_event(db, make_event(2))
    assert count(db) == 2


def test_a_transaction_that_fails_keeps_none_of_its_writes(db: Database) -> None:
    with pytest.raises(StoreError, match="no such column"):
        write_and_fail(db)
    assert count(db) == 0
    put_event(db, EVENT)
    assert count(db) == 1


def test_a_reader_sees_what_was_committed_and_nothing_else(db: Database, tmp_path: Path) -> None:
    reader = open_database(tmp_path / "index.db", read_only=True)
    db.execute("BEGIN IMMEDIATE")
    put_event(db, EVENT)
    assert count(reader) == 0
    db.execute("COMMIT")
    assert count(reader) == 1
    reader.close()


def test_a_reader_cannot_write(db: Database, tmp_path: Path) -> None:
    reader = open_database(tmp_path / "index.db", read_only=True)
    with pytest.raises(StoreError, match="readonly"):
        reader.execute("DELETE FROM event")
    reader.close()


def test_a_reader_does_not_create_a_missing_index(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot open the database"):
        open_database(tmp_path / "none.db", read_only=True)
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_database_is_refused_with_a_cure(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    path.write_bytes(b"this is a shopping list, not a database" * 50)
    with pytest.raises(StoreError, match="move it aside"):
        open_database(path, read_only=False)


def test_a_path_with_odd_characters_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "what? 100% #1.db"
    open_database(path, read_only=False).close()
    assert path.exists()


def test_every_commit_reaches_the_disk(db: Database) -> None:
    journal, synchronous = db.row("PRAGMA journal_mode"), db.row("PRAGMA synchronous")
    assert journal is not None
    assert synchronous is not None
    assert journal["journal_mode"] == "wal"
    assert synchronous["synchronous"] == 2


def test_a_wrong_statement_is_an_error_of_ours(db: Database) -> None:
    with pytest.raises(StoreError, match="no such table"):
        db.rows("SELECT * FROM elsewhere")


def test_a_sound_file_has_no_damage(db: Database) -> None:
    assert find_damage(db) == ()


def test_damage_is_found(tmp_path: Path) -> None:
    path = tmp_path / "torn.db"
    db = open_database(path, read_only=False)
    db.execute("CREATE TABLE event (id TEXT PRIMARY KEY)")
    for number in range(500):
        db.execute("INSERT INTO event VALUES (:id)", {"id": f"{number:0200}"})
    db.close()
    content = bytearray(path.read_bytes())
    content[3 * 4096 : 5 * 4096] = bytes(2 * 4096)
    path.write_bytes(content)
    torn = open_database(path, read_only=True)
    assert find_damage(torn)
    torn.close()


def test_statistics_can_be_refreshed(db: Database) -> None:
    put_event(db, EVENT)
    refresh_statistics(db)
    assert db.rows("SELECT * FROM sqlite_stat1 WHERE tbl = 'event'")
