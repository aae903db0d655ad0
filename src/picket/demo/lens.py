"""The pinhole camera of the demo: from metres in the yard to pixels of the frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

WIDTH_PX = 1280
HEIGHT_PX = 720
FOCAL_PX = 1000.0
HORIZON_PX = 155.0  # above the middle: a shifted lens, so that upright things stay upright
EYE_HEIGHT_M = 2.6

Points = npt.NDArray[np.float64]
"""(x right of the lens axis, y above the ground, z in front of the lens), metres, shape (n, 3)."""

Pixels = npt.NDArray[np.float64]
"""(x, y) in pixels of the frame, shape (n, 2)."""


@dataclass(frozen=True, slots=True)
class Ball:
    """A round end of something solid; metres, axes as in Points."""

    x: float
    y: float
    z: float
    radius: float


def project(points: Points) -> Pixels:
    """Where points of the yard (z > 0) appear in the frame."""
    x, y, z = points.T
    return np.stack(
        [WIDTH_PX / 2 + FOCAL_PX * x / z, HORIZON_PX + FOCAL_PX * (EYE_HEIGHT_M - y) / z], axis=1
    )
