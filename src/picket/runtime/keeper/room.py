"""The room chore: recording goes on, so the oldest footage gives way to space and quotas."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

from picket.config.paths import MediaPaths
from picket.config.root import Config
from picket.record.free_space import free_space_plan, quota_bytes, reserve_bytes
from picket.record.plan_words import describe_size
from picket.record.retention import Cover, Deletion, Reason
from picket.runtime.keeper.disposal import Disposal
from picket.store.database import Database
from picket.store.recordings import camera_usage
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
URGENT_SHARE = 0.5  # of the reserve: with less, room is made at once

DiskUsage = Callable[[Path], tuple[int, int, int]]
"""Total, used and free bytes of the volume that a folder is on; raises OSError."""


@dataclass(frozen=True, slots=True)
class _Shortage:
    """Bytes that have to go."""

    missing_bytes: float
    reason: Reason
    why: str  # the beginning of the log line
    camera: str | None = None  # whose footage gives way; None: the oldest of any


class Room:
    """Keeps a reserve of free space on the volume of the recordings, and quotas."""

    def __init__(self, db: Database, config: Config, media: MediaPaths, disposal: Disposal) -> None:
        self._db = db
        self._recordings = media.recordings
        self._disposal = disposal
        self._config = config
        self._reserve = 0

    def adopt(self, config: Config) -> None:
        """Keep other limits from the next time on."""
        self._config = config

    def is_urgent(self, disk_usage: DiskUsage) -> bool:
        """Whether so little is free that nothing should be waited for; asked for every segment."""
        try:
            return disk_usage(self._recordings)[2] < self._reserve * URGENT_SHARE
        except OSError:
            return False  # told when room is made the next time

    def run(self, disk_usage: DiskUsage, now: float) -> Generator[None]:
        """Delete the oldest footage until quotas and reserve are met, in steps.

        The volume is asked once: some give space back late, and then too much would go. Files that
        turn out to be gone already free nothing, so others are planned in their place.
        """
        missing_bytes = self._missing_bytes(disk_usage)
        freed_bytes = 0
        for shortage in self._beyond_quotas():
            freed_bytes += yield from self._make_room(shortage, now)
        short = _Shortage(missing_bytes - freed_bytes, Reason.DISK_FULL, "the volume is full")
        yield from self._make_room(short, now)

    def _beyond_quotas(self) -> Generator[_Shortage]:
        """Cameras first: what they give may be enough for all together."""
        quotas = {name: quota_bytes(c.record.quota) for name, c in self._config.cameras.items()}
        whole = quota_bytes(self._config.storage.quota)
        if min([whole, *quotas.values()]) == float("inf"):
            return
        used = {camera: one.size_bytes for camera, one in camera_usage(self._db).items()}
        for camera, quota in quotas.items():
            why = f"camera {camera} is over its quota"
            beyond = used.get(camera, 0) - quota
            yield _Shortage(beyond, Reason.CAMERA_QUOTA, why, camera)
        left = sum(one.size_bytes for one in camera_usage(self._db).values())
        yield _Shortage(left - whole, Reason.QUOTA, "the recordings are over their quota")

    def _make_room(self, shortage: _Shortage, now: float) -> Generator[None, None, int]:
        """Bytes freed."""
        freed_bytes = 0
        stuck: frozenset[str] = frozenset()
        while shortage.missing_bytes - freed_bytes > 0:
            plan = yield from self._plan(shortage, shortage.missing_bytes - freed_bytes, stuck)
            if not plan or len(stuck) > MAX_STUCK:
                self._disposal.tell(f"{shortage.why}, and nothing can be deleted")
                break
            done = yield from self._disposal.segments(shortage.why, plan, now)
            stuck |= done.stuck_ids
            freed_bytes += done.freed_bytes
        return freed_bytes

    def _missing_bytes(self, disk_usage: DiskUsage) -> int:
        try:
            total, _, free = disk_usage(self._recordings)
        except OSError as error:
            self._disposal.tell(
                f"how much space the recordings have left is unknown: {error.strerror}"
            )
            return 0
        recording = [
            name
            for name, camera in self._config.cameras.items()
            if camera.enabled and camera.record.enabled
        ]
        hourly = hourly_bytes(self._db, recording)
        self._reserve = reserve_bytes(total, hourly, self._config.storage.reserve)
        if free < self._reserve:
            logger.warning(
                "the recordings volume has %s free and should have %s:"
                " the oldest footage goes before its time",
                describe_size(free),
                describe_size(self._reserve),
            )
        return self._reserve - free

    def _plan(
        self, shortage: _Shortage, missing_bytes: float, stuck: frozenset[str]
    ) -> Generator[None, None, tuple[Deletion, ...]]:
        """Look at the oldest segments until enough of them may go."""
        covers = self._protected_covers()
        found: list[StoredSegment] = []
        protected: set[str] = set()
        free_bytes, protected_bytes = 0, 0
        place = BEGINNING
        while free_bytes < missing_bytes and (
            page := oldest_closed(self._db, place, PAGE, shortage.camera)
        ):
            place = page[-1].place
            for segment in page:
                if segment.id in stuck:
                    continue
                if not covers.get(segment.camera, Cover()).touches(segment.span):
                    found.append(segment)
                    free_bytes += segment.size_bytes
                elif protected_bytes < missing_bytes:  # more could not be needed
                    found.append(segment)
                    protected.add(segment.id)
                    protected_bytes += segment.size_bytes
            yield
        plan = free_space_plan(missing_bytes, found, protected, shortage.reason)
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
