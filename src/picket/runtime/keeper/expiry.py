"""The retention chore: what no policy wants any more goes, camera by camera."""

from __future__ import annotations

from collections.abc import Generator

from picket.config.paths import MediaPaths
from picket.config.root import Config
from picket.record.removal import lately_idle, tidy_day
from picket.record.retention import (
    DAY_S,
    Deletion,
    RetentionPolicy,
    WantedFootage,
    footage_wanted,
    judged_before,
    plan_events,
    plan_segments,
)
from picket.runtime.keeper.disposal import Disposal
from picket.store.database import Database, transaction
from picket.store.gaps import delete_gaps
from picket.store.retention_queries import (
    BEGINNING,
    StoredEvent,
    events_after,
    oldest_start,
    segments_before,
    stored_cameras,
)

PAGE = 200  # rows judged before control is handed back
PLAN_LIMIT = 2000  # segments that a plan names at least before it is carried out


class Expiry:
    """Applies every camera's policy to everything that is stored."""

    def __init__(self, db: Database, config: Config, media: MediaPaths, disposal: Disposal) -> None:
        self._db = db
        self._config = config
        self._recordings = media.recordings
        self._disposal = disposal

    def adopt(self, config: Config) -> None:
        """Follow another policy from the next time on."""
        self._config = config

    def run(self, now: float) -> Generator[None]:
        """Expire what is over at `now` (Unix seconds), in steps."""
        for camera in stored_cameras(self._db):
            policy = self._policy(camera)
            wanted = yield from self._expire_events(camera, policy, now)
            yield from self._expire_segments(camera, policy, wanted, now)
            self._expire_gaps(camera, policy, now)
        for day in lately_idle(now):
            tidy_day(self._recordings, day)
            yield

    def _expire_gaps(self, camera: str, policy: RetentionPolicy, now: float) -> None:
        """A gap before all footage, and older than any would be kept, explains nothing more."""
        until = now - policy.longest * DAY_S
        oldest = oldest_start(self._db, camera)
        with transaction(self._db):
            delete_gaps(self._db, camera, min(until, until if oldest is None else oldest))

    def _policy(self, camera: str) -> RetentionPolicy:
        """A camera that is configured no longer follows the global sections."""
        config = self._config.cameras.get(camera, self._config)
        return RetentionPolicy.of(config.record, config.snapshots)

    def _expire_events(
        self, camera: str, policy: RetentionPolicy, now: float
    ) -> Generator[None, None, WantedFootage]:
        wanting: list[StoredEvent] = []
        place = BEGINNING
        while page := events_after(self._db, camera, place, PAGE):
            place = page[-1].place
            plan = plan_events(page, policy, now)
            wanting += plan.wanting
            self._disposal.events(f"retention of {camera}", plan)
            yield
        return footage_wanted(wanting)

    def _expire_segments(
        self, camera: str, policy: RetentionPolicy, wanted: WantedFootage, now: float
    ) -> Generator[None]:
        until = judged_before(policy, now)
        why = f"retention of {camera}"
        planned: list[Deletion] = []
        place = BEGINNING
        while page := segments_before(self._db, camera, until, place, PAGE):
            place = page[-1].place
            planned += plan_segments(page, wanted, policy, now)
            yield
            if len(planned) >= PLAN_LIMIT:
                yield from self._disposal.segments(why, planned, now)
                planned = []
        yield from self._disposal.segments(why, planned, now)
