"""Shared memory without a name.

A `memfd` lives as long as one process holds it: nothing is left behind after a crash, it needs no
room in `/dev/shm` (64 MiB in a container unless told otherwise), and pages that were never touched
cost nothing, so a block can be made for the largest frame before the camera's size is known.
"""

from __future__ import annotations

import mmap
import os
from multiprocessing import reduction


class SharedBlock:
    """A piece of zeroed memory that processes started later can map too."""

    def __init__(self, name: str, size_bytes: int) -> None:
        self._fd = os.memfd_create(name)
        self.size_bytes = size_bytes
        os.ftruncate(self._fd, size_bytes)

    def map(self) -> mmap.mmap:
        """The memory, writable and shared."""
        return mmap.mmap(self._fd, self.size_bytes)

    def fileno(self) -> int:
        """For file locks."""
        return self._fd

    def close(self) -> None:
        """Give up this process's handle; existing mappings stay valid."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def __getstate__(self) -> dict[str, object]:
        return {"fd": reduction.DupFd(self._fd), "size_bytes": self.size_bytes}

    def __setstate__(self, state: dict[str, object]) -> None:
        self._fd = state["fd"].detach()  # type: ignore[attr-defined]  # private type of the stdlib
        self.size_bytes = int(str(state["size_bytes"]))
