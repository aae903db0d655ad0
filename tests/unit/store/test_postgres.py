"""What only a server does: it goes away, comes back, and has other clients."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from picket.config.database import DatabaseUrl
from picket.domain.errors import InvalidRequest, StoreError, Unavailable
from picket.store.database import Database, open_database, transaction
from picket.store.events import put_event
from picket.store.migrate import migrate, read_migrations
from tests.support.index_samples import EVENT, make_event, make_index
from tests.support.postgres_server import PostgresServer

OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'picket'"


@pytest.fixture
def place(postgres: PostgresServer) -> DatabaseUrl:
    return postgres.make_place()


@pytest.fixture
def writer(place: DatabaseUrl) -> Iterator[Database]:
    database = make_index(place)
    yield database
    database.close()


@pytest.fixture
def reader(place: DatabaseUrl, writer: Database) -> Iterator[Database]:
    database = open_database(place, read_only=True)
    yield database
    database.close()


def cut_all(postgres: PostgresServer) -> None:
    """End every session of ours from the server's side."""
    with psycopg.connect(postgres.url(), autocommit=True) as admin:
        admin.execute(OTHERS.encode())


def count(db: Database) -> int:
    return len(db.rows("SELECT id FROM event"))


def lose_within(db: Database, postgres: PostgresServer) -> None:
    with transaction(db):
        put_event(db, EVENT)
        cut_all(postgres)
        put_event(db, make_event(1))


def fail_without_a_connection(db: Database, postgres: PostgresServer) -> None:
    with transaction(db):
        put_event(db, make_event(1))
        cut_all(postgres)
        raise ZeroDivisionError


def lose_and_overlook_it(db: Database, postgres: PostgresServer) -> None:
    with transaction(db):
        put_event(db, EVENT)
        cut_all(postgres)
        with pytest.raises(Unavailable):
            put_event(db, make_event(1))
        put_event(db, make_event(2))


def test_a_reader_that_was_cut_off_answers_the_next_question(
    postgres: PostgresServer, writer: Database, reader: Database
) -> None:
    put_event(writer, EVENT)
    assert count(reader) == 1
    cut_all(postgres)
    assert count(reader) == 1


def test_a_writer_that_was_cut_off_begins_its_next_transaction(
    postgres: PostgresServer, writer: Database
) -> None:
    put_event(writer, EVENT)
    cut_all(postgres)
    with transaction(writer):
        put_event(writer, make_event(1))
    assert count(writer) == 2


def test_a_statement_that_may_have_counted_is_not_repeated(
    postgres: PostgresServer, writer: Database
) -> None:
    add = "UPDATE event SET start_second = start_second + 1"
    writer.execute(add)
    cut_all(postgres)
    with pytest.raises(Unavailable):
        writer.execute(add)
    assert writer.execute(add) == 0


def test_a_transaction_that_was_cut_off_keeps_nothing(
    postgres: PostgresServer, writer: Database
) -> None:
    with pytest.raises(Unavailable, match="try again"):
        lose_within(writer, postgres)
    assert count(writer) == 0


def test_nothing_after_the_cut_counts_without_what_came_before(
    postgres: PostgresServer, writer: Database
) -> None:
    with pytest.raises(Unavailable):
        lose_and_overlook_it(writer, postgres)
    assert count(writer) == 0


def test_a_failure_of_ours_is_told_although_the_connection_is_lost_too(
    postgres: PostgresServer, writer: Database
) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_without_a_connection(writer, postgres)
    put_event(writer, EVENT)
    assert count(writer) == 1


def test_a_commit_that_undid_everything_is_an_error(writer: Database) -> None:
    writer.begin()
    put_event(writer, EVENT)
    with pytest.raises(StoreError):
        writer.execute("DELETE FROM elsewhere")
    with pytest.raises(StoreError, match="undid"):
        writer.commit()
    put_event(writer, make_event(1))
    assert count(writer) == 1


def test_a_server_that_cannot_be_reached_is_told_without_the_password() -> None:
    db = open_database(DatabaseUrl("postgresql://nvr:hush@127.0.0.1:1/index"), read_only=True)
    with pytest.raises(Unavailable, match=r"database\.url") as caught:
        count(db)
    assert "hush" not in str(caught.value)
    db.close()


@pytest.mark.parametrize("value", ["a\0b", "\0"])
def test_a_value_that_no_text_can_have_is_the_asker_s_mistake(reader: Database, value: str) -> None:
    with pytest.raises(InvalidRequest, match="cannot hold"):
        reader.rows("SELECT id FROM event WHERE camera = :camera", {"camera": value})


def test_a_table_of_somebody_else_is_left_alone(place: DatabaseUrl) -> None:
    db = open_database(place, read_only=False)
    db.execute("CREATE TABLE orders (id BIGINT)")
    with pytest.raises(StoreError, match=r"another program.*database\.url"):
        migrate(db, read_migrations())
    assert db.tables() == {"orders"}
    db.close()


def test_tables_of_other_schemas_are_not_minded(postgres: PostgresServer, writer: Database) -> None:
    neighbour = make_index(postgres.make_place())
    put_event(neighbour, EVENT)
    assert count(writer) == 0
    neighbour.close()


WITHOUT_DRIVER = """
import sys
from pathlib import Path
sys.modules["psycopg"] = None
from picket.config.database import DatabaseUrl
from picket.store.database import open_database
open_database(Path(sys.argv[1]), read_only=False).close()
open_database(DatabaseUrl("postgresql://nvr:hush@db/index"), read_only=False)
"""


def test_only_who_names_an_address_needs_the_driver(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DRIVER, str(tmp_path / "index.db")],
        capture_output=True,
        text=True,
        check=False,
    )
    *_, last = done.stderr.splitlines()
    assert "StoreError: database.url needs the package psycopg: install it by" in last
    assert "hush" not in done.stderr
    assert (tmp_path / "index.db").exists()
