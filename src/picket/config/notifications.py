"""`notifications`: who is told of what, and how; a section of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal
from zoneinfo import available_timezones

from pydantic import field_validator, model_validator

from picket.config.section import Section, setting

ChannelType = Literal["webhook", "webpush", "ntfy", "apprise"]

When = Literal["begin", "better", "end", "camera_offline", "detector_blind", "disk_full"]

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

TEXT_FIELDS = (
    *("camera", "clip_link", "detail", "end_time", "event_id", "key", "label", "link"),
    *("picture_link", "rule", "score", "start_time", "sub_label", "time", "when", "zones"),
)
"""Names that texts may use, in braces; there are no others, so no template reaches a secret."""

BODY_FIELDS = (*TEXT_FIELDS, "title", "message", "picture")
"""The same for the body of a webhook."""

SPAN = re.compile(r"^([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-3]):([0-5]\d)$")

CONTACT = re.compile(r"^(mailto:[^@\s]+@|https://)[\w-]+(\.[\w-]+)+$")
"""Push services refuse others."""

NEEDED = {"webhook": ("url",), "ntfy": ("url",), "apprise": ("url",), "webpush": ("contact",)}
"""What a channel of each type cannot do without."""

NAME = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
"""A name in braces, a doubled brace, or a lonely one."""


class ChannelConfig(Section):
    """One way to somebody; which keys count depends on its type."""

    type: ChannelType = setting("What carries the notification.")
    url: str = setting(
        "Address of the receiver: a webhook's, `https://ntfy.sh/<topic>`, or an Apprise URL;"
        " `{FRIGATE_NAME}` is replaced.",
        default="",
        repr=False,
    )
    headers: dict[str, str] = setting(
        "Headers of a webhook; `{FRIGATE_NAME}` is replaced.", default={}, repr=False
    )
    secret: str | None = setting(
        "Key that signs what a webhook is sent (`whsec_` and Base64, or any text);"
        " `{FRIGATE_NAME}` is replaced.",
        default=None,
        repr=False,
    )
    body: dict[str, Any] | None = setting(
        "JSON body of a webhook, in whose texts names in braces are replaced; null means all"
        " fields.",
        default=None,
    )
    token: str | None = setting(
        "Access token of an ntfy server; `{FRIGATE_NAME}` is replaced.", default=None, repr=False
    )
    priority: int = setting("How urgent ntfy shows it, 5 most.", default=4, unit="1..5", ge=1, le=5)
    contact: str = setting(
        "Web push: whom a push service may write to when it has trouble with us, such as"
        " `mailto:me@example.org`.",
        default="",
    )
    services: tuple[str, ...] = setting(
        "Web push: further push services than those of the known browsers, as origins such as"
        " `https://push.example.org`.",
        default=(),
    )
    timeout: float = setting(
        "How long a receiver may take to connect, and then to answer.",
        default=10.0,
        unit="s",
        gt=0,
        le=60,
    )
    verify_tls: bool = setting("Whether the receiver's certificate must be valid.", default=True)

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> ChannelConfig:
        for key in NEEDED[self.type]:
            if not getattr(self, key):
                raise ValueError(f"a channel of type {self.type} needs `{key}`: add it")
        if self.type in ("webhook", "ntfy") and not re.match(r"https?://[^/\s]+", self.url):
            raise ValueError("`url` must begin with http:// or https:// and name a host")
        if self.type == "webpush" and not CONTACT.match(self.contact):
            raise ValueError("`contact` must be like mailto:me@example.org or https://example.org")
        return self

    @field_validator("body")
    @classmethod
    def _known_names(cls, body: dict[str, Any] | None) -> dict[str, Any] | None:
        for text in texts_of(body):
            require_fields(text, BODY_FIELDS)
        return body


class RuleConfig(Section):
    """What is told to whom; of cameras, labels, zones, days and hours an empty list means any."""

    channels: tuple[str, ...] = setting("Names of channels.")
    when: tuple[When, ...] = setting(
        "`begin`: an event fits for the first time; `better`: there is a better picture of it;"
        " `end`: it ended; `camera_offline`, `detector_blind`, `disk_full`: something needs care.",
        default=("begin",),
    )
    cameras: tuple[str, ...] = setting("Cameras it is about.", default=())
    labels: tuple[str, ...] = setting(
        "Labels, such as `person`, or `bark` where sound is listened to.", default=()
    )
    sub_labels: tuple[str, ...] = setting("Sub labels, such as a name.", default=())
    zones: tuple[str, ...] = setting("Zones of which the object entered one.", default=())
    min_score: float = setting("Least top score.", default=0.0, unit="0..1", ge=0, le=1)
    days: tuple[Day, ...] = setting("Days of the week.", default=())
    hours: tuple[str, ...] = setting(
        "Times of day such as `22:00-06:30`, which is past midnight part of the day it began.",
        default=(),
    )
    cooldown: float = setting(
        "After something was told, others of the same camera and label are not told for so long.",
        default=0.0,
        unit="s",
        ge=0,
    )
    after: float = setting(
        "How long trouble must last until it is told.", default=60.0, unit="s", ge=0
    )
    free_below: float = setting(
        "The disk counts as full below so much free space.", default=0.5, unit="GiB", gt=0
    )
    title: str = setting("First line; names in braces are replaced.", default="")
    message: str = setting("Text; names in braces are replaced.", default="")
    picture: Literal["none", "link", "inline"] = setting(
        "Whether the picture goes along: as a link (needs `base_url`), or itself.", default="link"
    )
    expire: float = setting(
        "What could not be delivered for so long is not told any more.",
        default=86_400.0,
        unit="s",
        gt=0,
        le=604_800,
    )

    @field_validator("title", "message")
    @classmethod
    def _known_names(cls, text: str) -> str:
        require_fields(text, TEXT_FIELDS)
        return text

    @field_validator("hours")
    @classmethod
    def _readable(cls, hours: tuple[str, ...]) -> tuple[str, ...]:
        for span in hours:
            if not SPAN.match(span):
                raise ValueError(f"{span!r} is no span of a day: write it like 22:00-06:30")
        return hours


class NotificationsConfig(Section):
    """Notifications; nobody is told without a rule."""

    base_url: str = setting(
        "Address under which you reach this program, for links, such as `https://nvr.example.org`.",
        default="",
        pattern=r"^(https?://\S+)?$",
    )
    timezone: str | None = setting(
        "Time zone of days and hours, such as `Europe/Paris`; null means `ui.timezone`, else the"
        " machine's.",
        default=None,
    )
    channels: dict[str, ChannelConfig] = setting("Ways to people, by a name of yours.", default={})
    rules: dict[str, RuleConfig] = setting("Who is told of what, by a name of yours.", default={})

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, name: str | None) -> str | None:
        if name is not None and name not in available_timezones():
            raise ValueError(f"there is no time zone {name[:60]!r}: use one such as Europe/Paris")
        return name

    @field_validator("channels", "rules")
    @classmethod
    def _are_names(cls, named: dict[str, Any]) -> dict[str, Any]:
        for name in named:
            if not re.fullmatch(r"[a-zA-Z0-9_-]{1,60}", name):
                raise ValueError(f"{name[:60]!r} is no name: use letters, digits, `_` and `-`")
        return named


def texts_of(tree: Any) -> Iterator[str]:
    """Every text in a body, keys aside."""
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for child in tree.values():
            yield from texts_of(child)
    elif isinstance(tree, list | tuple):
        for child in tree:
            yield from texts_of(child)


def require_fields(text: str, known: tuple[str, ...]) -> None:
    """Raises: ValueError when a name in braces is unknown, or a brace stands alone."""
    for found in NAME.finditer(text):
        if found[0] in ("{{", "}}"):
            continue
        if found[1] is None:
            raise ValueError(f"a brace stands alone in {text[:60]!r}: double it to mean itself")
        if found[1] not in known:
            names = ", ".join(sorted(known))
            raise ValueError(f"{{{found[1][:40]}}} is no field: use one of {names}")
