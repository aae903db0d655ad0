from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from picket.config.database import DatabaseUrl
from picket.domain.errors import StoreError, Unavailable
from picket.store.postgres_session import Connection, connect
from tests.support.postgres_server import PostgresServer


@pytest.fixture
def place(postgres: PostgresServer) -> DatabaseUrl:
    return postgres.make_place()


@pytest.fixture
def writer(place: DatabaseUrl) -> Iterator[Connection]:
    with connect(place, read_only=False) as connection:
        yield connection


def shown(connection: Connection, setting: str) -> str:
    row = connection.execute(f"SELECT current_setting('{setting}') AS value".encode()).fetchone()
    assert row is not None
    return str(row["value"])


def test_every_commit_of_a_writer_reaches_the_disk(writer: Connection) -> None:
    assert shown(writer, "synchronous_commit") == "on"
    assert shown(writer, "default_transaction_read_only") == "off"


def test_a_reader_reads_only_and_never_for_long(place: DatabaseUrl) -> None:
    with connect(place, read_only=True) as reader:
        assert shown(reader, "default_transaction_read_only") == "on"
        assert shown(reader, "statement_timeout") == "30s"


def test_a_second_writer_is_told_who_is_in_his_way(writer: Connection, place: DatabaseUrl) -> None:
    impatient = DatabaseUrl(f"{place.text}%20-clock_timeout%3D10ms")
    with pytest.raises(Unavailable, match=r"another Picket.*database\.url"):
        connect(impatient, read_only=False)


def test_a_writer_follows_one_that_is_gone(place: DatabaseUrl) -> None:
    for _ in range(3):
        connect(place, read_only=False).close()


def test_writers_of_two_schemas_do_not_meet(writer: Connection, postgres: PostgresServer) -> None:
    connect(postgres.make_place(), read_only=False).close()


@pytest.mark.parametrize(
    "text", ["hush", "postgresql://nvr:hush%@host/index", "postgresql://host/index?hush=1"]
)
def test_an_address_that_cannot_be_read_is_told_without_any_of_it(text: str) -> None:
    with pytest.raises(StoreError, match=r"database\.url is not") as caught:
        connect(DatabaseUrl(text), read_only=True)
    assert "hush" not in str(caught.value)


def test_a_user_whom_the_server_refuses_is_told_without_his_password(
    postgres: PostgresServer,
) -> None:
    url = DatabaseUrl(postgres.url(user="nobody:hush-index"))
    with pytest.raises(Unavailable, match="nobody") as caught:
        connect(url, read_only=True)
    assert "hush" not in str(caught.value)


def test_a_schema_that_is_not_there_is_refused(postgres: PostgresServer) -> None:
    url = DatabaseUrl(postgres.url("options=-csearch_path%3Dnowhere"))
    with pytest.raises(StoreError, match="no schema"):
        connect(url, read_only=False)


def test_an_encoding_that_cannot_hold_every_text_is_refused(postgres: PostgresServer) -> None:
    with psycopg.connect(postgres.url(), autocommit=True) as admin:
        admin.execute(
            b"CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc"
            b" TEMPLATE template0"
        )
    url = DatabaseUrl(postgres.url().replace("/postgres?", "/latin?"))
    with pytest.raises(StoreError, match=r"LATIN1.*UTF8"):
        connect(url, read_only=False)


def test_the_address_is_not_shown(place: DatabaseUrl) -> None:
    assert "hush" not in repr(place)
