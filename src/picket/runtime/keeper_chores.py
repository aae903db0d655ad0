"""The keeper's chores: retention, free space, agreement of index and files; in small steps.

A chore is a generator that hands back control after each step: there is one writer of the index,
and no record waits for it longer than a turn.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from picket.config.paths import MediaPaths
from picket.config.root import Config
from picket.domain.errors import StoreError, Unavailable
from picket.runtime.disposal import Disposal
from picket.runtime.expiry import Expiry
from picket.runtime.room import DiskUsage, Room
from picket.runtime.upkeep.reconciling import Reconciliation
from picket.runtime.upkeep.volume import belong
from picket.store.database import Database
from picket.store.upkeep import Task, find_upkeep

logger = logging.getLogger(__name__)

TURN_S = 0.05  # a turn ends with the step that comes to this
FIRST_EXPIRY_S = 60.0
ROOM_PERIOD_S = 60.0
RETRY_S = 60.0  # after the database refused
RECONCILE_PERIOD_S = 86_400.0


@dataclass(frozen=True, slots=True)
class ChoreTools:
    """What the outside world gives."""

    wall: Callable[[], float]  # Unix seconds
    monotonic: Callable[[], float]
    disk_usage: DiskUsage


@dataclass(slots=True)
class _Chore:
    begin: Callable[[], Iterator[None]]
    period_s: float
    due_monotonic: float
    steps: Iterator[None] | None = None  # while it is being done


class Chores:
    """Does what is due, a turn at a time; free space comes before retention."""

    def __init__(self, db: Database, config: Config, media: MediaPaths, tools: ChoreTools) -> None:
        self._config = config
        disposal = Disposal(db, media, is_own_volume=belong(db, media.media))
        now = tools.monotonic()
        self._monotonic = tools.monotonic
        self._chores = (
            _Chore(
                lambda: Room(db, self._config, media, disposal).run(tools.disk_usage, tools.wall()),
                ROOM_PERIOD_S,
                now,
            ),
            _Chore(
                lambda: Expiry(db, self._config, media, disposal).run(tools.wall()),
                config.record.expire_interval * 60.0,
                now + FIRST_EXPIRY_S,
            ),
            _Chore(
                lambda: Reconciliation(db, media).run(tools.wall()),
                RECONCILE_PERIOD_S if config.record.sync_recordings else math.inf,
                now if _must_reconcile(db, config) else math.inf,
            ),
        )

    def adopt(self, config: Config) -> None:
        """Follow another policy from the next clean-up on."""
        self._config = config

    def turn(self) -> bool:
        """Work for about 50 ms; True when more is waiting."""
        end = self._monotonic() + TURN_S
        while (chore := self._next_due()) is not None:
            if self._monotonic() >= end:
                return True
            self._step(chore)
        return False

    def _next_due(self) -> _Chore | None:
        now = self._monotonic()
        due = (one for one in self._chores if one.steps is not None or now >= one.due_monotonic)
        return next(due, None)

    def _step(self, chore: _Chore) -> None:
        if chore.steps is None:
            chore.steps = chore.begin()
            chore.due_monotonic = self._monotonic() + chore.period_s
        try:
            next(chore.steps)
        except StopIteration:
            chore.steps = None
        except (StoreError, Unavailable) as error:
            # A file that was deleted and not written down counts as deleted the next time.
            logger.error("a clean-up waits for the database: %s", error)  # noqa: TRY400
            chore.steps = None
            chore.due_monotonic = self._monotonic() + RETRY_S


def _must_reconcile(db: Database, config: Config) -> bool:
    """Whether the user wants it, or the start left something to be done."""
    last = find_upkeep(db, Task.RECONCILE)
    return config.record.sync_recordings or (last is not None and not last.is_good)
