"""What a detector is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from picket.domain.detection import Detection
from picket.domain.geometry import Box


class Urgency(IntEnum):
    """What a look is for; the smaller, the more urgent."""

    NEW = 0  # motion that nothing known explains, and what has not convinced yet
    MOVING = 1  # what is known and moves, or was missed
    RESTING = 2  # what stands where it stood, and a scene that was never seen


@dataclass(frozen=True, slots=True)
class Ask:
    """A square of a frame, and why it matters."""

    region: Box
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class Answer:
    """What a detector made of the squares of a frame."""

    found: tuple[Detection, ...] = ()  # boxes in pixels of the frame
    looked: tuple[Box, ...] = ()  # the squares it looked at; it had no time for the others
