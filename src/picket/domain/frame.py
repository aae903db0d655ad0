"""One decoded picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Gray = npt.NDArray[np.uint8]
"""Luma, uint8, shape (height, width)."""

Picture = npt.NDArray[np.uint8]
"""BGR, uint8, shape (height, width, 3)."""

Yuv = npt.NDArray[np.uint8]
"""Planar I420 (FFmpeg's yuv420p), uint8, shape (height * 3 // 2, width); width and height even."""

Plane = npt.NDArray[np.uint8]
"""One of the three planes of a Yuv, uint8."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture of the detect stream; `yuv` may be a view into a ring: copy what you keep."""

    frame_time: float  # Unix seconds, the camera's clock
    yuv: Yuv

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return int(self.yuv.shape[1])

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return int(self.yuv.shape[0]) * 2 // 3

    @property
    def luma(self) -> Gray:
        """A view of the Y plane, shape (height, width)."""
        return self.yuv[: self.height]

    def copy(self) -> Frame:
        """The same, in memory of its own."""
        return Frame(self.frame_time, self.yuv.copy())


def split_planes(yuv: Yuv) -> tuple[Plane, Plane, Plane]:
    """Views of Y, shape (height, width), and of U and V, which have half the sides."""
    height, width = yuv.shape[0] * 2 // 3, yuv.shape[1]
    u, v = yuv[height:].reshape(2, height // 2, width // 2)
    return yuv[:height], u, v
