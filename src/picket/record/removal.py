"""Takes files and empty folders off the disk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from picket.media.paths import resolve_inside
from picket.record.files import FILES, Files

IDLE_DAYS = 2
"""A folder of a day so long past (UTC) is written to by nobody, so it cannot vanish under a
recorder that has just made it."""
TIDY_DAYS = 7
"""Folders that short retention has emptied while they were too young are looked for so far back."""


def remove_file(root: Path, name: str, files: Files = FILES) -> int:
    """Delete a file below `root`.

    Returns: bytes that this freed; 0 when the file was gone already.
    Raises: NotFound when the name leads out of the folder; OSError when the file stays.
    """
    path = resolve_inside(root, name)
    try:
        size_bytes = files.size(path)
        files.remove(path)
    except FileNotFoundError:
        return 0
    return size_bytes


def remove_empty_folders(root: Path, name: str, start_time: float, now: float) -> None:
    """Remove the folders of a file that was deleted, from the inside out, while they are empty.

    Args:
        root: stays in any case.
        name: of the file, below `root`.
        start_time: when its footage began, Unix seconds; young folders are left alone.
        now: Unix seconds.
    """
    if start_time >= _idle_before(now):
        return
    for folder in (root / name).parents:
        if folder == root or not _remove_if_empty(folder):
            return


def lately_idle(now: float) -> list[str]:
    """Names of the folders of the days that have become idle lately; `now` is Unix seconds."""
    today = datetime.fromtimestamp(now, UTC)
    ages = range(IDLE_DAYS, IDLE_DAYS + TIDY_DAYS)
    return [f"{today - timedelta(days=age):%Y-%m-%d}" for age in ages]


def tidy_day(root: Path, day: str) -> None:
    """Remove what is empty in the folder of a day, and the folder itself if nothing is left."""
    for pattern in ("*/*", "*"):
        for folder in (root / day).glob(pattern):
            _remove_if_empty(folder)
    _remove_if_empty(root / day)


def _idle_before(now: float) -> float:
    today = datetime.fromtimestamp(now, UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return (today - timedelta(days=IDLE_DAYS - 1)).timestamp()


def _remove_if_empty(folder: Path) -> bool:
    try:
        folder.rmdir()
    except OSError:  # not empty, or gone, or no folder: it is left as it is
        return False
    return True
