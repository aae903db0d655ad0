"""Real processes: started, killed, started again, stopped in reverse order."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.ipc.pulse import Pulse
from picket.runtime.supervisor import LONGEST_DELAY_S, STOP_S, Watch, restart_delay_s
from tests.support.servers import end_tree

REPOSITORY = Path(__file__).parents[3]
WAIT_S = 20.0


def test_the_first_death_is_mended_at_once_and_the_next_ones_ever_later() -> None:
    assert [restart_delay_s(n) for n in range(1, 9)] == [0, 1, 2, 4, 8, 16, 30, 30]


@given(st.integers(0, 1000))
def test_no_wait_is_shorter_than_the_one_before_or_longer_than_the_limit(failures: int) -> None:
    assert restart_delay_s(failures) <= restart_delay_s(failures + 1) <= LONGEST_DELAY_S


@dataclass(frozen=True)
class Word:
    """What a child said."""

    name: str
    pid: int
    state: str


@dataclass(frozen=True)
class Program:
    """A supervisor with its children."""

    process: subprocess.Popen[bytes]
    log: Path

    def hear(self) -> Word | None:
        """The next word; None when all who could speak are gone."""
        output = _open(self.process.stdout)
        assert select.select([output], [], [], WAIT_S)[0], "nobody spoke in time"
        line = output.readline().decode().split()
        return Word(line[0], int(line[1]), line[2]) if line else None

    def hear_all(self, count: int) -> dict[str, int]:
        """Process ids by name of the next words, which all say `up`."""
        words = [self.hear() for _ in range(count)]
        assert all(word is not None and word.state == "up" for word in words), words
        return {word.name: word.pid for word in words if word is not None}

    def names_until_silence(self) -> list[str]:
        """Who says `down`, in order, until everybody is gone."""
        words = iter(self.hear, None)
        return [word.name for word in words if word.state == "down"]


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


@contextmanager
def supervised(
    folder: Path, *bodies: str, env: Mapping[str, str] | None = None
) -> Iterator[Program]:
    log = folder / "log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.unit.runtime.supervised", *bodies],
            stdout=subprocess.PIPE,
            bufsize=0,  # what was not read is left for `select` to see
            stderr=errors,
            cwd=REPOSITORY,
            env={**os.environ, **(env or {})},
        )
    try:
        yield Program(process, log)
    finally:
        end_tree(process)
        _open(process.stdout).close()


def test_all_are_started_in_order_and_stopped_in_reverse(tmp_path: Path) -> None:
    with supervised(tmp_path, "steady", "steady", "steady") as program:
        program.hear_all(3)
        program.process.send_signal(signal.SIGTERM)
        assert program.names_until_silence() == ["steady2", "steady1", "steady0", "main"]
        assert program.process.wait(5) == 0


def test_nothing_runs_beside_the_children(tmp_path: Path) -> None:
    with supervised(tmp_path, "steady", "steady") as program:
        pids = program.hear_all(2)
        beside = psutil.Process(program.process.pid).children(recursive=True)
        assert {process.pid for process in beside} == set(pids.values())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_reaches_everyone_at_once_stops_in_the_same_order(
    tmp_path: Path, number: signal.Signals
) -> None:
    with supervised(tmp_path, "steady", "steady") as program:
        pids = program.hear_all(2)
        for pid in (*pids.values(), program.process.pid):  # as terminals and service managers do
            os.kill(pid, number)
        assert program.names_until_silence() == ["steady1", "steady0", "main"]
        assert program.process.wait(5) == 0


def test_a_killed_child_is_started_again_and_its_neighbour_is_left_alone(tmp_path: Path) -> None:
    with supervised(tmp_path, "steady", "steady") as program:
        before = program.hear_all(2)
        os.kill(before["steady0"], signal.SIGKILL)
        again = program.hear()
        assert again is not None
        assert (again.name, again.state) == ("steady0", "up")
        assert again.pid != before["steady0"]
        os.kill(before["steady1"], 0)  # it is still there
        program.process.send_signal(signal.SIGTERM)
        program.names_until_silence()
    assert "process steady0 ended (killed by SIGKILL); starting it again in 0 s" in (
        program.log.read_text()
    )


def test_a_child_that_gives_no_sign_of_life_is_killed_and_started_again(tmp_path: Path) -> None:
    with supervised(tmp_path, "steady", "frozen") as program:
        before = program.hear_all(2)
        again = program.hear()
        assert again is not None
        assert (again.name, again.state) == ("frozen1", "up")
        assert again.pid != before["frozen1"]
        os.kill(before["steady0"], 0)  # it is still there
    assert "process frozen1 hangs; killed" in program.log.read_text()


def test_who_is_silent_for_too_long_hangs_and_a_start_may_take_longer() -> None:
    watch = Watch(Pulse(), silence_s=10.0, start_s=100.0)
    assert not watch.is_hung(now_monotonic=1099.0, started_monotonic=1000.0)
    assert watch.is_hung(now_monotonic=1101.0, started_monotonic=1000.0)
    watch.pulse.beat(1200.0)
    assert not watch.is_hung(now_monotonic=1209.0, started_monotonic=1000.0)
    assert watch.is_hung(now_monotonic=1211.0, started_monotonic=1000.0)


def test_a_child_that_fails_says_why_once_and_is_started_again_later_and_later(
    tmp_path: Path,
) -> None:
    with supervised(tmp_path, "broken") as program:
        pids = [word.pid for word in (program.hear() for _ in range(3)) if word]
        assert len(set(pids)) == 3
    log = program.log.read_text()
    assert log.count("ended (exit code 1); starting it again in 0 s") == 1
    assert log.count("ended (exit code 1); starting it again in 1 s") == 1
    assert "died: out of order" in log
    assert "hunter2" not in log


def test_a_child_that_does_not_listen_is_killed_when_the_time_is_over(tmp_path: Path) -> None:
    with supervised(tmp_path, "steady", "stubborn") as program:
        program.hear_all(2)
        program.process.send_signal(signal.SIGTERM)
        assert program.names_until_silence() == ["steady0", "main"]
        assert program.process.wait(STOP_S + 2) == 0
    assert "process stubborn1 did not stop in time; killed" in program.log.read_text()


def test_a_service_manager_hears_when_all_have_started_and_then_signs_of_life(
    tmp_path: Path,
) -> None:
    place = str(tmp_path / "notify")
    env = {"NOTIFY_SOCKET": place, "WATCHDOG_USEC": "300000"}
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(place)
        manager.settimeout(WAIT_S)
        with supervised(tmp_path, "steady", env=env) as program:
            told = [manager.recv(1000) for _ in range(4)]
            program.hear_all(1)
    assert told == [b"READY=1\nWATCHDOG_USEC=300000", *[b"WATCHDOG=1"] * 3]


def test_children_stop_when_their_parent_is_gone(tmp_path: Path) -> None:
    with supervised(tmp_path, "steady", "steady") as program:
        pids = program.hear_all(2)
        program.process.kill()
        try:
            assert sorted(program.names_until_silence()) == ["steady0", "steady1"]
        finally:
            for pid in pids.values():
                with suppress(ProcessLookupError):  # it is gone, as it should be
                    os.kill(pid, signal.SIGKILL)
