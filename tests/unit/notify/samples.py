"""Subjects, rules and notices that tests start from."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from picket.config.notifications import ChannelConfig, NotificationsConfig, RuleConfig
from picket.domain.errors import StoreError
from picket.domain.notice import Clock, Notice, PushSubscription, Subject, When
from picket.notify.carriers import Tools
from picket.notify.post import Http
from picket.notify.push_messages import ServerKey
from picket.notify.rules import LocalTime

NOON = 1705320000.0  # 2024-01-15 12:00:00 UTC, a Monday
MONDAY_NOON = LocalTime(0, 720)
PERSON = Subject(
    When.BEGIN,
    "1705320000.5-abc123",
    NOON,
    camera="front_door",
    label="person",
    zones=("porch",),
    score=0.84,
    start_time=NOON - 1,
    has_picture=True,
)


def rule(**settings: Any) -> RuleConfig:
    """A rule; what is not said is the default."""
    return RuleConfig.model_validate({"channels": ["hook"], **settings})


def channel(url: str = "http://hook.example/secret-path", **settings: Any) -> ChannelConfig:
    """A webhook, unless its type is said."""
    return ChannelConfig.model_validate({"type": "webhook", "url": url, **settings})


def notifications(
    channels: dict[str, ChannelConfig], rules: dict[str, RuleConfig] | None = None, **more: Any
) -> NotificationsConfig:
    return NotificationsConfig.model_validate(
        {
            "channels": {name: one.model_dump() for name, one in channels.items()},
            "rules": {name: one.model_dump() for name, one in (rules or {}).items()},
            **more,
        }
    )


def notice(**changes: Any) -> Notice:
    """One about the person."""
    fields: dict[str, str | float | None] = {
        **dict.fromkeys(("clip_link", "sub_label", "end_time"), None),
        **{"camera": "front_door", "label": "person", "when": "begin", "key": "0" * 32},
        **{"event_id": PERSON.id, "link": "https://nvr.example/x", "score": 0.84, "rule": "r"},
        **{"picture_link": "https://nvr.example/p.jpg", "zones": "porch", "detail": ""},
        **{"start_time": NOON - 1, "time": "2024-01-15T12:00:00+00:00"},
    }
    one = Notice(
        key="0" * 32,
        channel="hook",
        rule="r",
        title="Person at front_door",
        message="12:00:00, 84%",
        fields=fields,
        picture="none",
        subject=PERSON,
        expires_time=NOON + 3600,
        clock=Clock(NOON, NOON + 0.1, NOON + 0.2, NOON + 0.3),
    )
    return replace(one, **changes)


@dataclass
class FewBrowsers:
    """Fills in `picket.notify.carriers.Subscriptions`."""

    browsers: list[PushSubscription] = field(default_factory=list)
    problem: str = ""  # of the index

    def all(self) -> tuple[PushSubscription, ...]:
        if self.problem:
            raise StoreError(self.problem)
        return tuple(self.browsers)

    def forget(self, endpoint: str) -> None:
        self.browsers = [one for one in self.browsers if one.endpoint != endpoint]


@dataclass
class OnePicture:
    """Fills in `picket.notify.carriers.Pictures`."""

    jpeg: bytes | None = b"\xff\xd8 a picture"

    def picture(self, subject: Subject) -> bytes | None:
        return self.jpeg


@dataclass
class Hands:
    """Tools, and what a test changes of them."""

    folder: Path
    browsers: FewBrowsers = field(default_factory=FewBrowsers)
    pictures: OnePicture = field(default_factory=OnePicture)
    times: list[float] = field(default_factory=lambda: [NOON])

    def tools(self) -> Tools:
        """For one event loop."""
        return Tools(
            Http(),
            self.pictures,
            self.browsers,
            lambda: ServerKey(self.folder / "webpush.pem"),
            ThreadPoolExecutor(2),
            lambda: self.times[0],
        )
