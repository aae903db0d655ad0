"""The door to the index: what a connection can do, how one is opened, transactions."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from picket.config.database import DatabaseUrl
from picket.domain.errors import StoreError
from picket.store.rows import Row, Values
from picket.store.sqlite import SqliteDatabase

__all__ = ["Database", "Row", "Values", "open_database", "transaction"]


class Database(Protocol):
    """A connection that commits each statement unless it has begun; one thread at a time uses it.

    Queries name their values (`:camera`), and every database takes the same text.

    Raises: StoreError for what a database refuses; Unavailable for what may heal; InvalidRequest
        for a value that it cannot hold.
    """

    def rows(self, sql: str, values: Values | None = None) -> list[Row]:
        """Everything a query answers."""

    def row(self, sql: str, values: Values | None = None) -> Row | None:
        """The first row, or None."""

    def execute(self, sql: str, values: Values | None = None) -> int:
        """Run a statement; the number of rows it changed."""

    def begin(self) -> None:
        """From here on nothing counts before `commit`; nobody else writes meanwhile."""

    def commit(self) -> None:
        """Let what was written since `begin` count. Raises: StoreError when none of it does."""

    def rollback(self) -> None:
        """Undo what was written since `begin`, also when the connection is lost."""

    def tables(self) -> frozenset[str]:
        """The names of all tables, also those of others."""

    def in_dialect(self, sql: str) -> str:
        """A statement of a migration in the words of this database."""

    def refresh_statistics(self) -> None:
        """Let the query planner look at the tables again; cheap, once a day and after loads."""

    def close(self) -> None:
        """Let go of it."""


def open_database(place: Path | DatabaseUrl, *, read_only: bool) -> Database:
    """Open the index: an SQLite file, or a PostgreSQL database by its address.

    Raises: StoreError when a file cannot be opened, or PostgreSQL's driver is missing. A server is
        asked with the first query only.
    """
    if isinstance(place, Path):
        return SqliteDatabase(place, read_only=read_only)
    try:
        # Not above: only who names an address needs the driver, and 12 MB for it.
        from picket.store.postgres import PostgresDatabase
    except ImportError:
        raise StoreError(
            "database.url needs the package psycopg: install it by"
            " `.venv/bin/uv pip install 'psycopg[binary]'`, or remove database.url"
        ) from None
    return PostgresDatabase(place, read_only=read_only)


@contextmanager
def transaction(db: Database) -> Generator[None]:
    """All of the block's writes, or none."""
    db.begin()
    try:
        yield
    except BaseException:
        db.rollback()
        raise
    db.commit()
