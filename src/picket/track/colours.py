"""The colours of an object: enough to tell two that cross, cheap enough for every frame.

Histograms of brightness and of both colours, of the upper and of the lower half apart: jacket and
trousers. The outer fifth on either side is left out, because it mostly shows what is behind.

Source: colour histograms compared by the Bhattacharyya coefficient, as in Comaniciu, Ramesh and
Meer 2003, "Kernel-Based Object Tracking".
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.track.kalman import Floats

INNER_SHARE = 0.6
"""Of the width that is looked at."""
TOP_SHARE = 0.1
"""Of the height that is left out above and below."""
MAX_ROWS = 32
"""Rows looked at, at most: of a larger box only every n-th pixel."""
BINS = 12
NEWS = 0.1
"""What the newest sighting counts for: colours are learned within two seconds, and somebody who
passes in front changes little."""

Colours = Floats
"""Square roots of histograms, of length 1; shape (6 * BINS,)."""

Plane = npt.NDArray[np.uint8]


def _bins(low: int, high: int, first: int) -> npt.NDArray[np.intp]:
    """The bin of each of the 256 values of a plane, counted from `first`."""
    return first + (np.arange(256).clip(low, high) - low) * (BINS - 1) // (high - low)


BRIGHTNESS, BLUE, RED = _bins(0, 255, 0), _bins(80, 176, BINS), _bins(80, 176, 2 * BINS)
BLUR = np.eye(BINS) / 2 + np.eye(BINS, k=1) / 4 + np.eye(BINS, k=-1) / 4
"""Spreads bins, so that the light may change a little."""


def colours_of(frame: Frame, box: Box) -> Colours | None:
    """What the frame shows in the box; None when too little of it can be seen."""
    margin_x, margin_y = box.width * (1 - INNER_SHARE) / 2, box.height * TOP_SHARE
    left, right = max(int(box.x1 + margin_x), 0), min(int(box.x2 - margin_x), frame.width)
    top, bottom = max(int(box.y1 + margin_y), 0), min(int(box.y2 - margin_y), frame.height)
    if right - left < 4 or bottom - top < 8:
        return None
    middle = (top + bottom) // 2
    stride = (bottom - top) // MAX_ROWS + 1
    across = np.s_[left:right:stride], np.s_[left // 2 : right // 2 : stride]
    blue, red = _chroma(frame)
    halves = []
    for y1, y2 in ((top, middle), (middle, bottom)):
        rows = np.s_[y1 // 2 : y2 // 2 : stride]
        luma = frame.luma[y1:y2:stride, across[0]]
        halves.append(_histograms(luma, blue[rows, across[1]], red[rows, across[1]]))
    colours: Colours = np.concatenate(halves) / math.sqrt(2 * 3)
    return colours


def unlikeness(one: Colours | None, other: Colours | None) -> float:
    """0 for the same colours, 1 for nothing in common; 0 too where one is unknown."""
    if one is None or other is None:
        return 0.0
    return min(max(1.0 - float(one @ other), 0.0), 1.0)


def blend(known: Colours | None, seen: Colours | None) -> Colours | None:
    """The known colours, a little more like the newest sighting."""
    if known is None or seen is None:
        return seen if known is None else known
    mixed = (1 - NEWS) * known + NEWS * seen
    return mixed / float(np.linalg.norm(mixed))


def _chroma(frame: Frame) -> tuple[Plane, Plane]:
    """Both colour planes, each of half the width and height."""
    planes = frame.yuv[frame.height :].reshape(2, frame.height // 2, frame.width // 2)
    return planes[0], planes[1]


def _histograms(luma: Plane, blue: Plane, red: Plane) -> Floats:
    """Roots of the shares of the values in each bin of each plane, shape (3 * BINS,)."""
    bins = np.concatenate((BRIGHTNESS[luma].ravel(), BLUE[blue].ravel(), RED[red].ravel()))
    counts = np.bincount(bins, minlength=3 * BINS).reshape(3, BINS) @ BLUR
    shares: Floats = counts / counts.sum(axis=1, keepdims=True)
    return np.sqrt(shares).ravel()
