"""Children that are copies of their parent: how they end, and that the parent sees it."""

from __future__ import annotations

import logging
import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import pytest

from picket.runtime.forked import ForkedProcess

WAIT_S = 20.0


def leave(code: int) -> NoReturn:
    os._exit(code)


def linger() -> NoReturn:
    while True:
        signal.pause()


@contextmanager
def lingering() -> Iterator[ForkedProcess]:
    child = ForkedProcess(lambda _alive: linger())
    try:
        yield child
    finally:
        child.kill()
        child.close()


def test_an_exit_code_is_that_of_the_child() -> None:
    child = ForkedProcess(lambda _alive: leave(7))
    assert child.wait(WAIT_S)
    assert child.exit_code == 7
    child.close()


def fail() -> NoReturn:
    raise OSError("no memory left")


def test_a_child_that_fails_at_once_says_why(capfd: pytest.CaptureFixture[str]) -> None:
    handler = logging.StreamHandler()
    logging.getLogger().addHandler(handler)
    try:
        child = ForkedProcess(lambda _alive: fail())
    finally:
        logging.getLogger().removeHandler(handler)
    assert child.wait(WAIT_S)
    assert child.exit_code == 1
    child.close()
    assert "OSError: no memory left" in capfd.readouterr().err


def test_a_child_that_runs_is_not_waited_for_longer_than_asked() -> None:
    with lingering() as child:
        assert not child.wait(0.0)
        assert child.exit_code is None
        assert not select.select([child], [], [], 0)[0]


def test_a_signal_ends_it_and_wakes_who_waits() -> None:
    with lingering() as child:
        child.send_signal(signal.SIGKILL)
        assert select.select([child], [], [], WAIT_S)[0]
        assert child.wait(0.0)
        assert child.exit_code == -signal.SIGKILL
        child.send_signal(signal.SIGKILL)  # no other process is hit
        assert child.wait(0.0)


def test_the_child_has_what_its_parent_had() -> None:
    code = 40 + int(os.environ.get("NEVER_SET", "2"))
    child = ForkedProcess(lambda _alive: leave(code))
    assert child.wait(WAIT_S)
    assert child.exit_code == 42
    child.close()
