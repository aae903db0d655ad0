"""The log's ring: what is kept, and what a writer killed in the middle leaves behind."""

from __future__ import annotations

import multiprocessing
import os
import signal

from hypothesis import given
from hypothesis import strategies as st

from picket.ipc.block import SharedBlock
from picket.ipc.log_ring import LogRing, make_log_block


def test_lines_come_back_in_order() -> None:
    ring = LogRing(make_log_block())
    assert ring.read() == ""
    ring.append("first: naïve")
    ring.append("second")
    assert ring.read() == "first: naïve\nsecond\n"


def test_the_newest_lines_win_and_none_is_cut() -> None:
    ring = LogRing(make_log_block())
    lines = [f"line {number:07} " + "x" * (number % 97) for number in range(40_000)]
    for line in lines:
        ring.append(line)
    found = ring.read().splitlines()
    assert len(found) > 5_000
    assert found == lines[-len(found) :]


@given(st.lists(st.integers(0, 9_000), max_size=300))
def test_whatever_the_lengths_whole_lines_come_back(lengths: list[int]) -> None:
    ring = LogRing(make_log_block())
    lines = [str(number) + "y" * length for number, length in enumerate(lengths)]
    for line in lines:
        ring.append(line)
    found = ring.read().splitlines()
    expected = [line[:8192] for line in lines]
    assert found == expected[len(expected) - len(found) :]
    assert len(found) == len(lines) or sum(map(len, found)) > 1_000_000


def _write(block: SharedBlock, name: str) -> None:
    ring = LogRing(block)
    for number in range(1_000):
        ring.append(f"{name} {number}")


def test_processes_do_not_tear_each_others_lines() -> None:
    block = make_log_block()
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=_write, args=(block, name)) for name in ("a", "b")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(30)
    lines = LogRing(block).read().splitlines()
    for name in ("a", "b"):
        assert [one for one in lines if one.startswith(name)] == [
            f"{name} {number}" for number in range(1_000)
        ]


def _write_for_ever(block: SharedBlock) -> None:
    ring = LogRing(block)
    while True:
        ring.append("on and on")


def test_a_writer_that_is_killed_stops_nobody() -> None:
    block = make_log_block()
    ring = LogRing(block)
    for _ in range(3):
        writer = multiprocessing.get_context("fork").Process(target=_write_for_ever, args=(block,))
        writer.start()
        while "on and on" not in ring.read():
            writer.join(0.01)
        assert writer.pid is not None
        os.kill(writer.pid, signal.SIGKILL)
        writer.join(30)
        ring.append("still here")
        assert ring.read().endswith("still here\n")
