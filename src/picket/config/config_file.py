"""Puts a new text in the place of the configuration file."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from picket.domain.errors import ConfigError

BACKUP_SUFFIX = ".bak"


def read_config_text(path: Path) -> str:
    """The file's text. Raises: ConfigError when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"the configuration file cannot be read ({error}): {path}") from None


def replace_config(path: Path, text: str) -> None:
    """Write the file so that after a crash it is either the old one or the new one, whole.

    The text before stays beside it as `<name>.bak`.

    Raises: ConfigError when it cannot be written; then the old file is as it was.
    """
    backup = path.with_name(path.name + BACKUP_SUFFIX)
    fresh = path.with_name(path.name + ".new")
    try:
        mode = path.stat().st_mode
        _write(backup, path.read_bytes(), mode)
        _write(fresh, text.encode(), mode)
        _take_place(fresh, path)
        _sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):  # it may be what cannot be written
            fresh.unlink()
        raise ConfigError(
            f"the configuration file cannot be written ({error.strerror}):"
            f" give this user the right to change the folder and the file: {path}"
        ) from None


def _take_place(fresh: Path, path: Path) -> None:
    try:
        fresh.replace(path)
    except OSError as error:
        if error.errno not in (errno.EBUSY, errno.EXDEV):
            raise
        # A file that is mounted into a container by itself can only be written in place.
        _write(path, fresh.read_bytes(), path.stat().st_mode)
        fresh.unlink()


def _write(path: Path, data: bytes, mode: int) -> None:
    with path.open("wb") as file:
        os.fchmod(file.fileno(), mode & 0o7777)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
