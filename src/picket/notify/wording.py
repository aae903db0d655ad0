"""From what a rule chose to the notification as it is sent: pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from picket.config.notifications import NAME, NotificationsConfig
from picket.domain.notice import Clock, Notice, Subject, When
from picket.notify.rules import OF_EVENTS, Choice

TITLES = {
    When.BEGIN: "{label} at {camera}",
    When.BETTER: "{label} at {camera}",
    When.END: "{label} at {camera} is gone",
    When.CAMERA_OFFLINE: "Camera {camera} is offline",
    When.DETECTOR_BLIND: "Camera {camera} detects nothing",
    When.DISK_FULL: "The disk is nearly full",
}
"""First lines where a rule has none of its own."""

Fields = Mapping[str, str | float | None]


def write_notices(
    settings: NotificationsConfig, choice: Choice, local: datetime, clock: Clock
) -> tuple[Notice, ...]:
    """A notification for each channel that the rule names and that there is.

    Args:
        settings: rules and channels.
        choice: what is told by which rule.
        local: the subject's time, in the time zone that readers live in.
        clock: when what happened to it so far.
    """
    rule, subject = settings.rules[choice.rule], choice.subject
    fields = describe(settings.base_url, choice, local)
    title = fill(rule.title or TITLES[subject.when], fields)
    message = fill(rule.message, fields) if rule.message else default_message(subject, local)
    return tuple(
        Notice(
            key=_key(choice, channel),
            channel=channel,
            rule=choice.rule,
            title=title[:1].upper() + title[1:],
            message=message,
            fields={**fields, "key": _key(choice, channel)},
            picture=rule.picture if subject.has_picture else "none",
            subject=subject,
            expires_time=clock.judged + rule.expire,
            clock=clock,
        )
        for channel in dict.fromkeys(rule.channels)
        if channel in settings.channels
    )


def write_test(settings: NotificationsConfig, channel: str, local: datetime) -> Notice:
    """What the test button sends to a channel."""
    subject = Subject(When.BEGIN, f"test-{local.timestamp():.3f}", local.timestamp())
    choice = Choice("test", subject)
    return Notice(
        key=_key(choice, channel),
        channel=channel,
        rule="test",
        title="Test",
        message=f"Notifications by {channel} arrive ({local:%H:%M:%S}).",
        fields={**describe(settings.base_url, choice, local), "key": _key(choice, channel)},
        picture="none",
        subject=subject,
        expires_time=subject.time + 60,
        clock=Clock(heard=subject.time, judged=subject.time),
    )


def describe(base_url: str, choice: Choice, local: datetime) -> Fields:
    """The fields that texts may use, all but `key`; links need the address we are reached under."""
    subject = choice.subject
    event = f"{base_url.rstrip('/')}/api/events/{subject.id}" if base_url else ""
    picture = f"{event}/snapshot.jpg" if event and subject.has_picture else None
    clip = f"{event}/clip.mp4" if event and subject.has_clip and subject.end_time else None
    return {
        "camera": subject.camera,
        "clip_link": clip,
        "detail": subject.detail,
        "end_time": subject.end_time,
        "event_id": subject.id if subject.when in OF_EVENTS else None,
        "label": subject.label,
        "link": clip or picture or base_url or None,
        "picture_link": picture,
        "rule": choice.rule,
        "score": round(subject.score, 3),
        "start_time": subject.start_time or None,
        "sub_label": subject.sub_label or None,
        "time": local.isoformat(timespec="seconds"),
        "when": subject.when.value,
        "zones": ", ".join(subject.zones),
    }


def default_message(subject: Subject, local: datetime) -> str:
    """Text where a rule has none of its own."""
    if subject.when not in OF_EVENTS:
        return f"Since {local:%Y-%m-%d %H:%M:%S}" + (
            f": {subject.detail}" if subject.detail else ""
        )
    parts = [f"{local:%H:%M:%S}", f"{subject.score:.0%}"]
    parts += [subject.sub_label] if subject.sub_label else []
    parts += [f"in {', '.join(subject.zones)}"] if subject.zones else []
    return ", ".join(parts)


def fill(text: str, fields: Fields) -> str:
    """The text with each `{name}` replaced; what there is none of is empty, `{{` is a brace."""

    def value(name: str) -> str:
        found = fields[name]
        return "" if found is None else str(found)

    return NAME.sub(lambda m: m[0][0] if m[1] is None else value(m[1]), text)


def fill_tree(tree: Any, fields: Fields) -> Any:
    """A JSON body with its texts filled; a text that is one name alone keeps the value's type."""
    match tree:
        case str():
            alone = NAME.fullmatch(tree)
            return fields[alone[1]] if alone and alone[1] is not None else fill(tree, fields)
        case dict():
            return {key: fill_tree(child, fields) for key, child in tree.items()}
        case list() | tuple():
            return [fill_tree(child, fields) for child in tree]
    return tree


def _key(choice: Choice, channel: str) -> str:
    """The same for the same thing, also after a restart."""
    subject = choice.subject
    parts = [choice.rule, channel, subject.when.value, subject.id]
    parts += [str(subject.time)] if subject.when in (When.BETTER, When.DISK_FULL) else []
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
