"""Reads a database of Frigate's; nothing in it or beside it is changed.

The tables are those of 0.13 (migrations 001 to 020). Columns that an older version lacks count as
empty, tables and columns that a newer one added are left out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self, TypeVar
from urllib.parse import quote

from picket.domain.errors import StoreError
from picket.domain.event import Event, TimelineEntry
from picket.store.frigate_rows import (
    FrigateRecording,
    FrigateRow,
    read_event_row,
    read_moment_row,
    read_recording_row,
)

T = TypeVar("T")

PAGE = 500


class FrigateDatabase:
    """An open database of Frigate's; rows that make no sense come as None."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises: StoreError when there is none, or it is not Frigate's.
        """
        try:
            self._connection = _open(path)
            self._connection.row_factory = sqlite3.Row
            found = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            self._tables = {row["name"] for row in found}
        except sqlite3.Error as error:
            raise StoreError(f"Frigate's database cannot be read ({error}): {path}") from error
        if not {"migratehistory", "event"} <= self._tables:
            self.close()
            raise StoreError(f"this is no database of Frigate's: {path}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of it."""
        self._connection.close()

    def last_migration(self) -> str:
        """Name of the last change of its schema, which tells the version; "" without any."""
        rows = self._connection.execute("SELECT MAX(name) AS name FROM migratehistory")
        return str(rows.fetchone()["name"] or "")

    def count(self, table: str) -> int:
        """How many rows a table has; 0 when there is none."""
        if table not in self._tables:
            return 0
        return int(self._connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])

    def events(self) -> Iterator[Event | None]:
        """Every event, the newest first."""
        return self._read("event", "start_time", read_event_row)

    def moments(self) -> Iterator[TimelineEntry | None]:
        """Every entry of the timeline, the newest first."""
        return self._read("timeline", "timestamp", read_moment_row)

    def recordings(self) -> Iterator[FrigateRecording | None]:
        """Every recording, the newest first."""
        return self._read("recordings", "start_time", read_recording_row)

    def _read(self, table: str, order: str, read: Callable[[FrigateRow], T]) -> Iterator[T | None]:
        if table not in self._tables:
            return
        try:
            cursor = self._connection.execute(f"SELECT * FROM {table} ORDER BY {order} DESC")
            while page := cursor.fetchmany(PAGE):
                for row in page:
                    try:
                        yield read(dict(row))
                    except (KeyError, TypeError, ValueError):
                        yield None
        except sqlite3.Error as error:
            raise StoreError(f"Frigate's table {table} cannot be read: {error}") from error


def _open(path: Path) -> sqlite3.Connection:
    """A journal that Frigate left belongs to the content; without one the file alone is read."""
    journal = path.with_name(f"{path.name}-wal")
    has_journal = journal.exists() and journal.stat().st_size > 0
    mode = "mode=ro" if has_journal else "mode=ro&immutable=1"
    return sqlite3.connect(f"file:{quote(str(path.absolute()))}?{mode}", uri=True)
