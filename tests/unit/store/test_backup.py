from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from picket.domain.errors import StoreDamaged, StoreError
from picket.store.backup import Condition, copy_database, examine, find_flaw
from picket.store.database import Database, open_database, transaction
from picket.store.events import find_event, put_event
from picket.store.migrate import read_migrations
from picket.store.upkeep import set_volume_id
from tests.support.damage import spoil_pages
from tests.support.index_samples import EVENT, make_event, make_index

VERSION = len(read_migrations())


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """Copies are of files: a server's index has none."""
    database = make_index(tmp_path / "index.db")
    yield database
    database.close()


def no_pause() -> None:
    pass


def test_a_copy_has_what_was_committed_and_needs_no_journal(db: Database, tmp_path: Path) -> None:
    put_event(db, EVENT)
    target = tmp_path / "copy.db"
    copy_database(tmp_path / "index.db", target, no_pause)
    copy = open_database(target, read_only=True)
    assert find_event(copy, EVENT.id) == EVENT
    copy.close()
    assert sorted(path.name for path in tmp_path.glob("copy.db*")) == ["copy.db"]


def test_the_writer_goes_on_and_the_copy_is_of_one_moment(db: Database, tmp_path: Path) -> None:
    for number in range(3000):
        put_event(db, make_event(number))
    written = 0

    def write() -> None:
        nonlocal written
        assert written < 100  # else it begins anew with each write, and never ends
        put_event(db, make_event(10_000 + written))
        written += 1

    target = tmp_path / "copy.db"
    copy_database(tmp_path / "index.db", target, write)
    assert written > 1
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("SELECT COUNT(*) FROM event").fetchone() == (3000,)


def test_whoever_paces_can_end_it(db: Database, tmp_path: Path) -> None:
    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        copy_database(tmp_path / "index.db", tmp_path / "copy.db", stop)


def test_what_cannot_be_copied_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be copied"):
        copy_database(tmp_path / "none.db", tmp_path / "copy.db", no_pause)


def test_conditions_are_told_apart(db: Database, tmp_path: Path) -> None:
    assert examine(tmp_path / "index.db", is_thorough=True).condition is Condition.SOUND
    assert examine(tmp_path / "none.db", is_thorough=True).condition is Condition.MISSING
    (tmp_path / "zero.db").touch()
    assert examine(tmp_path / "zero.db", is_thorough=True).condition is Condition.EMPTY
    (tmp_path / "list.db").write_bytes(b"milk, eggs, bread" * 500)
    assert examine(tmp_path / "list.db", is_thorough=False).condition is Condition.DAMAGED


def test_pages_that_were_overwritten_are_found_by_a_thorough_look(
    db: Database, tmp_path: Path
) -> None:
    for number in range(2000):
        put_event(db, make_event(number))
    db.close()
    spoil_pages(tmp_path / "index.db")
    assert examine(tmp_path / "index.db", is_thorough=False).condition is Condition.SOUND
    examined = examine(tmp_path / "index.db", is_thorough=True)
    assert examined.condition is Condition.DAMAGED
    assert examined.detail


def test_using_a_damaged_index_says_what_mends_it(db: Database, tmp_path: Path) -> None:
    for number in range(500):
        put_event(db, make_event(number))
    db.close()
    spoil_pages(tmp_path / "index.db")
    spoilt = open_database(tmp_path / "index.db", read_only=True)
    with pytest.raises(StoreDamaged, match="restart Picket"):
        spoilt.rows("SELECT * FROM event NOT INDEXED")
    spoilt.close()


def test_a_copy_of_ours_has_no_flaw(db: Database, tmp_path: Path) -> None:
    with transaction(db):
        set_volume_id(db, "mine")
    path = tmp_path / "index.db"
    assert find_flaw(path, "mine", VERSION) is None
    assert find_flaw(path, None, VERSION) is None


def test_a_copy_that_cannot_serve_says_why(db: Database, tmp_path: Path) -> None:
    with transaction(db):
        set_volume_id(db, "mine")
    path = tmp_path / "index.db"
    assert "another media folder" in (find_flaw(path, "other", VERSION) or "")
    assert "newer program" in (find_flaw(path, "mine", VERSION - 1) or "")
    (tmp_path / "zero.db").touch()
    assert find_flaw(tmp_path / "zero.db", None, VERSION) == "there is nothing in it"
    with closing(sqlite3.connect(tmp_path / "other.db")) as other, other:
        other.execute("CREATE TABLE orders (id)")
    assert "no index of ours" in (find_flaw(tmp_path / "other.db", None, VERSION) or "")
