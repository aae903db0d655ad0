"""The end of a child process, whatever its body does."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from picket.runtime.child import STOP_SIGNAL, Body, Tie, enter
from picket.runtime.logs import LogSettings

WAIT_S = 20.0


def until_stopped(up: Connection, stop: threading.Event) -> None:
    up.send(os.getpid())
    stop.wait()
    up.send("stopped")


def at_once(_up: Connection, _stop: threading.Event) -> None:
    pass


def in_error(_up: Connection, _stop: threading.Event) -> None:
    raise OSError("no such camera")


def with_a_hanging_helper(up: Connection, stop: threading.Event) -> None:
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    until_stopped(up, stop)


@contextmanager
def child(body: Body, up: Connection) -> Iterator[SpawnProcess]:
    context = multiprocessing.get_context("spawn")
    process = context.Process(
        target=enter, args=("child", body, LogSettings("critical"), Tie(os.getpid()))
    )
    process.start()
    up.close()
    try:
        yield process
    finally:
        process.kill()
        process.join()


def exit_code(process: SpawnProcess) -> int | None:
    process.join(WAIT_S)
    return process.exitcode


def test_a_stop_is_handed_to_the_body_which_then_ends_well() -> None:
    for body in (until_stopped, with_a_hanging_helper):
        here, there = multiprocessing.Pipe()
        with here, child(partial(body, there), there) as process:
            assert here.poll(WAIT_S)
            pid = here.recv()
            for number in (signal.SIGTERM, signal.SIGINT, STOP_SIGNAL):  # only the last one counts
                os.kill(pid, number)
            assert here.poll(WAIT_S)
            assert here.recv() == "stopped"
            assert exit_code(process) == 0


def test_a_body_that_ends_ends_its_process() -> None:
    here, there = multiprocessing.Pipe()
    with here, child(partial(at_once, there), there) as process:
        assert exit_code(process) == 0


def test_a_body_that_fails_ends_its_process_with_1() -> None:
    here, there = multiprocessing.Pipe()
    with here, child(partial(in_error, there), there) as process:
        assert exit_code(process) == 1
