from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from picket.domain.errors import StoreError
from picket.store.database import Database, open_database
from picket.store.migrate import (
    STORE_DIR,
    migrate,
    read_migrations,
    read_version,
    split_statements,
)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path / "empty.db", read_only=False)
    yield database
    database.close()


def shape(db: Database) -> dict[str, str]:
    rows = db.rows("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {row["name"]: re.sub(r"\s*([,()])\s*", r"\1", row["sql"]) for row in rows}


def test_migrating_an_empty_database_gives_schema_sql(db: Database, empty: Database) -> None:
    script = (STORE_DIR / "schema.sql").read_text(encoding="utf-8")
    for statement in split_statements(script):
        empty.execute(statement)
    migrated, written = shape(db), shape(empty)
    migrated["schema_version"] = migrated["schema_version"].replace("IF NOT EXISTS ", "")
    assert migrated == written


def test_every_row_knows_its_node(db: Database) -> None:
    tables = [name for name, sql in shape(db).items() if sql.startswith("CREATE TABLE")]
    lacking = [
        name for name in tables if "node TEXT NOT NULL DEFAULT 'local'" not in shape(db)[name]
    ]
    assert lacking == ["schema_version"]


def test_the_version_is_the_number_of_migrations(db: Database, empty: Database) -> None:
    assert read_version(empty) == 0
    assert read_version(db) == len(read_migrations())


def test_migrating_twice_changes_nothing(db: Database) -> None:
    before = shape(db)
    migrate(db, read_migrations())
    assert shape(db) == before


def test_only_what_is_missing_is_applied(empty: Database) -> None:
    first, second = "CREATE TABLE a (x TEXT);", "CREATE TABLE b (y TEXT);"
    migrate(empty, [first])
    migrate(empty, [first, second])
    assert {"a", "b"} <= shape(empty).keys()
    assert read_version(empty) == 2


def test_a_step_that_fails_leaves_the_step_before(empty: Database) -> None:
    good, bad = "CREATE TABLE a (x TEXT);", "CREATE TABLE b (y TEXT);\nCREATE TABLE a (z TEXT);"
    with pytest.raises(StoreError, match="already exists"):
        migrate(empty, [good, bad])
    assert read_version(empty) == 1
    assert "b" not in shape(empty)


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
    names = empty.rows("SELECT name FROM sqlite_master")
    assert [row["name"] for row in names] == [table]


def test_statements_are_split_at_their_semicolons_only() -> None:
    script = "-- a; remark\nINSERT INTO a\nVALUES ('x;y');\n\nDELETE FROM a;\n"
    assert list(split_statements(script)) == [
        "INSERT INTO a\nVALUES ('x;y');",
        "DELETE FROM a;",
    ]


def test_a_statement_without_an_end_is_refused() -> None:
    with pytest.raises(ValueError, match="semicolon"):
        list(split_statements("DELETE FROM a"))
