"""What the index knows of the sizes of objects, told to those who choose regions."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from picket.detect.region_grid import LEARNED_MOMENTS, learn_grid
from picket.domain.errors import StoreError, Unavailable
from picket.ipc.channel import Channel
from picket.ipc.messages import EventChanged, Record, SizesLearned, WorkerStarted
from picket.store.database import Database
from picket.store.timeline import past_boxes

logger = logging.getLogger(__name__)

LEARN_PERIOD_S = 600.0  # after an event ended; sizes change slowly, and a query takes a moment


class Lessons:
    """Learns what is due, a camera a turn; at once when its worker starts."""

    def __init__(
        self, db: Database, workers: Sequence[Channel], monotonic: Callable[[], float]
    ) -> None:
        self._db = db
        self._workers = workers
        self._monotonic = monotonic
        self._due: dict[str, float] = {}  # by camera, monotonic

    def note(self, record: Record) -> None:
        """Something was written down; it may be worth learning from."""
        match record:
            case WorkerStarted(cameras):
                self._due |= dict.fromkeys(cameras, self._monotonic())
            case EventChanged(event) if event.end_time is not None:
                self._due.setdefault(event.camera, self._monotonic() + LEARN_PERIOD_S)

    def turn(self) -> None:
        """Tell of one camera, if one is due; whoever does not run it passes over it."""
        now = self._monotonic()
        camera = next((name for name, due in self._due.items() if due <= now), None)
        if camera is None:
            return
        del self._due[camera]
        try:
            grid = learn_grid(past_boxes(self._db, camera, LEARNED_MOMENTS))
        except (StoreError, Unavailable) as error:
            logger.warning("camera %s learns no sizes for now: %s", camera, error)
            self._due[camera] = now + LEARN_PERIOD_S
            return
        if grid.cells:
            for worker in self._workers:
                worker.send(SizesLearned(camera, grid))
