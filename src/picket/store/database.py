"""One connection to the index: opening, transactions, checks, and errors in our own words."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from picket.domain.errors import StoreDamaged, StoreError, Unavailable

Row = sqlite3.Row
"""Values by column name."""

Values = Mapping[str, str | bytes | float | int | None]

LOCK_TIMEOUT_MS = 10_000
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class Database:
    """A connection in autocommit mode; used by one thread at a time.

    Queries name their values (`:camera`), so that another driver can take the same text.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, values: Values | None = None) -> list[Row]:
        """Everything a query answers."""
        with _plain_errors():
            return self._connection.execute(sql, values or {}).fetchall()

    def row(self, sql: str, values: Values | None = None) -> Row | None:
        """The first row, or None."""
        with _plain_errors():
            found: Row | None = self._connection.execute(sql, values or {}).fetchone()
        return found

    def execute(self, sql: str, values: Values | None = None) -> int:
        """Run a statement; the number of rows it changed."""
        with _plain_errors():
            return self._connection.execute(sql, values or {}).rowcount

    def close(self) -> None:
        """Give the file back; the last one to leave folds the journal in."""
        self._connection.close()


def open_database(path: Path, *, read_only: bool) -> Database:
    """Open the index; a writer creates a missing file, a reader does not.

    The journal is SQLite's write-ahead log, so readers never wait for the writer, and every commit
    reaches the disk (`synchronous=FULL`): what was acknowledged survives a power cut.

    Raises: StoreError when the file cannot be opened or is not a database.
    Source: https://www.sqlite.org/wal.html and https://www.sqlite.org/pragma.html#pragma_synchronous
    """
    mode = "ro" if read_only else "rwc"
    uri = f"file:{quote(str(path.absolute()))}?mode={mode}"
    try:
        # A connection wanders between the threads of a pool, one at a time.
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise StoreError(
            f"cannot open the database ({error}): check the folder of {path}"
        ) from error
    try:
        _configure(connection, read_only=read_only)
    except sqlite3.Error as error:
        connection.close()
        raise StoreError(
            f"not a usable database ({error}); move it aside and start again: {path}"
        ) from error
    return Database(connection)


def _configure(connection: sqlite3.Connection, *, read_only: bool) -> None:
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA busy_timeout = {LOCK_TIMEOUT_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    if read_only:
        connection.execute("PRAGMA query_only = ON")
        connection.execute(
            "PRAGMA mmap_size = 268435456"
        )  # lists come straight from the page cache
        connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


@contextmanager
def transaction(db: Database) -> Generator[None]:
    """All of the block's writes, or none; takes the write lock at once."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def find_damage(db: Database) -> tuple[str, ...]:
    """What SQLite's quick check finds wrong with the file; nothing when it is sound."""
    problems = (row["quick_check"] for row in db.rows("PRAGMA quick_check"))
    return tuple(problem for problem in problems if problem != "ok")


def refresh_statistics(db: Database) -> None:
    """Let the query planner look at the tables again; cheap, once a day and after bulk loads."""
    db.execute("PRAGMA analysis_limit = 1000")
    db.execute("ANALYZE")


@contextmanager
def _plain_errors() -> Generator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise Unavailable(f"the database is busy ({error}); try again") from error
        raise StoreError(f"the database refused: {error}") from error
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode in _DAMAGE:
            raise StoreDamaged(
                f"the index is damaged ({error}): restart Picket, which puts the newest backup in"
                " its place"
            ) from error
        raise StoreError(f"the database refused: {error}") from error
    except sqlite3.Error as error:
        raise StoreError(f"the database refused: {error}") from error
