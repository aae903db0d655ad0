"""The calls by which recordings reach the disk and leave it, where a test can watch them."""

from __future__ import annotations

import os
from pathlib import Path


class Files:
    """What the system offers, under our names; every call may raise OSError."""

    def create(self, path: Path) -> int:
        """A descriptor of a file that was not there before."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)

    def write(self, fd: int, data: bytes | memoryview) -> int:
        """How many of the bytes were taken; few at a full disk, and the next call tells why."""
        return os.write(fd, data)

    def sync(self, fd: int) -> None:
        """Return when the file's bytes are on the disk. Its name may still be missing."""
        os.fdatasync(fd)

    def truncate(self, fd: int, size_bytes: int) -> None:
        """Cut a file."""
        os.ftruncate(fd, size_bytes)

    def make_folder(self, path: Path) -> None:
        """One that may be there already, in a folder that is there."""
        path.mkdir(exist_ok=True)

    def sync_folder(self, path: Path) -> None:
        """Return when the names in a folder, made and removed, are on the disk."""
        fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

    def size(self, path: Path) -> int:
        """Of a file, in bytes."""
        return path.stat().st_size

    def remove(self, path: Path) -> None:
        """Take the name of a file away."""
        path.unlink()


FILES = Files()


def make_folders(files: Files, root: Path, folder: Path) -> None:
    """Make what is missing of a folder below `root`; on the disk when this returns.

    What another recorder has just made is synced too: it may not have come to that yet.
    """
    if folder.is_dir():
        return
    if not root.is_dir():
        files.make_folder(root)
    below = [folder, *folder.parents]
    for one in reversed(below[: below.index(root)]):
        files.make_folder(one)
        files.sync_folder(one.parent)
