"""What an MPEG-1 stream consists of, for those who handle one before libav is loaded."""

from __future__ import annotations

from dataclasses import dataclass

TICKS_PER_S = 25
"""MPEG-1 knows a few frame rates; of this one, as many frames are left out as do not come."""
MIN_SIDE_PX = 16
MAX_SIDE_PX = 4094
"""MPEG-1 has 12 bits for each side."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a stream that shows one more frame."""

    data: bytes
    is_keyframe: bool  # a viewer can begin here


def stream_size(width: int, height: int, wanted_height: int) -> tuple[int, int]:
    """Width and height of a stream that shows frames of this size, in pixels, both even."""
    tall = _even(min(wanted_height, MAX_SIDE_PX * height // max(width, height)))
    return _even(tall * width / height), tall


def _even(side: float) -> int:
    return min(max(round(side / 2) * 2, MIN_SIDE_PX), MAX_SIDE_PX)
