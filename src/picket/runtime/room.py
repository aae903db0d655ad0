"""The free-space chore: recording goes on, so the oldest footage gives way."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from pathlib import Path

from picket.config.paths import MediaPaths
from picket.config.root import Config
from picket.record.free_space import free_space_plan, reserve_bytes
from picket.record.plan_words import describe_size
from picket.record.retention import Cover, Deletion
from picket.runtime.disposal import Disposal
from picket.store.database import Database
from picket.store.retention_queries import (
    BEGINNING,
    StoredSegment,
    hourly_bytes,
    oldest_closed,
    retained_events,
)

logger = logging.getLogger(__name__)

PAGE = 200  # rows looked at before control is handed back
MAX_STUCK = 1000  # files that cannot be deleted before the chore gives up until the next time

DiskUsage = Callable[[Path], tuple[int, int, int]]
"""Total, used and free bytes of the volume that a folder is on; raises OSError."""


class Room:
    """Keeps a reserve of free space on the volume of the recordings."""

    def __init__(self, db: Database, config: Config, media: MediaPaths, disposal: Disposal) -> None:
        self._db = db
        self._recordings = media.recordings
        self._disposal = disposal
        self._recording = [
            name
            for name, camera in config.cameras.items()
            if camera.enabled and camera.record.enabled
        ]

    def run(self, disk_usage: DiskUsage, now: float) -> Generator[None]:
        """Delete the oldest footage until the reserve is met, in steps.

        The volume is asked once: some give space back late, and then too much would go. Files that
        turn out to be gone already free nothing, so others are planned in their place.
        """
        missing = self._missing_bytes(disk_usage)
        stuck: frozenset[str] = frozenset()
        while missing > 0:
            plan = yield from self._plan(missing, stuck)
            if not plan or len(stuck) > MAX_STUCK:
                self._disposal.tell("the recordings volume is full, and nothing can be deleted")
                return
            done = yield from self._disposal.segments("the volume is full", plan, now)
            stuck |= done.stuck_ids
            missing -= done.freed_bytes

    def _missing_bytes(self, disk_usage: DiskUsage) -> int:
        try:
            total, _, free = disk_usage(self._recordings)
        except OSError as error:
            self._disposal.tell(
                f"how much space the recordings have left is unknown: {error.strerror}"
            )
            return 0
        reserve = reserve_bytes(total, hourly_bytes(self._db, self._recording))
        if free < reserve:
            logger.warning(
                "the recordings volume has %s free and should have %s:"
                " the oldest footage goes before its time",
                describe_size(free),
                describe_size(reserve),
            )
        return reserve - free

    def _plan(
        self, missing: int, stuck: frozenset[str]
    ) -> Generator[None, None, tuple[Deletion, ...]]:
        """Look at the oldest segments until enough of them may go."""
        covers = self._protected_covers()
        found: list[StoredSegment] = []
        protected: set[str] = set()
        free_bytes, protected_bytes = 0, 0
        place = BEGINNING
        while free_bytes < missing and (page := oldest_closed(self._db, place, PAGE)):
            place = page[-1].place
            for segment in page:
                if segment.id in stuck:
                    continue
                if not covers.get(segment.camera, Cover()).touches(segment.span):
                    found.append(segment)
                    free_bytes += segment.size_bytes
                elif protected_bytes < missing:  # more could not be needed
                    found.append(segment)
                    protected.add(segment.id)
                    protected_bytes += segment.size_bytes
            yield
        plan = free_space_plan(0, missing, found, protected)
        lost = sum(one.segment.id in protected for one in plan)
        if lost:
            logger.error("%d segments of protected events go, because nothing else is left", lost)
        return plan

    def _protected_covers(self) -> dict[str, Cover]:
        """When each camera's footage belongs to events that a user protects."""
        events = retained_events(self._db)
        return {
            camera: Cover.of(one.span for one in events if one.camera == camera)
            for camera in {one.camera for one in events}
        }
