"""What is still to be sent to the broker; whoever puts never waits."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Collection

from picket.topics.message import Message

MOST_MESSAGES = 1000
"""A minute of many busy cameras; what a broker that is away longer missed is not news any more."""


class Backlog:
    """A bounded queue: any thread puts, one takes.

    When there are too many, the oldest one goes that the broker would replace anyhow by one that
    waits behind it; else the oldest that it would not keep.
    """

    def __init__(self, room: int = MOST_MESSAGES) -> None:
        self._room = room
        self._waiting: deque[Message] = deque()
        self._changed = threading.Condition()
        self._lost = 0

    @property
    def lost(self) -> int:
        """How many messages did not fit so far."""
        return self._lost

    @property
    def waiting(self) -> int:
        """How many are still to be sent."""
        return len(self._waiting)

    def put(self, message: Message) -> bool:
        """Whether there was room for it without losing one."""
        with self._changed:
            has_room = len(self._waiting) < self._room
            self._waiting.append(message)
            if not has_room:
                self._drop_one()
            self._changed.notify()
        return has_room

    def put_back(self, message: Message) -> None:
        """It could not be sent: it is the next one again, if there is room."""
        with self._changed:
            if len(self._waiting) < self._room:
                self._waiting.appendleft(message)

    def take(self, timeout_s: float) -> Message | None:
        """The oldest one, or None when none comes in time."""
        with self._changed:
            self._changed.wait_for(lambda: bool(self._waiting), timeout_s)
            return self._waiting.popleft() if self._waiting else None

    def forget(self, topics: Collection[str]) -> None:
        """Drop what waits under these topics: what is true now is told instead."""
        with self._changed:
            self._waiting = deque(one for one in self._waiting if one.topic not in topics)

    def _drop_one(self) -> None:
        self._lost += 1
        last = {one.topic: n for n, one in enumerate(self._waiting)}
        kept = [n for n, one in enumerate(self._waiting) if one.retain]
        outdated = next((n for n in kept if n != last[self._waiting[n].topic]), None)
        passing = next((n for n, one in enumerate(self._waiting) if not one.retain), 0)
        del self._waiting[passing if outdated is None else outdated]
