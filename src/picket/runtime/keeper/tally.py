"""What the keeper counts and tells the server, for whoever watches the program."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from picket.domain.measures import NO_EVENTS, NO_WRITES, Histogram
from picket.domain.status import KeeperStatus
from picket.ipc.channel import Channel
from picket.ipc.messages import EventChanged, GapNoted, Record, WorkerStarted
from picket.runtime.keeper.disposal import Disposal
from picket.runtime.keeper.gap_tally import GapTally

TELL_PERIOD_S = 1.0


@dataclass(frozen=True, slots=True)
class Clocks:
    """Where the time comes from."""

    wall: Callable[[], float]  # Unix seconds
    monotonic: Callable[[], float]


class KeeperTally:
    """Counts since the keeper began."""

    def __init__(self, gaps: GapTally, disposal: Disposal, clocks: Clocks) -> None:
        self.gaps = gaps
        self._disposal = disposal
        self._clocks = clocks
        self._commits = NO_WRITES
        self._refusals = 0
        self._stored: dict[str, Histogram] = {}  # by camera
        self._told_monotonic = float("-inf")

    def committed(self, took_s: float) -> None:
        """Records were written down."""
        self._commits = self._commits.observed(took_s)

    def refused(self) -> None:
        """The database took nothing."""
        self._refusals += 1

    def note(self, record: Record) -> None:
        """A record was committed; it may be one that was told before."""
        match record:
            case WorkerStarted(cameras, started_time):
                self.gaps.end_all(cameras, started_time)
            case GapNoted(gap):
                self.gaps.note(gap)
            case EventChanged(event, told_time=told_time) if told_time:
                before = self._stored.get(event.camera, NO_EVENTS)
                self._stored[event.camera] = before.observed(self._clocks.wall() - told_time)

    def tell(self, server: Channel) -> None:
        """Once a second."""
        now = self._clocks.monotonic()
        if now - self._told_monotonic >= TELL_PERIOD_S:
            self._told_monotonic = now
            server.send(self.status())

    def status(self) -> KeeperStatus:
        """Everything up to now."""
        return KeeperStatus(
            pid=os.getpid(),
            commits=self._commits,
            refusals=self._refusals,
            gaps=self.gaps.seconds(self._clocks.wall()),
            stored=dict(self._stored),
            deleted=dict(self._disposal.deleted),
            deleted_events=self._disposal.deleted_events,
        )
