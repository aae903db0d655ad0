"""Carries out what a plan says: files first, then rows, a few at a time."""

from __future__ import annotations

import logging
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from picket.config.paths import MediaPaths
from picket.domain.errors import NotFound
from picket.domain.status import Deleted
from picket.media.paths import snapshot_names
from picket.record.files import FILES, Files
from picket.record.plan_words import describe_deletions, describe_events
from picket.record.removal import remove_empty_folders, remove_file
from picket.record.retention import Deletion, EventPlan, Reason
from picket.store.database import Database, transaction
from picket.store.events import delete_event
from picket.store.retention_queries import StoredEvent, StoredSegment, end_clips, end_snapshots
from picket.store.segments import delete_segments

logger = logging.getLogger(__name__)

STEP = 10  # files deleted before control is handed back


@dataclass(frozen=True, slots=True)
class Disposed:
    """What became of a plan."""

    freed_bytes: int = 0  # of files that were there
    stuck_ids: frozenset[str] = frozenset()  # segments whose files could not be deleted


class Disposal:
    """Deletes files and their rows; a file that stays keeps its row."""

    def __init__(
        self,
        db: Database,
        media: MediaPaths,
        files: Files = FILES,
        *,
        is_own_volume: bool = True,
    ) -> None:
        """Take a media folder, and whether it is the one that the index belongs to."""
        self._db = db
        self._media = media
        self._files = files
        self._is_own_volume = is_own_volume
        self._told: set[str] = set()  # failures that were logged and have not ended
        self.deleted: dict[str, Deleted] = {}  # footage by reason, since the start
        self.deleted_events = 0

    def segments(
        self, why: str, plan: Sequence[Deletion], now: float
    ) -> Generator[None, None, Disposed]:
        """Delete what the plan names, and nothing else, after it was logged.

        Args:
            why: the beginning of the log line.
            plan: what goes, in this order.
            now: Unix seconds.
        """
        if not plan:
            return Disposed()
        logger.info("%s: %s", why, describe_deletions(plan))
        freed_bytes = 0
        stuck: set[str] = set()
        for first in range(0, len(plan), STEP):
            gone: list[StoredSegment] = []
            for one in plan[first : first + STEP]:
                size_bytes = self._remove_footage(one.segment)
                if size_bytes is None:
                    stuck.add(one.segment.id)
                else:
                    freed_bytes += size_bytes
                    gone.append(one.segment)
                    self._count(one.reason, size_bytes)
            self._settle(gone, now)
            with transaction(self._db):
                delete_segments(self._db, (one.id for one in gone))
            yield
        if not stuck:
            self._told.clear()
        return Disposed(freed_bytes, frozenset(stuck))

    def events(self, why: str, plan: EventPlan) -> None:
        """End clips, delete pictures and rows, after the plan was logged."""
        if not (plan.clips or plan.snapshots or plan.rows):
            return
        logger.info("%s: %s", why, describe_events(plan))
        stuck = {one.id for one in plan.snapshots if not self._remove_pictures(one)}
        with transaction(self._db):
            end_clips(self._db, (one.id for one in plan.clips))
            end_snapshots(self._db, (one.id for one in plan.snapshots if one.id not in stuck))
            for event in plan.rows:
                if event.id not in stuck:
                    delete_event(self._db, event.id)
                    self.deleted_events += 1

    def tell(self, failure: str) -> None:
        """Log a failure once, and again only after a clean-up went through."""
        if failure not in self._told:
            self._told.add(failure)
            logger.error("%s", failure)

    def _count(self, reason: Reason, size_bytes: int) -> None:
        before = self.deleted.get(reason, Deleted())
        self.deleted[reason] = Deleted(before.segments + 1, before.size_bytes + size_bytes)

    def _remove_footage(self, segment: StoredSegment) -> int | None:
        """Bytes freed, or None when the file stays."""
        recordings = self._media.recordings
        if not self._is_own_volume and not (recordings / segment.path).exists():
            self.tell("recordings are missing, their rows stay: is a disk not mounted?")
            return None
        try:
            return remove_file(self._media.recordings, segment.path, self._files)
        except (OSError, NotFound) as error:
            self.tell(f"recordings cannot be deleted, their rows stay: {_reason(error)}")
            return None

    def _settle(self, gone: Sequence[StoredSegment], now: float) -> None:
        """A file whose row is about to be forgotten must not come back after a power cut."""
        recordings = self._media.recordings
        for folder in {(recordings / one.path).parent for one in gone}:
            with suppress(OSError):  # the folder went before its rows, or the disk is ill
                self._files.sync_folder(folder)
        for one in gone:
            remove_empty_folders(recordings, one.path, one.start_time, now)

    def _remove_pictures(self, event: StoredEvent) -> bool:
        try:
            for name in snapshot_names(event.camera, event.id):
                remove_file(self._media.clips, name)
        except (OSError, NotFound) as error:
            self.tell(f"pictures of events cannot be deleted, they stay: {_reason(error)}")
            return False
        return True


def _reason(error: Exception) -> str:
    """Without the path, so that a thousand files with one trouble make one line."""
    return str(error.strerror if isinstance(error, OSError) else error)
