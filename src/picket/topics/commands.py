"""What clients say on a topic, and what they mean by it."""

from __future__ import annotations

from dataclasses import dataclass

from picket.topics.message import Message

LONGEST_TOPIC_BYTES = 65_535
"""Source: MQTT 3.1.1, section 1.5.3; what is forbidden in a topic, section 4.7."""


@dataclass(frozen=True, slots=True)
class SwitchFeature:
    """Set a feature of a camera, such as detection."""

    camera: str
    feature: str
    payload: str


@dataclass(frozen=True, slots=True)
class MoveCamera:
    """Move a camera, such as `MOVE_UP`."""

    camera: str
    command: str


@dataclass(frozen=True, slots=True)
class Restart:
    """End the program and start it again."""


@dataclass(frozen=True, slots=True)
class Republish:
    """No command: tell it to everyone."""

    message: Message


Command = SwitchFeature | MoveCamera | Restart | Republish


def read_command(message: Message) -> Command:
    """What is meant; `<camera>/<feature>/set`, `<camera>/ptz` and `restart` are commands.

    Raises: ValueError when nothing can be published under the topic.
    """
    require_topic(message.topic)
    payload = message.payload
    text = payload.decode(errors="replace") if isinstance(payload, bytes) else str(payload)
    match message.topic.split("/"):
        case [camera, feature, "set"]:
            return SwitchFeature(camera, feature, text)
        case [camera, "ptz"]:
            return MoveCamera(camera, text)
        case ["restart"]:
            return Restart()
    return Republish(message)


def require_topic(topic: str) -> None:
    """Raises: ValueError when it is empty, too long or holds a wildcard or NUL."""
    if not topic or len(topic.encode()) > LONGEST_TOPIC_BYTES or set(topic) & {"#", "+", "\0"}:
        raise ValueError(f"a topic is 1..{LONGEST_TOPIC_BYTES} bytes without #, + and NUL")
