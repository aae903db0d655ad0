"""Reading recorded bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from picket.domain.errors import NotFound
from picket.media.footage_file import FootageFile
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
        self._file: FootageFile | None = None

    def read(self, path: str, offset: int, size: int) -> bytes:
        """Bytes of a file below the folder. Raises: NotFound when it is gone."""
        try:
            if self._file is None or path != self._path:
                self.close()
                self._file = FootageFile(resolve_inside(self._root, path))
                self._path = path
            return self._file.read(offset, size)
        except OSError as error:
            raise NotFound("The recording is not on the disk any more") from error

    def close(self) -> None:
        """Let go of the open file."""
        file, self._file = self._file, None
        if file is not None:
            file.close()
