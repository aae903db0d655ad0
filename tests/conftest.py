"""Where an index may lie: in a file, or in a schema of the tests' own PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from picket.config.database import DatabaseUrl
from picket.store.database import Database
from tests.support.index_samples import make_index
from tests.support.postgres_server import PostgresServer, postgres_server

# How long an example takes says how busy the machine is, and nothing about the code.
settings.register_profile("usual", parent=settings.default, deadline=None, max_examples=30)
settings.register_profile("thorough", parent=settings.default, deadline=None, max_examples=1000)
settings.load_profile("usual")  # `--hypothesis-profile thorough` takes another


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for all tests; started for the first that asks."""
    with postgres_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | DatabaseUrl:
    """Where nothing is yet; each test that asks runs with both."""
    if request.param == "sqlite":
        return tmp_path / "index.db"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.make_place()


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty index, open for writing; each test that asks runs with both."""
    if request.param == "sqlite":
        database = make_index(tmp_path / "index.db")
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        database = server.empty_index()
    yield database
    database.close()
