"""Files that appear whole or not at all, and stay after a power cut."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

COPY_BYTES = 1 << 20


def put_file(path: Path, content: bytes) -> None:
    """Write a file in place of an older one. Raises: OSError."""
    partial = partial_path(path)
    partial.write_bytes(content)
    publish(partial, path)


def copy_file(source: Path, target: Path, pace: Callable[[], None]) -> None:
    """Copy a file in place of an older one.

    Args:
        source: is not written to meanwhile.
        target: seen only when it is whole.
        pace: called after each MiB; what it raises ends the copying.

    Raises: OSError.
    """
    partial = partial_path(target)
    try:
        with source.open("rb") as original, partial.open("wb") as copy:
            while data := original.read(COPY_BYTES):
                copy.write(data)
                pace()
        publish(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def partial_path(path: Path) -> Path:
    """Where a file is written before it gets its name; hidden, in the same folder."""
    return path.with_name(f".{path.name}.partial")


def publish(partial: Path, path: Path) -> None:
    """Give a finished file its name, once its content is on the disk. Raises: OSError."""
    _sync(partial)
    partial.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
