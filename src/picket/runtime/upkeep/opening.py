"""Before the index is opened: what is damaged or gone is replaced by the newest backup."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path

from picket.config.paths import MediaPaths
from picket.domain.errors import StoreError
from picket.runtime.upkeep.backups import STAMP, BackupPlaces
from picket.runtime.upkeep.files import copy_file
from picket.runtime.upkeep.volume import Volume, read_volume
from picket.store.backup import Condition, examine, find_flaw
from picket.store.migrate import read_migrations

logger = logging.getLogger(__name__)

SMALL_BYTES = 1 << 28  # up to here every page is read at each start, which takes a second or two
SIDE_FILES = ("", "-wal", "-shm")


class Readiness(Enum):
    """How the index came to be usable."""

    FOUND = auto()
    NEW = auto()  # nothing was there, and nothing is missing
    RESTORED = auto()  # what came after the backup is missing
    REBUILT = auto()  # only the files are left


def mark_suspect(database: Path) -> None:
    """Have the next start look at every page of the index, however large it is."""
    _suspect_mark(database).touch()


def make_ready(database: Path, media: MediaPaths, now: float) -> Readiness:
    """See to it that opening the index succeeds; a bad file is moved aside, never deleted.

    Args:
        database: the file; its folder exists.
        media: where backups and the volume's mark are looked for.
        now: Unix seconds.

    Raises: StoreError when files cannot be moved.
    """
    mark = _suspect_mark(database)
    is_small = database.exists() and database.stat().st_size <= SMALL_BYTES
    examined = examine(database, is_thorough=is_small or mark.exists())
    try:
        if examined.condition is Condition.SOUND:
            mark.unlink(missing_ok=True)
            return Readiness.FOUND
        volume = read_volume(media.media)
        backup = find_backup(BackupPlaces.of(database, media), volume)
        if examined.condition is Condition.DAMAGED or backup or not database.exists():
            _set_aside(database, now, examined.detail)
        mark.unlink(missing_ok=True)
        return _replace(database, backup, volume)
    except OSError as error:
        raise StoreError(
            f"the index is damaged and cannot be replaced ({error.strerror}): mend the folder of"
            f" {database}"
        ) from error


def find_backup(places: BackupPlaces, volume: Volume | None) -> Path | None:
    """The newest copy that is sound, of this volume and of no newer program."""
    known_version = len(read_migrations())
    for path in places.newest_first():
        flaw = find_flaw(path, volume.id if volume else None, known_version)
        if flaw is None:
            return path
        logger.warning("a backup of the index is left out, %s: %s", flaw, path)
    return None


def _replace(database: Path, backup: Path | None, volume: Volume | None) -> Readiness:
    if backup is not None:
        copy_file(backup, database, lambda: None)
        logger.error(
            "the index was restored from a backup; events after it are gone, footage is entered"
            " again from its files: %s",
            backup,
        )
        return Readiness.RESTORED
    if volume is None:
        return Readiness.NEW
    logger.error(
        "the index is lost and there is no backup: footage is entered again from its files, but"
        " events, their timeline and what was protected could only have come from a backup"
    )
    return Readiness.REBUILT


def _set_aside(database: Path, now: float, detail: str) -> None:
    """Move the file with its journal; a journal that stayed would be taken for the new one's."""
    stamp = datetime.fromtimestamp(now, UTC).strftime(STAMP)
    aside = database.with_name(f"{database.name}.damaged-{stamp}")
    for side in SIDE_FILES:
        old = database.with_name(database.name + side)
        if old.exists():
            old.rename(aside.with_name(aside.name + side))
    if aside.exists():
        logger.error("the index cannot be used (%s); it is kept as %s", detail or "empty", aside)


def _suspect_mark(database: Path) -> Path:
    return database.with_name(f"{database.name}.suspect")
