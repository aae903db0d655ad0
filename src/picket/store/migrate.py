"""Bring a database to the newest schema: numbered SQL files, forward only."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from picket.domain.errors import StoreError
from picket.store.database import Database, transaction

STORE_DIR = Path(__file__).parent


def read_migrations() -> tuple[str, ...]:
    """The SQL of every step, oldest first; the first brings an empty database to version 1."""
    files = sorted((STORE_DIR / "migrations").glob("*.sql"))
    return tuple(file.read_text(encoding="utf-8") for file in files)


def read_version(db: Database) -> int:
    """How many migrations the database has seen; 0 when it is empty."""
    db.execute("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)")
    rows = db.rows("SELECT version FROM schema_version")
    return max((row["version"] for row in rows), default=0)


def migrate(db: Database, migrations: Sequence[str]) -> None:
    """Apply what the database lacks, each step in one transaction; only `main` calls this.

    Raises:
        StoreError: another program made the database, which is left untouched, or a newer Picket
            did: nobody guesses downwards.
    """
    _refuse_strangers(db)
    version = read_version(db)
    if version > len(migrations):
        raise StoreError(
            f"the database is at version {version}, this program knows {len(migrations)}:"
            " install the newer program again, or restore a database saved before it"
        )
    for number, sql in enumerate(migrations[version:], start=version + 1):
        with transaction(db):
            for statement in split_statements(sql):
                db.execute(db.in_dialect(statement))
            db.execute("DELETE FROM schema_version")
            db.execute(
                "INSERT INTO schema_version (version) VALUES (:version)", {"version": number}
            )


def _refuse_strangers(db: Database) -> None:
    tables = db.tables()
    if not tables or "schema_version" in tables:
        return
    is_frigates = "migratehistory" in tables
    owner = "Frigate" if is_frigates else "another program"
    offer = (
        "; `picket import-frigate --from <this file> --database <that file>` takes over what is"
        " in it"
    )
    raise StoreError(
        f"the database belongs to {owner} and is left as it is: name another file with --database,"
        " PICKET_DATABASE or `database.path`, or another database in `database.url`"
        f"{offer if is_frigates else ''}"
    )


def split_statements(sql: str) -> Iterator[str]:
    """The statements of a script, because drivers run one at a time inside a transaction."""
    pending = ""
    for line in sql.splitlines():
        if line.lstrip().startswith("--"):
            continue
        pending += line + "\n"
        if sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""
    if pending.strip():
        raise ValueError(f"the last statement of a script lacks its semicolon: {pending.strip()}")
