"""The room's door: takes what happened, lets the rules choose, and sees everything delivered."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter, deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from picket.config.channel_secrets import secrets_of, without_secrets
from picket.config.masking import mask_credentials
from picket.config.notifications import ChannelConfig, NotificationsConfig
from picket.domain.errors import InvalidRequest, NotFound, PicketError
from picket.domain.notice import (
    Attempt,
    ChannelState,
    Clock,
    Delivery,
    Fate,
    Notice,
    Subject,
)
from picket.notify.attempts import Failed, Outcome, PassedOn, Refused, Taken
from picket.notify.carriers import Tools, carry
from picket.notify.lane import Lane, World
from picket.notify.rules import Choice, LocalTime, RuleMemory, judge
from picket.notify.spool import Spool
from picket.notify.troubles import Health, step_troubles
from picket.notify.wording import write_notices, write_test

T = TypeVar("T")

logger = logging.getLogger(__name__)

REMEMBERED = 200
"""Deliveries that can be looked at."""
NO_BROWSER = "no browser is subscribed"
KEEP_S = 0.3
"""So long a slow disk may hold up a notification; then it is told before it is safe."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user wants."""

    notifications: NotificationsConfig
    zone: ZoneInfo | None  # None: the machine's


class Office:
    """Everything here belongs to one event loop, but what says otherwise."""

    def __init__(self, settings: Callable[[], Settings], tools: Tools, spool: Spool) -> None:
        self._settings = settings
        self._tools = tools
        self._spool = spool
        self._disk = ThreadPoolExecutor(1, "notices")  # one: what is dropped was kept before
        self._lanes: dict[tuple[str, str], tuple[Lane, asyncio.Task[None]]] = {}
        self._memory = RuleMemory()
        self._ended: deque[Delivery] = deque(maxlen=REMEMBERED)
        self._fates: Counter[Fate] = Counter()

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """The last ones, newest first; any thread may ask."""
        return tuple(reversed(tuple(self._ended)))

    @property
    def fates(self) -> Mapping[Fate, int]:
        """How many met which fate since the start; any thread may ask."""
        return Counter(self._fates)

    @property
    def states(self) -> Mapping[str, ChannelState]:
        """How the channels are doing that have had something to tell; any thread may ask."""
        found: dict[str, ChannelState] = {}
        for (channel, _), (lane, _) in tuple(self._lanes.items()):
            before, one = found.get(channel, ChannelState()), lane.state
            found[channel] = ChannelState(
                before.waiting + one.waiting,
                max(before.failures, one.failures),
                before.problem or one.problem,
            )
        return found

    async def open(self) -> None:
        """Go on where the last life of the program was cut off."""
        for config in self._settings().notifications.channels.values():
            self._tools.http.client(config)
        self._memory = await self._on_disk(self._spool.recall)
        waiting = await self._on_disk(lambda: tuple(self._spool.load()))
        for notice in waiting:
            self._lane(notice).put(notice)

    async def take(self, subject: Subject, clock: Clock) -> None:
        """An object is news."""
        settings = self._settings()
        rules, local = settings.notifications.rules, _local(subject.time, settings.zone)
        memory, choices = judge(self._memory, rules, subject, _on_the_wall(local))
        await self._tell(memory, choices, clock)

    async def check(self, health: Health) -> None:
        """Look for troubles."""
        settings = self._settings()
        wall = _on_the_wall(_local(health.now, settings.zone))
        rules = settings.notifications.rules
        memory, choices = step_troubles(self._memory, rules, health, wall)
        await self._tell(memory, choices, Clock(heard=health.now))

    async def attempt(self, channel: str) -> Attempt:
        """Send a test at once, past everything that waits. Raises: NotFound, InvalidRequest."""
        settings = self._settings()
        config = settings.notifications.channels.get(channel)
        if config is None:
            raise NotFound(f"there is no channel {channel}: add it to notifications.channels")
        started = self._tools.clock()
        written = write_test(settings.notifications, channel, _local(started, settings.zone))
        notices = await self._addressed(written) if config.type == "webpush" else (written,)
        if not notices:
            raise InvalidRequest(f"{NO_BROWSER}: subscribe one first")
        outcomes = [_masked(await carry(self._tools, config, one), config) for one in notices]
        worst = next((one for one in outcomes if not isinstance(one, Taken)), outcomes[0])
        return Attempt(isinstance(worst, Taken), worst.answer, self._tools.clock() - started)

    async def close(self) -> None:
        """Stop; what waits is told in the next life."""
        tasks = [task for _, task in self._lanes.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._tools.http.close()
        self._disk.shutdown(wait=False, cancel_futures=False)

    async def _tell(self, memory: RuleMemory, choices: tuple[Choice, ...], clock: Clock) -> None:
        is_news = memory != self._memory
        self._memory = memory  # before anything is waited for: the next decision builds on it
        settings = self._settings()
        for choice in choices:
            judged = replace(clock, judged=self._tools.clock())
            local = _local(choice.subject.time, settings.zone)
            for notice in write_notices(settings.notifications, choice, local, judged):
                await self._post(notice)
        if is_news:
            self._disk.submit(self._spool.remember, self._memory)  # the newest: others decide too

    async def _post(self, notice: Notice) -> None:
        """Have it delivered once it is safe."""
        kept = asyncio.ensure_future(self._on_disk(lambda: self._spool.keep(notice)))
        await asyncio.wait({kept}, timeout=KEEP_S)
        self._lane(notice).put(notice)

    async def _pass_on(self, notice: Notice) -> Outcome:
        """Have it delivered to each browser by itself, so that none waits for another."""
        try:
            addressed = await self._addressed(notice)
        except PicketError as error:  # of the index, which may heal
            return Failed(str(error))
        for one in addressed:
            await self._post(one)
        return PassedOn() if addressed else Refused(NO_BROWSER)

    async def _addressed(self, notice: Notice) -> tuple[Notice, ...]:
        browsers = await self._tools.wait_for(self._tools.subscriptions.all)
        return tuple(replace(notice, target=one.id) for one in browsers)

    async def _on_disk(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._disk, work)

    def _lane(self, notice: Notice) -> Lane:
        key = (notice.channel, notice.target)
        if key not in self._lanes or self._lanes[key][1].done():
            world = World(self._deliver, self._end, self._tools.clock, random.random)
            lane = Lane(world)
            task = asyncio.create_task(lane.run(), name=f"lane {key}")
            task.add_done_callback(_note_fault)
            self._lanes[key] = lane, task
        return self._lanes[key][0]

    async def _deliver(self, notice: Notice) -> Outcome:
        config = self._settings().notifications.channels.get(notice.channel)
        if config is None:
            return Refused(f"there is no channel {notice.channel} any more")
        if config.type == "webpush" and not notice.target:
            return await self._pass_on(notice)
        return _masked(await carry(self._tools, config, notice), config)

    def _end(self, delivery: Delivery) -> None:
        self._disk.submit(self._spool.drop, delivery.notice)
        if delivery.fate is not Fate.PASSED_ON:
            self._ended.append(delivery)
            self._fates[delivery.fate] += 1
            _log(delivery)


def _masked(outcome: Outcome, config: ChannelConfig) -> Outcome:
    answer = without_secrets(outcome.answer, secrets_of(config))
    return replace(outcome, answer=mask_credentials(answer))


def _local(time: float, zone: ZoneInfo | None) -> datetime:
    return datetime.fromtimestamp(time, zone) if zone else datetime.fromtimestamp(time).astimezone()


def _on_the_wall(local: datetime) -> LocalTime:
    return LocalTime(local.weekday(), 60 * local.hour + local.minute)


def _log(delivery: Delivery) -> None:
    notice, clock = delivery.notice, delivery.notice.clock
    if delivery.fate is Fate.DELIVERED:
        total_s = clock.acknowledged - (clock.believed or clock.heard)
        logger.info("%s was told of %r in %.2f s", notice.channel, notice.title, total_s)
    else:
        logger.error(
            "%s was not told of %r (%s): %s",
            notice.channel,
            notice.title,
            delivery.fate.value,
            delivery.answer,
        )


def _note_fault(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        logger.error("%s broke, a new one takes over: %r", task.get_name(), error, exc_info=error)
