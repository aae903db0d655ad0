"""The queue to one receiver: in order, again and again, and nobody else waits for it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from picket.domain.notice import ChannelState, Delivery, Fate, Notice
from picket.notify.attempts import Again, Failed, Outcome, next_step

ROOM = 200
"""A receiver that is away for longer than so many notifications loses the oldest."""


@dataclass(frozen=True, slots=True)
class World:
    """What lies outside of a lane; tests bring their own."""

    deliver: Callable[[Notice], Awaitable[Outcome]]
    end: Callable[[Delivery], None]
    clock: Callable[[], float]  # Unix seconds
    draw: Callable[[], float]  # 0..1
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep


class Lane:
    """One event loop uses it."""

    def __init__(self, world: World, room: int = ROOM) -> None:
        self._world = world
        self._room = room
        self._waiting: deque[Notice] = deque()
        self._has_some = asyncio.Event()
        self._failures = 0
        self._problem = ""

    @property
    def state(self) -> ChannelState:
        """How it is doing."""
        return ChannelState(len(self._waiting), self._failures, self._problem)

    def put(self, notice: Notice) -> None:
        """Tell it after all others; the oldest that is not under way gives way when it is full."""
        if len(self._waiting) >= self._room:
            oldest = self._waiting[1]
            del self._waiting[1]
            self._end(oldest, Fate.DISPLACED, 0, "too many wait for this receiver")
        self._waiting.append(notice)
        self._has_some.set()

    async def run(self) -> None:
        """Deliver until cancelled."""
        while True:
            await self._has_some.wait()
            await self._see_through(self._waiting[0])
            self._waiting.popleft()
            if not self._waiting:
                self._has_some.clear()

    async def _see_through(self, notice: Notice) -> None:
        attempts, answer = 0, "it waited too long behind others"
        while (sent := self._world.clock()) < notice.expires_time:
            outcome = await self._world.deliver(notice)
            attempts, answer, now = attempts + 1, outcome.answer, self._world.clock()
            self._note(outcome)
            remaining_s = notice.expires_time - now
            step = next_step(outcome, self._failures, remaining_s, self._world.draw())
            if not isinstance(step, Again):
                stamped = replace(notice.clock, sent=sent, acknowledged=now)
                self._end(replace(notice, clock=stamped), step, attempts, answer)
                return
            await self._world.pause(step.pause_s)
        self._end(notice, Fate.EXPIRED, attempts, answer)

    def _note(self, outcome: Outcome) -> None:
        """Who refuses one message is there, and may take the next."""
        has_failed = isinstance(outcome, Failed)
        self._failures = self._failures + 1 if has_failed else 0
        self._problem = outcome.answer if has_failed else ""

    def _end(self, notice: Notice, fate: Fate, attempts: int, answer: str) -> None:
        self._world.end(Delivery(notice, fate, self._world.clock(), attempts, answer))
