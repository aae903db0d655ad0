"""One message of a topic, whoever carries it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Payload = str | int | float | bytes


@dataclass(frozen=True, slots=True)
class Message:
    """What is told to everyone who listens."""

    topic: str  # without the prefix of the broker
    payload: Payload
    retain: bool = False  # a broker keeps it for those who come later


def json_message(topic: str, content: Mapping[str, Any]) -> Message:
    """A message whose payload is JSON text."""
    return Message(topic, json.dumps(content, separators=(",", ":"), allow_nan=False))
