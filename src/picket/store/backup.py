"""Copies of the index while it is in use, and what state a database file is in.

Source: https://www.sqlite.org/backup.html and https://www.sqlite.org/pragma.html#pragma_quick_check
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from urllib.parse import quote

from picket.domain.errors import StoreError

STEP_PAGES = 256  # 1 MiB


class Condition(Enum):
    """What a database file is good for."""

    MISSING = auto()
    EMPTY = auto()  # no table in it
    DAMAGED = auto()
    SOUND = auto()  # or another program's


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found of a database file."""

    condition: Condition
    detail: str = ""  # of the damage, for the user


def copy_database(source: Path, target: Path, pace: Callable[[], None]) -> None:
    """Write the index as it is at this moment into a new file that needs no journal.

    The source is held at one state by a read transaction, so whoever writes meanwhile neither waits
    nor makes the copy begin anew.

    Args:
        source: in use or not.
        target: must not exist.
        pace: called after each MiB; what it raises ends the copying.

    Raises: StoreError when one of the two cannot be read or written.
    """
    try:
        with closing(_connect(source)) as original, closing(sqlite3.connect(target)) as copy:
            original.execute("BEGIN")
            original.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
            original.backup(copy, pages=STEP_PAGES, progress=lambda *_: pace())
            copy.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise StoreError(f"the index cannot be copied: {error}") from error


def examine(path: Path, *, is_thorough: bool) -> Examined:
    """Look at a database file without changing it.

    Args:
        path: the file.
        is_thorough: read every page of it, at the speed of the disk; else only what opening needs.
    """
    if not path.exists():
        return Examined(Condition.MISSING)
    try:
        with closing(_connect(path)) as connection:
            (tables,) = connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
            if not tables:
                return Examined(Condition.EMPTY)
            check = "PRAGMA quick_check(5)" if is_thorough else "SELECT 'ok'"
            told = [row[0] for row in connection.execute(check)]
    except sqlite3.Error as error:
        return Examined(Condition.DAMAGED, str(error))
    if told != ["ok"]:
        return Examined(Condition.DAMAGED, "; ".join(told))
    return Examined(Condition.SOUND)


def find_flaw(path: Path, volume_id: str | None, known_version: int) -> str | None:
    """Why a copy of the index cannot take its place; None when it can.

    Args:
        path: the copy.
        volume_id: of the volume that it must belong to; None takes any.
        known_version: the newest schema that this program knows.
    """
    examined = examine(path, is_thorough=True)
    if examined.condition is not Condition.SOUND:
        return examined.detail or "there is nothing in it"
    try:
        with closing(_connect(path)) as connection:
            return _find_mismatch(connection, volume_id, known_version)
    except sqlite3.Error as error:
        return f"it is no index of ours ({error})"


def _find_mismatch(
    connection: sqlite3.Connection, volume_id: str | None, known_version: int
) -> str | None:
    (version,) = connection.execute("SELECT MAX(version) FROM schema_version").fetchone()
    if version > known_version:
        return f"a newer program wrote it (version {version})"
    if volume_id is not None and _has_table(connection, "volume"):
        ids = [row[0] for row in connection.execute("SELECT id FROM volume")]
        if ids and volume_id not in ids:
            return "it belongs to another media folder"
    return None


def _has_table(connection: sqlite3.Connection, name: str) -> bool:
    sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(sql, (name,)).fetchone() is not None


def _connect(path: Path) -> sqlite3.Connection:
    uri = f"file:{quote(str(path.absolute()))}?mode=ro"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=10.0)
