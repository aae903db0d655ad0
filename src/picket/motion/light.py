"""What a change of light did to the whole picture: exposure, a cloud, a lamp, a flash."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from picket.domain.frame import Gray
from picket.motion.picture import as_gray

Luma = npt.NDArray[np.float32]
"""Luma with fractions, float32 0..255, shape (height, width)."""

STEP_PX = 6
"""One pixel of so many by so many is asked: some 500 of a picture of a hundred lines."""
FEWEST_SHARE = 0.25
"""Fewer of the pixels that are asked do not speak for the picture."""
DARKEST, BRIGHTEST = 3, 250
"""Beyond these a sensor says nothing more about the light."""
STEADY_LUMA = 1.0
"""Below this median difference the light is taken for unchanged."""
STRONGEST_GAIN = 3.0
SWITCH_GAIN = 2.0
ROUNDS = 2
RIDGE = 4.0
"""Variance, luma², of pictures too flat to tell a gain from an offset: they keep their gain."""


@dataclass(frozen=True, slots=True)
class Light:
    """Luma now is `gain` times the luma before, plus `offset`."""

    gain: float = 1.0
    offset: float = 0.0

    def shine_on(self, before: Gray) -> Gray:
        """What should be seen now, uint8, clipped as a sensor clips."""
        if self == UNCHANGED:
            return before
        tones = (TONES * self.gain + self.offset).clip(0, 255)
        return as_gray(cv2.LUT(before, tones.astype(np.uint8)))

    def take_from(self, now: Gray) -> Gray:
        """What would have been seen before."""
        return Light(1 / self.gain, -self.offset / self.gain).shine_on(now)

    @property
    def is_switched(self) -> bool:
        """Whether no exposure changes so much from one frame to another."""
        return not 1 / SWITCH_GAIN <= self.gain <= SWITCH_GAIN


UNCHANGED = Light()
TONES = np.arange(256, dtype=np.float32) + 0.5
"""The half rounds."""


def fit_light(before: Luma, now: Gray) -> Light:
    """The gain and offset that explain most of a picture.

    Trimmed least squares: whatever moves is an outlier, and is left out of the next round.

    Args:
        before: the background, shape (height, width).
        now: the picture, same shape.
    """
    corner = (slice(STEP_PX // 2, None, STEP_PX), slice(STEP_PX // 2, None, STEP_PX))
    x, y = before[corner].ravel(), now[corner].ravel().astype(np.float32)
    counts = (y > DARKEST) & (y < BRIGHTEST) & (x < BRIGHTEST)
    if np.count_nonzero(counts) < FEWEST_SHARE * counts.size:
        return UNCHANGED
    x, y = x[counts], y[counts]
    if _median(np.abs(y - x)) < STEADY_LUMA:
        return UNCHANGED
    light = _first_guess(x, y)
    for _ in range(ROUNDS):
        off = np.abs(y - light.gain * x - light.offset)
        near = off <= max(2.5 * _median(off), 2.0)
        light = _least_squares(x[near], y[near])
    return light


def _first_guess(x: Luma, y: Luma) -> Light:
    """No change, or that which makes the quantiles agree: whichever explains more."""
    low, middle, high = (int(share * x.size) for share in (0.15, 0.5, 0.85))
    xs, ys = np.sort(x), np.sort(y)
    gain = float((ys[high] - ys[low] + RIDGE) / (xs[high] - xs[low] + RIDGE))
    offset = float(ys[middle] - gain * xs[middle])
    is_better = _median(np.abs(y - gain * x - offset)) < _median(np.abs(y - x))
    return Light(gain, offset) if is_better else UNCHANGED


def _least_squares(x: Luma, y: Luma) -> Light:
    x_mean, y_mean = float(x.mean()), float(y.mean())
    apart = x - x_mean
    slope = (float(apart @ (y - y_mean)) / x.size + RIDGE) / (float(apart @ apart) / x.size + RIDGE)
    gain = min(max(slope, 1 / STRONGEST_GAIN), STRONGEST_GAIN)
    return Light(gain, y_mean - gain * x_mean)


def _median(values: Luma) -> float:
    middle = values.size // 2
    return float(np.partition(values, middle)[middle])
