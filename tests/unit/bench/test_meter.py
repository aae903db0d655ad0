from __future__ import annotations

import subprocess
import sys

from bench.meter import footprint, syncs_in, written_bytes

MIB = 1 << 20


def test_a_call_that_is_told_in_two_parts_counts_once() -> None:
    told = (
        "[pid 7] fdatasync(9 <unfinished ...>\n"
        "[pid 8] fsync(4)                 = 0\n"
        "[pid 7] <... fdatasync resumed>) = 0\n"
        "[pid 7] fdatasync(9)             = 0\n"
    )
    assert syncs_in(told) == 3


def test_what_a_process_holds_and_writes_is_seen_from_outside() -> None:
    program = (
        "import mmap, os, sys\n"
        "held = os.memfd_create('held'); os.truncate(held, 32 << 20)\n"
        "shared = mmap.mmap(held, 32 << 20); shared.write(b'x' * (32 << 20))\n"
        "sink = os.open(os.devnull, os.O_WRONLY); os.write(sink, bytes(5 << 20))\n"
        "print('ready', flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        held = footprint(process.pid)
        assert 32 * MIB <= held.shared_bytes < 33 * MIB
        assert held.pss_bytes > held.shared_bytes
        assert held.threads == 1
        assert 5 * MIB <= written_bytes(process.pid) < 6 * MIB
        process.communicate(b"")
