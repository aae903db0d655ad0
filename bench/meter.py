"""What processes cost: seconds of processor time, memory, threads, bytes written, syncs."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
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
    shared_bytes: int  # part of that: its share of frame rings and the like
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
    sizes_kib = {name: int(size) for name, size in re.findall(r"^(\w+):\s+(\d+) kB", rollup, re.M)}
    threads = psutil.Process(pid).num_threads()
    return Footprint(sizes_kib["Pss"] * KIB, sizes_kib["Pss_Shmem"] * KIB, threads)


def written_bytes(pid: int) -> int:
    """What a process has handed to write calls so far. Source: proc_pid_io(5), `wchar`."""
    return int(psutil.Process(pid).io_counters().write_chars)


def count_syncs(pids: Iterable[int], window_s: float) -> float | None:
    """Calls of fsync and fdatasync a second; None where strace is missing or may not look.

    Whoever is looked at is slowed down: measure nothing else meanwhile.
    """
    if not shutil.which("strace"):
        return None
    command = ["strace", "-f", "-q", "-e", "trace=fsync,fdatasync", "-e", "signal=none"]
    command += [part for pid in pids for part in ("-p", str(pid))]
    began = time.monotonic()
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        told = tracer.communicate(timeout=window_s)[1]
    except subprocess.TimeoutExpired:
        tracer.send_signal(signal.SIGINT)  # it lets go of everybody and leaves
        told = tracer.communicate()[1]
    elapsed_s = time.monotonic() - began
    return None if elapsed_s < window_s else syncs_in(told) / elapsed_s


def syncs_in(told: str) -> int:
    """Calls that strace tells of; one that it tells in two parts is one."""
    return len(re.findall(r"\bf(?:data)?sync\(", told))


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
