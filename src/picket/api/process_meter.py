"""How much processor time and memory our processes take."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass

import psutil

FRESH_S = 2.0


@dataclass(frozen=True, slots=True)
class ProcessUsage:
    """One process."""

    cpu_percent: float  # of one core, since the reading before
    cpu_average_percent: float  # of one core, since it started
    memory_percent: float  # of the machine's memory
    command: str  # its command line; may hold credentials
    cpu_s: float = 0.0  # of one core, in all
    memory_bytes: int = 0  # that it holds in main memory, shared libraries included


@dataclass(frozen=True, slots=True)
class _Reading:
    """Processor seconds used up to an instant; the creation time tells a reused id."""

    created_time: float
    time: float
    cpu_s: float


class ProcessMeter:
    """Compares each reading with the one before; safe to ask from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._readings: dict[int, _Reading] = {}
        self._usages: dict[int, ProcessUsage] = {}
        self._read_time = float("-inf")

    def read(self, pids: Iterable[int], now: float) -> dict[int, ProcessUsage]:
        """Usage by process id; a process that is gone is missing. Two askers share a reading."""
        wanted = {pid for pid in pids if pid > 0}
        with self._lock:
            is_fresh = 0 <= now - self._read_time < FRESH_S
            if not is_fresh or not wanted <= self._usages.keys():
                self._measure(wanted, now)
            return {pid: self._usages[pid] for pid in sorted(wanted) if pid in self._usages}

    def _measure(self, pids: set[int], now: float) -> None:
        readings: dict[int, _Reading] = {}
        usages: dict[int, ProcessUsage] = {}
        for pid in pids:
            try:
                readings[pid], usages[pid] = _measure_process(pid, self._readings.get(pid), now)
            except psutil.Error:
                continue  # it ended, or belongs to somebody else: nothing to show
        self._readings, self._usages, self._read_time = readings, usages, now


def _measure_process(
    pid: int, before: _Reading | None, now: float
) -> tuple[_Reading, ProcessUsage]:
    process = psutil.Process(pid)
    with process.oneshot():
        times = process.cpu_times()
        reading = _Reading(process.create_time(), now, times.user + times.system)
        start = _Reading(reading.created_time, reading.created_time, 0.0)
        if before is None or before.created_time != reading.created_time:
            before = start
        usage = ProcessUsage(
            cpu_percent=_percent(before, reading),
            cpu_average_percent=_percent(start, reading),
            memory_percent=process.memory_percent(),
            command=" ".join(process.cmdline()),
            cpu_s=reading.cpu_s,
            memory_bytes=process.memory_info().rss,
        )
    return reading, usage


def _percent(before: _Reading, after: _Reading) -> float:
    elapsed_s = after.time - before.time
    return 100.0 * (after.cpu_s - before.cpu_s) / elapsed_s if elapsed_s > 0 else 0.0
