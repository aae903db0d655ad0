"""A constant-velocity Kalman filter for many boxes at once.

The four sides of a box are filtered independently with the same model, so that a box needs four
positions, four velocities and one 2x2 covariance. Time is in seconds and noise in sizes of the
object: frames come irregularly, and what is near moves and trembles by more pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from picket.domain.geometry import Box

SIDE_NOISE = 0.05
"""Standard deviation of a side as detectors report it, in sizes."""
DOUBTFUL_NOISE = 0.15
"""The same of what is hardly seen: a box around the half that shows, or around two."""
FIRST_SPEED = 2.0
"""Standard deviation of the speed of what was seen once, in sizes a second: people walk half a
size, cars pass with three."""
PUSH = 1.5
"""Standard deviation of the acceleration, in sizes a second squared: a walker stops in a step."""
FADING_S = 4.0
"""An unseen walk is expected to end: its speed falls to a third in so long."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """Where n boxes are and whither they go; one row each."""

    position: Floats  # x1, y1, x2, y2 in pixels, shape (n, 4)
    velocity: Floats  # pixels per second, shape (n, 4)
    covariance: Floats  # of (position, velocity) of every side, shape (n, 2, 2)

    def __len__(self) -> int:
        return len(self.position)

    def rows(self, chosen: Sequence[int]) -> Estimates:
        """Some rows, in this order."""
        index = np.asarray(chosen, dtype=np.intp)
        return Estimates(self.position[index], self.velocity[index], self.covariance[index])

    def joined(self, other: Estimates) -> Estimates:
        """These rows and then the others."""
        return Estimates(
            np.concatenate((self.position, other.position)),
            np.concatenate((self.velocity, other.velocity)),
            np.concatenate((self.covariance, other.covariance)),
        )


def to_array(boxes: Sequence[Box]) -> Floats:
    """Boxes as x1, y1, x2, y2, float64, shape (n, 4)."""
    corners = [(box.x1, box.y1, box.x2, box.y2) for box in boxes]
    return np.asarray(corners, dtype=np.float64).reshape(-1, 4)


def begin(boxes: Sequence[Box]) -> Estimates:
    """Estimates of boxes seen for the first time, at rest."""
    position = to_array(boxes)
    size = sizes(position)
    covariance = np.zeros((len(boxes), 2, 2))
    covariance[:, 0, 0] = (SIDE_NOISE * size) ** 2
    covariance[:, 1, 1] = (FIRST_SPEED * size) ** 2
    return Estimates(position, np.zeros_like(position), covariance)


def predict(estimates: Estimates, step_s: float) -> Estimates:
    """So many seconds later, 0 or more.

    Source: Kalman 1960, "A New Approach to Linear Filtering and Prediction Problems"; constant
    velocity, disturbed by white acceleration, with a speed that fades as in Singer 1970,
    "Estimating Optimal Tracking Filter Performance for Manned Maneuvering Targets".
    """
    kept = float(np.exp(-step_s / FADING_S))
    reach_s = FADING_S * (1 - kept)
    transition = np.array(((1.0, reach_s), (0.0, kept)))
    pushed = np.outer((step_s**2 / 2, step_s), (step_s**2 / 2, step_s))
    push = (PUSH * sizes(estimates.position)) ** 2
    return Estimates(
        estimates.position + reach_s * estimates.velocity,
        kept * estimates.velocity,
        transition @ estimates.covariance @ transition.T + push[:, None, None] * pushed,
    )


def correct(estimates: Estimates, seen: Floats, noise: Floats | float = SIDE_NOISE) -> Estimates:
    """Estimates after one measurement of each row.

    Args:
        estimates: of this moment.
        seen: positions as `Estimates` has them, float64, shape (n, 4).
        noise: standard deviation of their sides in sizes, of each row (shape (n,)) or of all.
    """
    covariance = estimates.covariance
    total = covariance[:, 0, 0] + (noise * sizes(seen)) ** 2
    gain = covariance[:, :, 0] / total[:, None]  # (n, 2): of position and velocity
    error = seen - estimates.position
    return Estimates(
        estimates.position + gain[:, 0:1] * error,
        estimates.velocity + gain[:, 1:2] * error,
        covariance - gain[:, :, None] * covariance[:, None, 0, :],
    )


def to_box(row: Floats) -> Box:
    """One row of positions in whole pixels, at least one wide and high."""
    x1, y1, x2, y2 = (round(float(side)) for side in row)
    return Box(x1, y1, max(x2, x1 + 1), max(y2, y1 + 1))


def sizes(position: Floats) -> Floats:
    """Geometric mean of width and height; a side turned inside out counts as one pixel."""
    sides = np.maximum(position[:, 2:] - position[:, :2], 1.0)
    size: Floats = np.sqrt(sides[:, 0] * sides[:, 1])
    return size
