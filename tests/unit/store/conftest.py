"""An empty index for every test of the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from picket.store.database import Database
from tests.support.index_samples import make_index


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = make_index(tmp_path / "index.db")
    yield database
    database.close()
