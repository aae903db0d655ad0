"""A lock that outlives the process that took it, for as long as a child of it lives."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from picket.ipc.family_lock import FamilyLock


def hold(lock: FamilyLock, orders: Connection) -> None:
    """The body of a child: it has the lock because it was given it."""
    orders.recv()
    lock.close()


def test_nobody_else_gets_it_before_the_last_of_the_family_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "index.db.lock"
    lock = FamilyLock.take(path, timeout_s=0)
    ours, theirs = multiprocessing.Pipe()
    context = multiprocessing.get_context("fork")
    child = context.Process(target=hold, args=(lock, theirs), daemon=True)
    child.start()
    try:
        lock.close()  # as if it had been killed
        with pytest.raises(TimeoutError, match="still held"):
            FamilyLock.take(path, timeout_s=0)
    finally:
        ours.send("go")
        child.join(20)
    assert child.exitcode == 0
    FamilyLock.take(path, timeout_s=5).close()


def test_it_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "index.db.lock"
    FamilyLock.take(path, timeout_s=0).close()
    FamilyLock.take(path, timeout_s=0).close()
    assert path.exists()
