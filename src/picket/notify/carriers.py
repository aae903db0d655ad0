"""How a notification travels, by the type of its channel."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from picket.config.notifications import ChannelConfig
from picket.domain.errors import PicketError
from picket.domain.notice import Notice, PushSubscription, Subject
from picket.notify.attempts import Failed, Outcome, Refused
from picket.notify.ntfy import ntfy_parcel
from picket.notify.post import Http
from picket.notify.webhook import webhook_parcel

if TYPE_CHECKING:
    from picket.notify.push_messages import ServerKey

T = TypeVar("T")

GONE = (404, 410)
"""How a push service says that a browser does not want to be told any more."""


class Pictures(Protocol):
    """Where pictures come from."""

    def picture(self, subject: Subject) -> bytes | None:
        """JPEG of an event, running or over; None when there is none. Takes its time."""


class Subscriptions(Protocol):
    """The browsers that want to be told. Both take their time and raise PicketError."""

    def all(self) -> tuple[PushSubscription, ...]:
        """Every one."""

    def forget(self, endpoint: str) -> None:
        """It does not want to be told any more."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What carriers need of the program."""

    http: Http
    pictures: Pictures
    subscriptions: Subscriptions
    push_key: Callable[[], ServerKey]  # loads the libraries for it, which few need
    threads: ThreadPoolExecutor  # for what takes its time
    clock: Callable[[], float]  # Unix seconds

    async def wait_for(self, work: Callable[[], T]) -> T:
        """Have something done that takes its time."""
        return await asyncio.get_running_loop().run_in_executor(self.threads, work)


async def carry(tools: Tools, config: ChannelConfig, notice: Notice) -> Outcome:
    """Make one attempt to deliver."""
    try:
        match config.type:
            case "webpush":
                return await _push(tools, config, notice)
            case "apprise":
                return await _apprise(tools, config, notice)
        picture = await _picture(tools, notice)
        if config.type == "ntfy":
            parcel = ntfy_parcel(config, notice, picture)
        else:
            parcel = webhook_parcel(config, notice, picture, tools.clock())
        return await tools.http.post(parcel, config)
    except PicketError as error:
        return Failed(str(error))


async def _picture(tools: Tools, notice: Notice) -> bytes | None:
    """None when no picture goes along; one that cannot be had holds up nothing."""
    if notice.picture != "inline":
        return None
    try:
        return await tools.wait_for(lambda: tools.pictures.picture(notice.subject))
    except PicketError:
        return None


async def _push(tools: Tools, config: ChannelConfig, notice: Notice) -> Outcome:
    from picket.notify.push_messages import push_parcel

    known = {one.id: one for one in await tools.wait_for(tools.subscriptions.all)}
    browser = known.get(notice.target)
    if browser is None:
        return Refused("this browser is not subscribed any more")
    key = await tools.wait_for(tools.push_key)
    parcel = push_parcel(browser, notice, key, config.contact, tools.clock())
    outcome = await tools.http.post(parcel, config)
    if isinstance(outcome, Refused | Failed) and outcome.status in GONE:
        await tools.wait_for(lambda: tools.subscriptions.forget(browser.endpoint))
        return Refused(f"{outcome.answer}: this browser is not subscribed any more")
    return outcome


async def _apprise(tools: Tools, config: ChannelConfig, notice: Notice) -> Outcome:
    picture = await _picture(tools, notice)

    def send() -> Outcome:
        from picket.notify.apprise_channel import send_by_apprise

        return send_by_apprise(config, notice, picture)

    return await tools.wait_for(send)
