"""A PostgreSQL server of the tests' own: its cluster is made, started and stopped."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

from picket.config.database import DatabaseUrl
from picket.store.database import Database, transaction
from tests.support.index_samples import make_index

PACKAGE = Path("/usr/lib/postgresql")
"""Where Debian keeps a folder for each version."""

OWNER = "postgres"
"""Who runs the server where the tests run as root, which it refuses."""

QUICK = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
"""Nothing that a test writes has to survive a power cut."""


class PostgresServer:
    """One cluster in a folder; it listens on a free port of the loopback address."""

    def __init__(self, folder: Path, settings: str) -> None:
        self._folder = folder
        self._cluster = folder / "cluster"
        self._port = _free_port()
        self._settings = settings
        self._numbers = count()
        self._used: DatabaseUrl | None = None
        # By a language's rules, as most servers are set up: ours must not depend on that.
        rules = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en")
        _run("initdb", "-D", str(self._cluster), "-U", OWNER, "-A", "trust", "-E", "UTF8", *rules)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-h 127.0.0.1 -p {self._port} -k {self._folder} {self._settings}"
        log = self._folder / "log"
        _run("pg_ctl", "start", "-w", "-D", str(self._cluster), "-l", str(log), "-o", options)

    def stop(self, *, crash: bool = False) -> None:
        """Stop it at once; whoever is connected is thrown out, after a crash without a word."""
        mode = "immediate" if crash else "fast"
        _run("pg_ctl", "stop", "-w", "-D", str(self._cluster), "-m", mode)

    def make_place(self) -> DatabaseUrl:
        """The address of an empty schema, which is a database as far as an index can tell."""
        name = f"index_{next(self._numbers)}"
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
        return DatabaseUrl(self.url(f"options=-csearch_path%3D{name}"))

    def empty_index(self) -> Database:
        """An index for one test at a time: made once, then emptied, which is much quicker."""
        if self._used is None:
            self._used = self.make_place()
        db = make_index(self._used)
        with transaction(db):
            for table in sorted(db.tables() - {"schema_version"}):
                db.execute(f"DELETE FROM {table}")
        return db

    def url(self, parameters: str = "", user: str = f"{OWNER}:hush-index") -> str:
        """The address of the database that every cluster has, as a superuser."""
        return f"postgresql://{user}@127.0.0.1:{self._port}/postgres?{parameters}"


@contextmanager
def postgres_server(settings: str = QUICK) -> Iterator[PostgresServer]:
    """A server for the length of the block."""
    folder = Path(tempfile.mkdtemp(prefix="picket-postgres-", dir="/tmp"))
    try:
        if os.geteuid() == 0:
            os.chown(folder, pwd.getpwnam(OWNER).pw_uid, -1)
        server = PostgresServer(folder, settings)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def _run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's programs, as somebody whom it accepts. Raises: CalledProcessError."""
    versions = sorted(PACKAGE.glob("*/bin"), key=lambda folder: int(folder.parent.name))
    assert versions, "Debian's package postgresql is not installed"
    become = ["setpriv", f"--reuid={OWNER}", f"--regid={OWNER}", "--clear-groups"]
    subprocess.run(
        [*(become if os.geteuid() == 0 else []), str(versions[-1] / program), *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
