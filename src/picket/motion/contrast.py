"""Stretches the luma of dull pictures, steadily enough not to look like motion itself."""

from __future__ import annotations

import cv2
import numpy as np

from picket.domain.frame import Gray

Levels = tuple[tuple[int, int], ...]
"""The dark and the bright level of the last frames, luma 0..255, oldest first."""

HISTORY_FRAMES = 50
DARK_SHARE = 0.04
BRIGHT_SHARE = 0.96


def measure_levels(luma: Gray, hidden: Gray | None) -> tuple[int, int]:
    """The 4th and 96th percentile of the pixels that are watched.

    Args:
        luma: uint8, shape (height, width).
        hidden: 255 for pixels that do not count, same shape; None when all do.
    """
    watched = None if hidden is None else cv2.bitwise_not(hidden)
    counts = cv2.calcHist([luma], [0], watched, [256], [0, 256]).ravel()
    total = counts.cumsum()
    dark, bright = np.searchsorted(total, (DARK_SHARE * total[-1], BRIGHT_SHARE * total[-1]))
    return int(dark), int(bright)


def remember_levels(history: Levels, levels: tuple[int, int]) -> Levels:
    """The history with one more frame; a picture of a single tone teaches nothing."""
    if levels[0] >= levels[1]:
        return history
    return (*history[-(HISTORY_FRAMES - 1) :], levels)


def stretch(luma: Gray, history: Levels) -> Gray:
    """The picture with the mean levels of the history moved to 0 and 255, uint8, same shape."""
    if not history:
        return luma
    dark, bright = np.mean(np.asarray(history, np.float32), axis=0)
    tones = (np.arange(256, dtype=np.float32) - dark) * (255.0 / (bright - dark))
    return cv2.LUT(luma, tones.clip(0, 255).astype(np.uint8)).astype(np.uint8, copy=False)
