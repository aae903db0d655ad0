"""A lock that a process and its children hold together, until the last of them is gone."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

POLL_S = 0.1


class FamilyLock:
    """Held through a descriptor of an open file, which the kernel closes with its last holder.

    Whoever was killed holds it no more; whoever outlives a killed parent still does.
    """

    def __init__(self, fd: int) -> None:
        self._fd = fd

    @classmethod
    def take(cls, path: Path, timeout_s: float) -> FamilyLock:
        """Wait until no other family holds the file, which is made if it is missing.

        Raises: TimeoutError; OSError when the file cannot be made or locked.
        """
        fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        deadline = time.monotonic() + timeout_s
        while not _try_lock(fd):
            if time.monotonic() >= deadline:
                os.close(fd)
                raise TimeoutError(f"still held after {timeout_s:g} s: {path}")
            time.sleep(POLL_S)
        return cls(fd)

    def fileno(self) -> int:
        """The descriptor through which it is held."""
        return self._fd

    def close(self) -> None:
        """Let go; the others of the family still hold it."""
        os.close(self._fd)


def _try_lock(fd: int) -> bool:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
