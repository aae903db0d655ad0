"""The baseline's constant-velocity Kalman filter, for many boxes at once.

The four sides of a box are filtered independently with the same model, so that a box needs four
positions, four velocities and one 2x2 covariance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from picket.domain.geometry import Box

MEASUREMENT_VARIANCE = 4.0
PROCESS_VARIANCE = 0.1
FIRST_POSITION_VARIANCE = 10.0
FIRST_VELOCITY_VARIANCE = 1.0

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """Where n boxes are and whither they go; one row each, time in frames."""

    position: Floats  # x1, y1, x2, y2 in pixels, shape (n, 4)
    velocity: Floats  # pixels per frame, shape (n, 4)
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
    first = np.diag((FIRST_POSITION_VARIANCE, FIRST_VELOCITY_VARIANCE))
    return Estimates(position, np.zeros_like(position), np.tile(first, (len(boxes), 1, 1)))


def predict(estimates: Estimates) -> Estimates:
    """One frame later.

    Source: Kalman 1960, "A New Approach to Linear Filtering and Prediction Problems"; the usual
    constant-velocity transition [[1, 1], [0, 1]].
    """
    transition = np.array(((1.0, 1.0), (0.0, 1.0)))
    spread = transition @ estimates.covariance @ transition.T
    return Estimates(
        estimates.position + estimates.velocity,
        estimates.velocity,
        spread + PROCESS_VARIANCE * np.eye(2),
    )


def correct(estimates: Estimates, seen: Floats) -> Estimates:
    """Estimates after one measurement of each row's position, float64, shape (n, 4)."""
    covariance = estimates.covariance
    total = covariance[:, 0, 0] + MEASUREMENT_VARIANCE
    gain = covariance[:, :, 0] / total[:, None]  # (n, 2): of position and velocity
    error = seen - estimates.position
    return Estimates(
        estimates.position + gain[:, 0:1] * error,
        estimates.velocity + gain[:, 1:2] * error,
        covariance - gain[:, :, None] * covariance[:, None, 0, :],
    )
