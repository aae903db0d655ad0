"""What processes cost: seconds of processor time, memory, threads."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

KIB = 1024


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a process holds at an instant."""

    pss_bytes: int  # its own memory and its share of what it shares
    threads: int


def process_tree(pid: int) -> list[psutil.Process]:
    """A process and everything below it."""
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def cpu_seconds(pid: int) -> float:
    """Processor time of a process with all its threads, ended ones too.

    The kernel's own clock of the process, which counts nanoseconds; `/proc/<pid>/stat` counts
    hundredths, as much as an idle process takes in half a minute. Source: clock_getcpuclockid(3);
    the id is made as glibc makes it.
    """
    return time.clock_gettime(~pid << 3 | 2)


def footprint(pid: int) -> Footprint:
    """Memory and threads of a process. Source: proc_pid_smaps(5), `smaps_rollup`."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    (pss_kib,) = (int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return Footprint(pss_kib * KIB, psutil.Process(pid).num_threads())


def stalled_seconds() -> float:
    """Time so far in which something on this machine waited for a core.

    A disturbed measurement is known by it. Source: kernel documentation, accounting/psi.
    """
    some = Path("/proc/pressure/cpu").read_text().splitlines()[0]
    return int(some.rpartition("total=")[2]) / 1e6


def measure_cpu(
    groups: Mapping[str, Iterable[int]], window_s: float, slices: int
) -> dict[str, list[float]]:
    """Processor time of groups of processes, side by side, in percent of one core per slice."""
    pids = {name: list(group) for name, group in groups.items()}
    shares: dict[str, list[float]] = {name: [] for name in pids}
    began, before = time.monotonic(), _read(pids)
    for _ in range(slices):
        time.sleep(window_s / slices)  # the measurement is the passing of this time
        now, after = time.monotonic(), _read(pids)
        for name, cpu_s in after.items():
            shares[name].append(100 * (cpu_s - before[name]) / (now - began))
        began, before = now, after
    return shares


def _read(pids: Mapping[str, list[int]]) -> dict[str, float]:
    return {name: sum(map(cpu_seconds, group)) for name, group in pids.items()}
