"""Shared memory without a name.

A `memfd` lives as long as one process holds it: nothing is left behind after a crash, it needs no
room in `/dev/shm` (64 MiB in a container unless told otherwise), and pages that were never touched
cost nothing, so a block can be made for the largest frame before the camera's size is known.
"""

from __future__ import annotations

import mmap
import os


class SharedBlock:
    """A piece of zeroed memory that processes forked later can map too."""

    def __init__(self, name: str, size_bytes: int) -> None:
        self._fd = os.memfd_create(name)
        self.size_bytes = size_bytes
        os.ftruncate(self._fd, size_bytes)

    def map(self) -> mmap.mmap:
        """The memory, writable and shared."""
        return mmap.mmap(self._fd, self.size_bytes)

    def fileno(self) -> int:
        """For file locks, and for who keeps it over a fork."""
        return self._fd

    def close(self) -> None:
        """Give up this process's handle; existing mappings stay valid."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
