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
from picket.record.files import FILES, Files
from picket.record.steady_clock import SteadyClock
from picket.runtime.keeper.disposal import Disposal
from picket.runtime.keeper.expiry import Expiry
from picket.runtime.keeper.room import DiskUsage, Room
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
    files: Files = FILES


@dataclass(slots=True)
class _Chore:
    begin: Callable[[], Iterator[None]]
    period_s: float
    due_monotonic: float
    steps: Iterator[None] | None = None  # while it is being done


class Chores:
    """Does what is due, a turn at a time; free space comes before retention."""

    def __init__(self, db: Database, config: Config, media: MediaPaths, tools: ChoreTools) -> None:
        is_own_volume = belong(db, media.media)
        disposal = self.disposal = Disposal(db, media, tools.files, is_own_volume=is_own_volume)
        self._tools = tools
        self._room = Room(db, config, media, disposal)
        self._expiry = Expiry(db, config, media, disposal)
        now = tools.monotonic()
        self._clock = SteadyClock(tools.wall(), now)
        self._make_room = _Chore(
            lambda: self._room.run(tools.disk_usage, tools.wall()), ROOM_PERIOD_S, now
        )
        self._expire = _Chore(
            self._begin_expiry, config.record.expire_interval * 60.0, now + FIRST_EXPIRY_S
        )
        self._reconcile = _Chore(
            lambda: _begin_reconciliation(db, media, tools.wall()),
            RECONCILE_PERIOD_S if config.record.sync_recordings else math.inf,
            now if _must_reconcile(db, config) else math.inf,
        )

    def adopt(self, config: Config) -> None:
        """Follow another policy from the next clean-up on."""
        self._room.adopt(config)
        self._expiry.adopt(config)

    def segment_closed(self) -> None:
        """A file has got its full size: when space runs out, room is made with the next turn."""
        if self._room.is_urgent(self._tools.disk_usage):
            self._make_room.due_monotonic = self._tools.monotonic()

    def turn(self) -> bool:
        """Work for about 50 ms, a step at least; True when more may be waiting."""
        end = self._tools.monotonic() + TURN_S
        self._watch_clock()
        while (chore := self._next_due()) is not None:
            self._step(chore)
            if self._tools.monotonic() >= end:
                return True
        return False

    def _watch_clock(self) -> None:
        was_trusted = self._clock.is_trusted
        self._clock = self._clock.look(self._tools.wall(), self._tools.monotonic())
        if was_trusted and not self._clock.is_trusted:
            logger.error(
                "the clock went far ahead in one step: nothing is cleaned up by its time within"
                " the next hour; set it right if it is wrong"
            )

    def _begin_expiry(self) -> Iterator[None]:
        return self._expiry.run(self._tools.wall()) if self._clock.is_trusted else iter(())

    def _next_due(self) -> _Chore | None:
        now = self._tools.monotonic()
        chores = (self._make_room, self._expire, self._reconcile)
        due = (one for one in chores if one.steps is not None or now >= one.due_monotonic)
        return next(due, None)

    def _step(self, chore: _Chore) -> None:
        if chore.steps is None:
            chore.steps = chore.begin()
            chore.due_monotonic = self._tools.monotonic() + chore.period_s
        try:
            next(chore.steps)
        except StopIteration:
            chore.steps = None
        except (StoreError, Unavailable) as error:
            # A file that was deleted and not written down counts as deleted the next time.
            logger.error("a clean-up waits for the database: %s", error)  # noqa: TRY400
            chore.steps = None
            chore.due_monotonic = self._tools.monotonic() + RETRY_S


def _begin_reconciliation(db: Database, media: MediaPaths, now: float) -> Iterator[None]:
    # Not above: it brings NumPy along, which is for the few who need a reconciliation.
    from picket.runtime.upkeep.reconciling import Reconciliation

    return Reconciliation(db, media).run(now)


def _must_reconcile(db: Database, config: Config) -> bool:
    """Whether the user wants it, or the start left something to be done."""
    last = find_upkeep(db, Task.RECONCILE)
    return config.record.sync_recordings or (last is not None and not last.is_good)
