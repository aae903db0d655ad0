from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from picket.config.database import DatabaseUrl
from picket.domain.errors import StoreError
from picket.store.database import Database, open_database
from picket.store.migrate import (
    STORE_DIR,
    migrate,
    read_migrations,
    read_version,
    split_statements,
)
from picket.store.sqlite import SqliteDatabase

SQLITE_SHAPE = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
POSTGRESQL_SHAPE = """
    SELECT indexname AS name, REPLACE(indexdef, current_schema() || '.', '') AS sql
      FROM pg_indexes WHERE schemaname = current_schema()
     UNION ALL
    SELECT table_name || '.' || column_name, ordinal_position || ' ' || data_type || ' ' ||
           COALESCE(collation_name, '') || ' ' || is_nullable || ' ' || COALESCE(column_default, '')
      FROM information_schema.columns WHERE table_schema = current_schema()
     UNION ALL
    SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(pg_constraint.oid)
      FROM pg_constraint JOIN pg_namespace ON pg_namespace.oid = connamespace
     WHERE nspname = current_schema()
"""


@pytest.fixture
def empty(place: Path | DatabaseUrl) -> Iterator[Database]:
    database = open_database(place, read_only=False)
    yield database
    database.close()


def shape(db: Database) -> dict[str, str]:
    """Tables, indexes and what they promise, by name."""
    rows = db.rows(SQLITE_SHAPE if isinstance(db, SqliteDatabase) else POSTGRESQL_SHAPE)
    return {row["name"]: re.sub(r"\s*([,()])\s*", r"\1", row["sql"]) for row in rows}


def apply_schema(db: Database) -> None:
    script = (STORE_DIR / "schema.sql").read_text(encoding="utf-8")
    for statement in split_statements(script):
        db.execute(db.in_dialect(statement))


def test_migrating_an_empty_database_gives_schema_sql(empty: Database) -> None:
    empty.begin()
    apply_schema(empty)
    written = shape(empty)
    empty.rollback()
    migrate(empty, read_migrations())
    migrated = shape(empty)
    if "schema_version" in migrated:
        migrated["schema_version"] = migrated["schema_version"].replace("IF NOT EXISTS ", "")
    assert len(migrated) > len(empty.tables())
    assert migrated == written


def test_every_row_knows_its_node(db: Database) -> None:
    lacking = set()
    for table in db.tables():
        try:
            db.rows(f"SELECT node FROM {table}")
        except StoreError:
            lacking.add(table)
    assert lacking == {"schema_version"}


def test_the_version_is_the_number_of_migrations(empty: Database) -> None:
    assert read_version(empty) == 0
    migrate(empty, read_migrations())
    assert read_version(empty) == len(read_migrations())


def test_migrating_twice_changes_nothing(db: Database) -> None:
    before = shape(db)
    migrate(db, read_migrations())
    assert shape(db) == before


def test_only_what_is_missing_is_applied(empty: Database) -> None:
    first, second = "CREATE TABLE a (x TEXT);", "CREATE TABLE b (y TEXT);"
    migrate(empty, [first])
    migrate(empty, [first, second])
    assert {"a", "b"} <= empty.tables()
    assert read_version(empty) == 2


def test_a_step_that_fails_leaves_the_step_before(empty: Database) -> None:
    good, bad = "CREATE TABLE a (x TEXT);", "CREATE TABLE b (y TEXT);\nCREATE TABLE a (z TEXT);"
    with pytest.raises(StoreError, match="already exists"):
        migrate(empty, [good, bad])
    assert read_version(empty) == 1
    assert "b" not in empty.tables()


def test_a_newer_database_is_refused(empty: Database) -> None:
    migrate(empty, ["CREATE TABLE a (x TEXT);", "CREATE TABLE b (y TEXT);"])
    with pytest.raises(StoreError, match="version 2, this program knows 1"):
        migrate(empty, ["CREATE TABLE a (x TEXT);"])


@pytest.mark.parametrize(
    ("table", "owner"), [("migratehistory", "Frigate"), ("orders", "another program")]
)
def test_the_database_of_another_program_is_refused_untouched(
    empty: Database, table: str, owner: str
) -> None:
    empty.execute(f"CREATE TABLE {table} (id BIGINT)")
    with pytest.raises(StoreError, match=f"belongs to {owner}"):
        migrate(empty, read_migrations())
    assert empty.tables() == {table}


def test_statements_are_split_at_their_semicolons_only() -> None:
    script = "-- a; remark\nINSERT INTO a\nVALUES ('x;y');\n\nDELETE FROM a;\n"
    assert list(split_statements(script)) == [
        "INSERT INTO a\nVALUES ('x;y');",
        "DELETE FROM a;",
    ]


def test_a_statement_without_an_end_is_refused() -> None:
    with pytest.raises(ValueError, match="semicolon"):
        list(split_statements("DELETE FROM a"))
