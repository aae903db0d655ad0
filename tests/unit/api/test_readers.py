from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from picket.api.readers import ReaderPool
from picket.domain.errors import StoreError
from tests.support.index_samples import make_index


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[ReaderPool]:
    make_index(tmp_path / "index.db").close()
    pool = ReaderPool(tmp_path / "index.db")
    yield pool
    pool.close()


def test_a_connection_is_used_again(pool: ReaderPool) -> None:
    with pool.borrow() as first:
        pass
    with pool.borrow() as second:
        assert second is first


def test_two_at_once_have_two(pool: ReaderPool) -> None:
    with pool.borrow() as first, pool.borrow() as second:
        assert first is not second


def test_a_connection_comes_back_after_an_error(pool: ReaderPool) -> None:
    with pytest.raises(StoreError), pool.borrow() as first:
        first.rows("SELECT * FROM elsewhere")
    with pool.borrow() as second:
        assert second is first


def test_a_reader_cannot_change_the_index(pool: ReaderPool) -> None:
    with pool.borrow() as db, pytest.raises(StoreError):
        db.execute("DELETE FROM event")


def test_a_missing_index_is_an_error_every_time_until_it_is_there(tmp_path: Path) -> None:
    pool = ReaderPool(tmp_path / "later.db")
    with pytest.raises(StoreError), pool.borrow():
        pass
    make_index(tmp_path / "later.db").close()
    with pool.borrow() as db:
        assert db.rows("SELECT id FROM event") == []
    pool.close()
