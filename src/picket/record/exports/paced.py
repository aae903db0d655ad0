"""Writing a large file without standing in the way of those who record."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

from picket.record.exports.watch import Watch

STEP_BYTES = 4 << 20


def write_paced(parts: Iterable[bytes], size: int, target: Path, watch: Watch) -> None:
    """Write a new file in steps that reach the disk, resting after each as long as it took.

    Unwritten pages would pile up otherwise, and the recorders' next `fdatasync` would wait for
    gigabytes. What was written is dropped from memory: nobody reads it soon.

    Args:
        parts: the content.
        size: bytes of it all, for the progress.
        target: must not exist.
        watch: is asked between two steps.

    Raises: ExportStopped; OSError; whatever reading raises.
    """
    with target.open("xb", buffering=0) as file:
        step, done = bytearray(), 0
        for part in parts:
            watch.check()
            step += part
            if len(step) >= STEP_BYTES:
                done += _write_step(file.fileno(), step, watch)
                watch.progress = min(done / size, 1.0)
        _write_step(file.fileno(), step, watch)
        os.fsync(file.fileno())


def _write_step(fd: int, step: bytearray, watch: Watch) -> int:
    """Write the bytes and empty the step; how many they were."""
    began, size = time.monotonic(), len(step)
    while step:
        del step[: os.write(fd, step)]
    os.fdatasync(fd)
    os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
    watch.pause(time.monotonic() - began)
    return size
