"""Notifications: bodies and answers."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, Field

from picket.api.queries import Question
from picket.api.schemas.event_changes import Done
from picket.domain.notice import Delivery, PushSubscription

ADDRESS_MAX = 2000


class TestIn(Question):
    """Body of POST /api/notifications/test; it may be left out."""

    __test__ = False  # no test of pytest's

    channel: str | None = None
    """Name of the channel; all of them without it."""


class TestedOut(BaseModel):
    """One channel that took the test."""

    channel: str
    answer: str  # what the receiver said
    duration_s: float


class TestsOut(Done):
    """Every channel that was asked has taken it."""

    __test__ = False

    channels: list[TestedOut]


class ChannelOut(BaseModel):
    """A way to somebody, without its secrets."""

    name: str
    type: str
    receiver: str  # host of a web address
    waiting: int  # notifications that nobody took yet
    failures: int  # attempts in a row
    problem: str  # of the last attempt


class DeliveryOut(BaseModel):
    """What became of a notification."""

    key: str
    channel: str
    rule: str
    when: str
    title: str
    camera: str
    label: str
    event_id: str | float | None
    fate: str  # delivered, refused, expired or displaced
    time: float  # Unix seconds
    attempts: int
    answer: str
    stages: dict[str, float]  # seconds from the one before

    @classmethod
    def of(cls, one: Delivery, stages: dict[str, float]) -> Self:
        """The answer's form."""
        notice = one.notice
        return cls(
            key=notice.key,
            channel=notice.channel,
            rule=notice.rule,
            when=notice.subject.when.value,
            title=notice.title,
            camera=notice.subject.camera,
            label=notice.subject.label,
            event_id=notice.fields.get("event_id"),
            fate=one.fate.value,
            time=one.time,
            attempts=one.attempts,
            answer=one.answer,
            stages=stages,
        )


class StageOut(BaseModel):
    """How long a stage takes, seconds."""

    median: float
    most: float
    count: int


class NotificationsOut(BaseModel):
    """How telling goes."""

    base_url: str
    channels: list[ChannelOut]
    rules: dict[str, dict[str, Any]]
    subscriptions: int  # browsers
    fates: dict[str, int]  # since the start
    latency: dict[str, StageOut]  # of what was delivered last
    deliveries: list[DeliveryOut]  # newest first


class PushKeyOut(BaseModel):
    """What a page needs to subscribe."""

    key: str  # `applicationServerKey`, Base64url


class PushKeysIn(Question):
    """The keys of a browser's subscription."""

    p256dh: str = Field(max_length=200)
    """Its public key, Base64url."""
    auth: str = Field(max_length=100)
    """Its secret, Base64url."""


class SubscribeIn(Question):
    """A browser's `PushSubscription` as JSON, and a name for it."""

    endpoint: str = Field(max_length=ADDRESS_MAX)
    """Where its push service takes messages."""
    keys: PushKeysIn
    """What messages are encrypted with."""
    name: str = Field("", max_length=100)
    """Words to know the device again."""

    def to_subscription(self, now: float) -> PushSubscription:
        """In the program's words."""
        return PushSubscription(self.endpoint, self.keys.p256dh, self.keys.auth, now, self.name)


class UnsubscribeIn(Question):
    """The browser that wants to be told no more."""

    endpoint: str = Field(max_length=ADDRESS_MAX)
    """As it was subscribed."""
