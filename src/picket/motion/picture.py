"""The small grey copy in which motion is looked for, and how much contrast it has."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from picket.domain.frame import Gray
from picket.motion.rules import MotionRules

DARK_SHARE = 0.04
BRIGHT_SHARE = 0.96


def as_gray(luma: npt.NDArray[Any]) -> Gray:
    """The array itself, which OpenCV's annotations do not know to be uint8."""
    return luma.astype(np.uint8, copy=False)


def average(luma: Gray, width: int, height: int) -> Gray:
    """A smaller copy in which each pixel is the mean of those it stands for.

    Halving first is what makes that cheap: OpenCV has it by vector instructions, and other ratios
    not.
    """
    small = luma
    while small.shape[0] >= 2 * height and small.shape[1] >= 2 * width:
        half = (small.shape[1] // 2, small.shape[0] // 2)
        small = as_gray(cv2.resize(small, half, interpolation=cv2.INTER_AREA))
    return as_gray(cv2.resize(small, (width, height), interpolation=cv2.INTER_AREA))


def shrink(luma: Gray, rules: MotionRules) -> Gray:
    """The frame at the size of the rules, a little smoothed; what the mask hides is 255.

    Noise, rain and blocks of the encoder fade, and somebody far away does not slip between the
    samples.
    """
    picture = average(luma, rules.width, rules.height)
    if rules.hidden is not None:
        picture = as_gray(cv2.bitwise_or(picture, rules.hidden))
    return as_gray(cv2.GaussianBlur(picture, (3, 3), 1.0))


def measure_contrast(picture: Gray, hidden: Gray | None) -> int:
    """Luma between the 4th and the 96th percentile of the pixels that are watched, 0..255.

    Args:
        picture: uint8, shape (height, width).
        hidden: 255 for pixels that do not count, same shape; None when all do.
    """
    watched = None if hidden is None else cv2.bitwise_not(hidden)
    total = cv2.calcHist([picture], [0], watched, [256], [0, 256]).ravel().cumsum()
    dark, bright = np.searchsorted(total, (DARK_SHARE * total[-1], BRIGHT_SHARE * total[-1]))
    return int(bright - dark)
