"""The words that move a camera, the same over HTTP, WebSocket and MQTT."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from picket.domain.errors import InvalidRequest

SPEED = 0.5
"""Of the fastest: quick enough to turn around, slow enough to stop where one wants to."""

PRESET = "PRESET_"

ZoomWay = Literal["absolute", "relative"]
"""By a place in the range that the camera tells, or by a distance."""


@dataclass(frozen=True, slots=True)
class Connect:
    """Only find out what the camera can do."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Stand still."""


@dataclass(frozen=True, slots=True)
class PanTilt:
    """Turn until stopped; shares of the fastest, -1..1."""

    right: float = 0.0
    up: float = 0.0


@dataclass(frozen=True, slots=True)
class Zoom:
    """Zoom until stopped; share of the fastest, -1..1."""

    closer: float


@dataclass(frozen=True, slots=True)
class GoToPreset:
    """Go to a stored position."""

    name: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Turn by so much of the picture, and stop there: 1 brings its border to the middle."""

    pan: float = 0.0  # to the right, -1..1
    tilt: float = 0.0  # upwards


@dataclass(frozen=True, slots=True)
class ZoomBy:
    """Zoom by so much of the whole range, and stop there."""

    closer: float  # -1..1
    way: ZoomWay


PtzCommand = Connect | Stop | PanTilt | Zoom | GoToPreset | Turn | ZoomBy

WORDS: dict[str, PtzCommand] = {
    "INIT": Connect(),
    "MOVE_UP": PanTilt(up=SPEED),
    "MOVE_DOWN": PanTilt(up=-SPEED),
    "MOVE_LEFT": PanTilt(right=-SPEED),
    "MOVE_RIGHT": PanTilt(right=SPEED),
    "ZOOM_IN": Zoom(closer=SPEED),
    "ZOOM_OUT": Zoom(closer=-SPEED),
    "STOP": Stop(),
}


def parse_command(text: str) -> PtzCommand:
    """What a word means; its case does not matter.

    Raises: InvalidRequest for an unknown word; the message names those there are.
    """
    word = text.strip()
    if word.upper() in WORDS:
        return WORDS[word.upper()]
    if word[: len(PRESET)].upper() == PRESET:
        return GoToPreset(word[len(PRESET) :])
    raise InvalidRequest(f"unknown command {text!r}: use {', '.join(WORDS)} or preset_<name>")
