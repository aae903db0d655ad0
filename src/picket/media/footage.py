"""Reading recorded bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from picket.domain.errors import NotFound
from picket.media.paths import resolve_inside
from picket.media.progressive import Read


@contextmanager
def open_footage(root: Path) -> Iterator[Read]:
    """A reader of the recordings folder; the file read last stays open."""
    reader = _Reader(root)
    try:
        yield reader.read
    finally:
        reader.close()


class _Reader:
    def __init__(self, root: Path) -> None:
        self._root = root
        self._path = ""
        self._fd = -1

    def read(self, path: str, offset: int, size: int) -> bytes:
        """Bytes of a file below the folder. Raises: NotFound when it is gone."""
        try:
            if path != self._path:
                self.close()
                self._fd = os.open(resolve_inside(self._root, path), os.O_RDONLY)
                self._path = path
            return os.pread(self._fd, size, offset)
        except OSError as error:
            raise NotFound("The recording is not on the disk any more") from error

    def close(self) -> None:
        """Let go of the open file."""
        fd, self._fd, self._path = self._fd, -1, ""
        if fd >= 0:
            os.close(fd)
