"""Backups of the index: where they lie, how one is made, which are dropped."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from picket.config.paths import MediaPaths
from picket.domain.errors import StoreDamaged, Unavailable
from picket.runtime.upkeep.files import copy_file, partial_path, publish
from picket.store.backup import Condition, copy_database, examine

logger = logging.getLogger(__name__)

FOLDER = "backups"
STAMP = "%Y%m%dT%H%M%SZ"
SPACE_FACTOR = 2  # of the index's size must be free before a copy is begun


@dataclass(frozen=True, slots=True)
class BackupPlaces:
    """One index and the folders that hold its copies."""

    database: Path
    folders: tuple[Path, ...]  # beside the database, then on the volume of the footage

    @classmethod
    def of(cls, database: Path, media: MediaPaths) -> Self:
        """The two usual folders, or the one that is both."""
        folders = (database.absolute().parent / FOLDER, media.media.absolute() / FOLDER)
        return cls(database, tuple(dict.fromkeys(folders)))

    def named(self, now: float) -> str:
        """The name of a copy made at this instant (Unix seconds)."""
        return f"{self.database.stem}-{datetime.fromtimestamp(now, UTC):{STAMP}}.db"

    def newest_first(self) -> list[Path]:
        """Every copy there is."""
        found = (path for folder in self.folders for path in self._in(folder))
        return sorted(found, key=lambda path: path.name, reverse=True)

    def prune(self, keep: int) -> None:
        """Drop all but the newest copies of each folder. Raises: OSError."""
        for folder in self.folders:
            for path in sorted(self._in(folder), reverse=True)[keep:]:
                path.unlink()

    def _in(self, folder: Path) -> list[Path]:
        mine = re.compile(re.escape(self.database.stem) + r"-\d{8}T\d{6}Z\.db")
        if not folder.is_dir():
            return []
        return [path for path in folder.iterdir() if mine.fullmatch(path.name)]


def make_backup(places: BackupPlaces, keep: int, now: float, pace: Callable[[], None]) -> Path:
    """Copy the index, look the copy over, and keep it if it is sound.

    A page that is damaged is copied as it is, so the copy tells about the index as well, and is
    read without disturbing anybody.

    Args:
        places: where copies go.
        keep: how many stay in each folder, this one counted.
        now: Unix seconds.
        pace: called after each MiB; what it raises ends it all.

    Returns: the first copy.

    Raises:
        StoreDamaged: the index is; older copies stay.
        StoreError, OSError: it cannot be copied.
        Unavailable: the disk has too little room.
    """
    name = places.named(now)
    first, *others = (folder / name for folder in places.folders)
    first.parent.mkdir(parents=True, exist_ok=True)
    _require_space(places.database, first.parent)
    partial = partial_path(first)
    partial.unlink(missing_ok=True)
    try:
        copy_database(places.database, partial, pace)
        examined = examine(partial, is_thorough=True)
        if examined.condition is not Condition.SOUND:
            raise StoreDamaged(f"the index is damaged ({examined.detail})")
        publish(partial, first)
    finally:
        partial.unlink(missing_ok=True)
    for other in others:
        _copy_also(first, other, pace)
    places.prune(keep)
    return first


def _copy_also(first: Path, other: Path, pace: Callable[[], None]) -> None:
    """One copy is a backup already, so a folder that refuses is told and no more."""
    try:
        other.parent.mkdir(parents=True, exist_ok=True)
        _require_space(first, other.parent)
        copy_file(first, other, pace)
    except (OSError, Unavailable) as error:
        logger.error("a second copy of the index could not be made: %s", error)  # noqa: TRY400


def _require_space(source: Path, folder: Path) -> None:
    wanted = SPACE_FACTOR * source.stat().st_size
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise Unavailable(
            f"a backup of the index wants {wanted >> 20} MiB free and finds {free >> 20}:"
            f" make room on the disk of {folder}"
        )
