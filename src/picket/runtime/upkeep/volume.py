"""Whose media folder it is: a mark in it, the same in the index, and a lock while it is in use.

An empty folder where a disk should be mounted has no mark. So nothing that a missing disk would
explain is taken for deleted.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from uuid import uuid4

from picket.domain.errors import ConfigError
from picket.ipc.family_lock import FamilyLock
from picket.runtime.upkeep.files import put_file
from picket.store.database import Database, transaction
from picket.store.segments import newest_start
from picket.store.upkeep import find_volume_id, set_volume_id

logger = logging.getLogger(__name__)

MARK_NAME = ".picket-volume"
LOCK_NAME = ".picket-lock"
CLAIM_WAIT_S = 6.0  # longer than the processes of a stopped program need to close their files


@dataclass(frozen=True, slots=True)
class Volume:
    """What the mark says."""

    id: str
    has_frigate_files: bool = False  # files of Frigate's in it were handed over to us


def read_volume(media: Path) -> Volume | None:
    """The mark of a media folder; None when it has none, or one that is damaged."""
    try:
        values = json.loads((media / MARK_NAME).read_text(encoding="utf-8"))
        return Volume(str(values["id"]), bool(values["has_frigate_files"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        logger.warning("the mark of the media folder cannot be read (%s)", error)
        return None


def write_volume(media: Path, volume: Volume) -> None:
    """Put the mark into a media folder. Raises: OSError."""
    put_file(media / MARK_NAME, json.dumps(asdict(volume)).encode() + b"\n")


def join_volume(db: Database, media: Path) -> bool:
    """Whether index and media folder belong together; what is new joins the other.

    Raises: OSError when the mark cannot be written.
    """
    volume, known, is_empty = read_volume(media), find_volume_id(db), newest_start(db) is None
    if volume is None and (known is None or is_empty):
        volume = Volume(known or uuid4().hex)
        write_volume(media, volume)
        _join(db, volume.id)
    elif volume is not None and known is None and is_empty:
        _join(db, volume.id)
    return belong(db, media)


def belong(db: Database, media: Path) -> bool:
    """Whether index and media folder belong together, so that one may be mended by the other."""
    volume = read_volume(media)
    return volume is not None and volume.id == find_volume_id(db)


def force_volume(db: Database, media: Path, *, has_frigate_files: bool = False) -> None:
    """Let them belong together because the user says so. Raises: OSError.

    Args:
        db: the index.
        media: the folder.
        has_frigate_files: Frigate's files are handed over to us with it.
    """
    old = read_volume(media) or Volume(find_volume_id(db) or uuid4().hex)
    write_volume(media, replace(old, has_frigate_files=old.has_frigate_files or has_frigate_files))
    _join(db, old.id)


def take_folder(media: Path, timeout_s: float) -> FamilyLock | None:
    """Keep the media folder for this process and its children, until the last of them is gone.

    Args:
        media: the folder.
        timeout_s: for the children of a process that was killed to close their files.

    Returns: the lock; None where the file system cannot lock: better unlocked than unused.
    Raises: ConfigError when others go on using it.
    """
    try:
        return FamilyLock.take(media / LOCK_NAME, timeout_s)
    except TimeoutError:
        raise ConfigError(
            "another Picket is using this media folder: stop it first, or name another folder"
            f" with --media or PICKET_MEDIA: {media}"
        ) from None
    except OSError as error:  # some network file systems
        logger.warning("the media folder cannot be locked (%s): start one Picket only", error)
        return None


@contextmanager
def claim(media: Path, timeout_s: float = CLAIM_WAIT_S) -> Generator[None]:
    """As `take_folder`, for the length of the block."""
    lock = take_folder(media, timeout_s)
    try:
        yield
    finally:
        if lock is not None:
            lock.close()


def _join(db: Database, volume_id: str) -> None:
    with transaction(db):
        set_volume_id(db, volume_id)
