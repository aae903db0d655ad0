"""Who is told without asking."""

from __future__ import annotations

from asyncio import gather, wrap_future
from typing import Annotated, Any

from fastapi import APIRouter, Body

from picket.api.deps import Context, ServerContext, Store
from picket.api.notification_stages import latency_of, stages_of
from picket.api.schemas.event_changes import Done
from picket.api.schemas.notifications import (
    ChannelOut,
    DeliveryOut,
    NotificationsOut,
    PushKeyOut,
    SubscribeIn,
    TestedOut,
    TestIn,
    TestsOut,
    UnsubscribeIn,
)
from picket.config.channel_secrets import receiver_of
from picket.domain.errors import InvalidRequest, NotFound, Unavailable
from picket.domain.notice import ChannelState
from picket.ipc.changes import SubscribeBrowser, UnsubscribeBrowser
from picket.store.push_subscriptions import list_subscriptions

MAY_BE_MISSING: dict[int | str, dict[str, Any]] = {
    404: {"description": "No such channel or browser."}
}

router = APIRouter(prefix="/api/notifications", tags=["notifications"])


@router.get("")
def show_notifications(context: Context, store: Store) -> NotificationsOut:
    """Channels without their secrets, rules, what became of the last ones, and how long it took."""
    deliveries = context.notifications.deliveries()
    return NotificationsOut(
        base_url=context.config.notifications.base_url,
        channels=_channels(context),
        rules={
            name: rule.model_dump() for name, rule in context.config.notifications.rules.items()
        },
        subscriptions=len(list_subscriptions(store)),
        fates={fate.value: count for fate, count in context.notifications.fates().items()},
        latency=latency_of(deliveries),
        deliveries=[DeliveryOut.of(one, stages_of(one.notice.clock)) for one in deliveries],
    )


def _channels(context: ServerContext) -> list[ChannelOut]:
    states = context.notifications.states()
    return [
        ChannelOut(
            name=name,
            type=channel.type,
            receiver=receiver_of(channel),
            waiting=state.waiting,
            failures=state.failures,
            problem=state.problem,
        )
        for name, channel in context.config.notifications.channels.items()
        for state in [states.get(name, ChannelState())]
    ]


@router.post("/test", responses=MAY_BE_MISSING)
async def send_test(context: Context, body: Annotated[TestIn | None, Body()] = None) -> TestsOut:
    """Send a test to a channel, or to every one, past all that waits; tells what they said."""
    configured = context.config.notifications.channels
    wanted = (body or TestIn()).channel
    names = list(configured) if wanted is None else [wanted]
    if not names:
        raise InvalidRequest("there is no channel to test: add one to notifications.channels")
    if unknown := [name for name in names if name not in configured]:
        raise NotFound(f"there is no channel {unknown[0]}: add it to notifications.channels")
    attempts = await gather(*(wrap_future(context.notifications.attempt(one)) for one in names))
    told = dict(zip(names, attempts, strict=True))
    failed = [f"{name}: {one.answer}" for name, one in told.items() if not one.is_taken]
    if failed:
        raise Unavailable(f"The test did not arrive. {'; '.join(failed)}")
    return TestsOut(
        message=f"The test arrived: {', '.join(names)}",
        channels=[
            TestedOut(channel=name, answer=one.answer, duration_s=round(one.duration_s, 3))
            for name, one in told.items()
        ],
    )


@router.get("/webpush/key", responses=MAY_BE_MISSING)
def show_push_key(context: Context) -> PushKeyOut:
    """What a page gives its browser to subscribe; made at first use."""
    _require_web_push(context)
    return PushKeyOut(key=context.notifications.push_key())


@router.post("/webpush/subscriptions", responses=MAY_BE_MISSING)
def subscribe_browser(context: Context, body: SubscribeIn) -> Done:
    """Tell a browser from now on; the same one again takes over its keys and name."""
    _require_web_push(context)
    subscription = body.to_subscription(context.clock())
    context.notifications.require_browser(subscription)
    context.commands.carry_out(SubscribeBrowser(subscription))
    return Done(message="This browser is told from now on")


@router.delete("/webpush/subscriptions", responses=MAY_BE_MISSING)
def unsubscribe_browser(context: Context, body: UnsubscribeIn) -> Done:
    """Tell a browser no more."""
    context.commands.carry_out(UnsubscribeBrowser(body.endpoint))
    return Done(message="This browser is told no more")


def _require_web_push(context: ServerContext) -> None:
    channels = context.config.notifications.channels.values()
    if not any(one.type == "webpush" for one in channels):
        raise NotFound(
            "there is no channel for web push: add one of type webpush to notifications.channels"
        )
