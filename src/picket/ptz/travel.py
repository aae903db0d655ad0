"""How long a camera takes to turn, as lines through measured moves. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from picket.ptz.commands import Turn

DISTANCES = (0.25, 0.5, 0.75, 1.0)
"""Moves that are measured, in halves of the picture; each there and back, so that the camera stays
about where it is."""
WAYS = ((1, 0), (-1, 0), (0, 1), (0, -1))
FEWEST_MEASURED = 8
"""A line through less is chance."""
LONGEST_MOVE_S = 20.0
"""Slower cameras follow nobody; what claims so was measured wrongly."""


@dataclass(frozen=True, slots=True)
class Travel:
    """A pause, and then both motors at once, each by its share of the picture."""

    pause_s: float = 0.5
    pan_s: float = 0.5  # for half a picture
    tilt_s: float = 0.5

    def duration_s(self, turn: Turn) -> float:
        """How long such a move takes until the camera rests."""
        return self.pause_s + max(self.pan_s * abs(turn.pan), self.tilt_s * abs(turn.tilt))

    def closer_by(self, times: float) -> Travel:
        """The same motors when the picture is so many times enlarged: it spans a smaller angle."""
        return Travel(self.pause_s, self.pan_s / times, self.tilt_s / times)


@dataclass(frozen=True, slots=True)
class Measured:
    """One move and how long it took."""

    turn: Turn
    seconds: float


def calibration_moves() -> tuple[Turn, ...]:
    """What is measured, in this order; it ends where it began, as far as the camera is exact."""
    return tuple(Turn(d * x, d * y) for d in DISTANCES for x, y in WAYS)


def fit_travel(measured: Sequence[Measured]) -> Travel | None:
    """The lines of least squares; None when what was measured is not how cameras move.

    Each move turns one motor alone, so that both lines begin at one pause. A camera that stands at
    its stop moves in no time: no slope counts as less than nothing.

    Source: Legendre 1805, the method of least squares.
    """
    if len(measured) < FEWEST_MEASURED:
        return None
    rows = np.array([[1.0, abs(one.turn.pan), abs(one.turn.tilt)] for one in measured])
    seconds = np.array([one.seconds for one in measured])
    pause_s, pan_s, tilt_s = (max(float(x), 0.0) for x in np.linalg.lstsq(rows, seconds)[0])
    travel = Travel(pause_s, pan_s, tilt_s)
    return travel if 0.0 < travel.duration_s(Turn(1.0, 1.0)) <= LONGEST_MOVE_S else None


def to_weights(travel: Travel) -> tuple[str, ...]:
    """As `movement_weights` has them: the range of the zoom, which is not used, then the line."""
    line = (travel.pause_s, travel.pan_s, travel.tilt_s)
    return ("0.0", "1.0", *(str(round(number, 4)) for number in line))


def from_weights(weights: Sequence[str]) -> Travel | None:
    """The line in `movement_weights`; None where none is written, or no camera moves so."""
    if not weights:
        return None
    travel = Travel(*(float(weight) for weight in weights[2:]))
    is_sound = min(travel.pause_s, travel.pan_s, travel.tilt_s) >= 0
    is_quick = 0.0 < travel.duration_s(Turn(1.0, 1.0)) <= LONGEST_MOVE_S
    return travel if is_sound and is_quick else None
