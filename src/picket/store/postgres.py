"""An index in a PostgreSQL database: the same queries over a connection that heals."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import psycopg

from picket.config.database import DatabaseUrl
from picket.domain.errors import InvalidRequest, PicketError, StoreError, Unavailable
from picket.store.named_values import number_values
from picket.store.postgres_session import Connection, Cursor, connect, first_line
from picket.store.rows import Row, Values

_WORDS = {"BLOB": "BYTEA", "TEXT": 'TEXT COLLATE "C"'}
"""Where PostgreSQL's words differ. Texts are sorted by their bytes, as SQLite does, and not by the
rules of a language, which change with the system's library and would break indexes."""


class PostgresDatabase:
    """A connection in autocommit mode, made when it is needed; see `Database`.

    A lost connection is made anew with the next statement, but never within a transaction: what
    follows there must not count without what came before.
    """

    def __init__(self, url: DatabaseUrl, *, read_only: bool) -> None:
        self._url = url
        self._read_only = read_only
        self._connection: Connection | None = None
        self._has_begun = False

    def rows(self, sql: str, values: Values | None = None) -> list[Row]:
        """Everything a query answers."""
        with self._plain_errors():
            return list(self._run(sql, values, is_harmless=self._read_only))

    def row(self, sql: str, values: Values | None = None) -> Row | None:
        """The first row, or None."""
        with self._plain_errors():
            return self._run(sql, values, is_harmless=self._read_only).fetchone()

    def execute(self, sql: str, values: Values | None = None) -> int:
        """Run a statement; the number of rows it changed."""
        with self._plain_errors():
            return self._run(sql, values, is_harmless=self._read_only).rowcount

    def begin(self) -> None:
        """Begin; the session holds the right to write already."""
        with self._plain_errors():
            self._run("BEGIN", None, is_harmless=True)
        self._has_begun = True

    def commit(self) -> None:
        """Let it count; it is on the server's disk then."""
        try:
            with self._plain_errors():
                outcome = self._run("COMMIT", None, is_harmless=False).statusmessage
        finally:
            self._has_begun = False
        if outcome != "COMMIT":  # what PostgreSQL answers where a statement has failed
            raise StoreError("the database undid a transaction, because a statement of it failed")

    def rollback(self) -> None:
        """Undo; a connection that is lost has done so."""
        try:
            if self._connection is not None and not self._connection.closed:
                self._connection.execute(b"ROLLBACK")
        except psycopg.Error:
            self.close()
        finally:
            self._has_begun = False

    def tables(self) -> frozenset[str]:
        """The names of all tables in the schema that is used."""
        rows = self.rows(
            """
            SELECT relname AS name
              FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace AS place
                ON place.oid = relnamespace
             WHERE place.nspname = current_schema() AND relkind IN ('r', 'p')
            """
        )
        return frozenset(row["name"] for row in rows)

    def in_dialect(self, sql: str) -> str:
        """A statement of a migration with PostgreSQL's names of types."""
        return re.sub(rf"\b({'|'.join(_WORDS)})\b", lambda found: _WORDS[found[0]], sql)

    def refresh_statistics(self) -> None:
        """Look at a sample of each table of ours."""
        names = ", ".join(f'"{name}"' for name in sorted(self.tables()))
        if names:
            self.execute(f"ANALYZE {names}")

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()

    def _run(self, sql: str, values: Values | None, *, is_harmless: bool) -> Cursor:
        """Run a statement; one that is harmless is repeated when the connection was lost before."""
        is_old = self._connection is not None
        try:
            return self._ask(sql, values)
        except psycopg.OperationalError:
            is_lost = self._connection is not None and self._connection.closed
            if not (is_harmless and is_old and is_lost and not self._has_begun):
                raise
        return self._ask(sql, values)

    def _ask(self, sql: str, values: Values | None) -> Cursor:
        query = number_values(sql)
        given: list[Any] | None = None
        if query.names:
            given = [(values or {})[name] for name in query.names]
        return self._connected().execute(query.text, given)

    def _connected(self) -> Connection:
        if self._connection is None or self._connection.closed:
            if self._has_begun:
                raise Unavailable("the database's connection was lost in a transaction; try again")
            self._connection = connect(self._url, read_only=self._read_only)
        return self._connection

    @contextmanager
    def _plain_errors(self) -> Generator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise _plain_error(error) from error


def _plain_error(error: psycopg.Error) -> PicketError:
    """In our words; what the server was asked with stays out of them."""
    reason = first_line(error)
    if isinstance(error, psycopg.OperationalError):  # lost, overloaded, too slow, locked
        return Unavailable(f"the database does not answer ({reason}); try again")
    if isinstance(error, psycopg.DataError):
        return InvalidRequest(f"the database cannot hold such a value: {reason}")
    return StoreError(f"the database refused: {reason}")
