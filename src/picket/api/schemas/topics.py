"""Messages of topics as text frames of a WebSocket."""

from __future__ import annotations

import json
from typing import Any

from picket.topics.message import Message


def to_frame(message: Message) -> str | None:
    """JSON with `topic` and `payload`; None for bytes, which are not sent."""
    if isinstance(message.payload, bytes):
        return None
    return json.dumps({"topic": message.topic, "payload": message.payload}, allow_nan=False)


def from_frame(text: str) -> Message:
    """What a client sent; a payload that is neither text nor a number becomes its JSON text.

    Raises: ValueError when it is not a JSON object with a `topic`.
    """
    try:
        content = json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    match content:
        case {"topic": str(topic)}:
            return Message(topic, _payload(content.get("payload", "")))
    raise ValueError("not a JSON object with a topic")


def _payload(value: Any) -> str | int | float:
    text = json.dumps(value, allow_nan=False)  # refuses 1e999, of which nobody could be told
    is_plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return value if is_plain else text


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is not JSON")
