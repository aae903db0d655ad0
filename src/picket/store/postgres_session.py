"""How a session with a PostgreSQL server begins: its settings, its right to write, its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import psycopg
from psycopg import RawCursor
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import no_result
from psycopg.types.numeric import Int8Dumper

from picket.config.database import DatabaseUrl
from picket.domain.errors import StoreError, Unavailable

Connection = psycopg.Connection["NamedRow"]
Cursor = psycopg.Cursor["NamedRow"]

WRITERS = 1_347_373_899
"""First half of the advisory lock that a writer holds; the schema is the other half."""

_MANNERS: dict[str, str | int] = {
    "application_name": "picket",
    "client_encoding": "UTF8",
    "connect_timeout": 10,
    # Whoever is gone without a word is missed after half a minute, not after hours.
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""What an address may say otherwise. Source: PostgreSQL 15, 34.1.2 Parameter Key Words."""

_SESSION = {
    "jit": "off",  # costs more than any query of ours
    "lock_timeout": "10s",
    "tcp_keepalives_idle": "15",  # the server's end: a writer that is gone is missed as soon
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
_READER = {"default_transaction_read_only": "on", "statement_timeout": "30s"}
# A migration or counting anew may take minutes.
_WRITER = {"synchronous_commit": "on", "statement_timeout": "15min"}


class NamedRow:
    """Values by column name; see `Row`."""

    __slots__ = ("_places", "_values")

    def __init__(self, places: Mapping[str, int], values: Sequence[Any]) -> None:
        self._places = places
        self._values = values

    def __getitem__(self, column: str) -> Any:
        """The value of a column."""
        return self._values[self._places[column]]

    def __iter__(self) -> Iterator[Any]:
        """The values."""
        return iter(self._values)

    def keys(self) -> list[str]:
        """The names of the columns."""
        return list(self._places)


class _WholeNumber(Loader):
    """Sums of whole numbers, which PostgreSQL answers in a type for money."""

    def load(self, data: Buffer) -> int:
        return int(bytes(data))


def connect(url: DatabaseUrl, *, read_only: bool) -> Connection:
    """Begin a session; a writer is the only one of its schema as long as it lasts.

    Raises: StoreError when the address or the database cannot be used; Unavailable when the server
        cannot be reached, or somebody else writes.
    """
    connection = _call(url, {**_SESSION, **(_READER if read_only else _WRITER)})
    try:
        connection.adapters.register_loader("numeric", _WholeNumber)
        # One plan for all numbers, however large they are.
        connection.adapters.register_dumper(int, Int8Dumper)
        _require_usable(connection)
        if not read_only:
            _claim(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def first_line(error: psycopg.Error) -> str:
    """What a message says, without the query or the attempts below it."""
    return str(error).partition("\n")[0].strip()


def _call(url: DatabaseUrl, settings: Mapping[str, str]) -> Connection:
    try:
        given = conninfo_to_dict(url.text)
    except psycopg.Error:  # its message may show a part of the password
        raise StoreError(
            "database.url is not an address that PostgreSQL's library understands: write"
            " postgresql://user:password@host:5432/name, odd characters percent-encoded"
        ) from None
    ours = " ".join(f"-c {name}={value}" for name, value in settings.items())
    options = f"{ours} {given.get('options') or ''}"  # of one setting the last word holds
    try:
        return psycopg.connect(
            make_conninfo("", **{**_MANNERS, **given, "options": options}),
            autocommit=True,
            cursor_factory=RawCursor,
            row_factory=_name_rows,
        )
    except psycopg.Error as error:
        raise Unavailable(
            f"the database cannot be reached ({_hidden(first_line(error), given)}): check"
            " database.url and the server"
        ) from None


def _hidden(reason: str, given: Mapping[str, Any]) -> str:
    password = given.get("password")
    return reason.replace(str(password), "*") if password else reason


def _require_usable(connection: Connection) -> None:
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise StoreError(
            f"the database's encoding is {encoding}: make one with ENCODING 'UTF8' TEMPLATE"
            " template0 and name it in database.url"
        )
    found = connection.execute(b"SELECT current_schema() AS name").fetchone()
    if found is None or found["name"] is None:
        raise StoreError(
            "the database has no schema that this user may use: make it the owner of the database"
        )


def _claim(connection: Connection) -> None:
    """Wait for the right to write, which a writer that has just died may still seem to hold."""
    try:
        connection.execute(
            f"SELECT pg_advisory_lock({WRITERS}, hashtext(current_schema()))".encode()
        )
    except psycopg.errors.LockNotAvailable:
        raise Unavailable(
            "another Picket writes into this database: stop it, or name another one in database.url"
        ) from None


def _name_rows(cursor: psycopg.Cursor[Any]) -> Callable[[Sequence[Any]], NamedRow]:
    if cursor.description is None:
        return no_result
    places = {column.name: place for place, column in enumerate(cursor.description)}
    return lambda values: NamedRow(places, values)
