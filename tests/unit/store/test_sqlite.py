from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from picket.domain.errors import StoreError
from picket.store.database import Database, open_database
from picket.store.events import put_event
from tests.support.index_samples import EVENT, make_index


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Database]:
    database = make_index(tmp_path / "index.db")
    yield database
    database.close()


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


def test_every_commit_reaches_the_disk(file: Database) -> None:
    journal, synchronous = file.row("PRAGMA journal_mode"), file.row("PRAGMA synchronous")
    assert journal is not None
    assert synchronous is not None
    assert journal["journal_mode"] == "wal"
    assert synchronous["synchronous"] == 2


def test_what_was_undone_already_can_be_undone(file: Database) -> None:
    file.begin()
    file.rollback()
    file.rollback()
    put_event(file, EVENT)
    assert file.row("SELECT id FROM event") is not None


def test_statistics_are_kept_by_table(file: Database) -> None:
    put_event(file, EVENT)
    file.refresh_statistics()
    assert file.rows("SELECT * FROM sqlite_stat1 WHERE tbl = 'event'")
