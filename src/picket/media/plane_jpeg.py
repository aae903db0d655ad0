"""Frames to JPEG straight from their three planes: no picture in BGR is made on the way."""

from __future__ import annotations

import cv2
import numpy as np
import simplejpeg

from picket.domain.frame import Frame, Plane, split_planes
from picket.domain.geometry import Box
from picket.media.jpeg import clamp_quality, width_for

LUMA_GAIN = 255 / 219
CHROMA_GAIN = 255 / 224
"""Cameras use 219 and 224 of the 255 steps of JPEG. Source: ITU-R BT.601; JFIF 1.02."""
LUMA_OFFSET = -16 * LUMA_GAIN
CHROMA_OFFSET = 128 * (1 - CHROMA_GAIN)


def encode_frame(
    frame: Frame, quality: int = 70, *, part: Box | None = None, height: int | None = None
) -> bytes:
    """JPEG bytes of a frame or a part of it.

    Args:
        frame: limited-range BT.601 colour, as cameras send it.
        quality: one outside 0..100 is taken as the nearest bound.
        part: pixels of the frame, widened to even ones; what sticks out is left away.
        height: pixels of the JPEG, by area average with its shape kept; None keeps the part's.

    Raises:
        InvalidRequest: the height makes no picture.
        ValueError: the part lies fully outside.
    """
    shown = _even_part(frame, part)
    size = (shown.width, shown.height)
    if height is not None:
        size = (width_for(height, *size), height)
    half, half_size = _halved(shown), ((size[0] + 1) // 2, (size[1] + 1) // 2)
    luma, *chroma = split_planes(frame.yuv)
    y = _widened(_scaled(luma, shown, size), LUMA_GAIN, LUMA_OFFSET)
    u, v = (
        _widened(_scaled(plane, half, half_size), CHROMA_GAIN, CHROMA_OFFSET) for plane in chroma
    )
    return simplejpeg.encode_jpeg_yuv_planes(y, u, v, clamp_quality(quality))


def _even_part(frame: Frame, part: Box | None) -> Box:
    if part is None:
        return Box(0, 0, frame.width, frame.height)
    inside = part.clipped(frame.width, frame.height)
    if inside is None:
        raise ValueError(f"{part} lies outside of {frame.width}x{frame.height} pixels")
    x1, y1 = inside.x1 // 2 * 2, inside.y1 // 2 * 2
    x2, y2 = (inside.x2 + 1) // 2 * 2, (inside.y2 + 1) // 2 * 2
    return Box(x1, y1, x2, y2)


def _halved(box: Box) -> Box:
    return Box(box.x1 // 2, box.y1 // 2, box.x2 // 2, box.y2 // 2)


def _scaled(plane: Plane, shown: Box, size: tuple[int, int]) -> Plane:
    view = plane[shown.y1 : shown.y2, shown.x1 : shown.x2]
    if size == (shown.width, shown.height):
        return view
    return cv2.resize(view, size, interpolation=cv2.INTER_AREA)  # type: ignore[return-value]


def _widened(plane: Plane, gain: float, offset: float) -> Plane:
    """A private copy that uses all of 0..255.

    Behind an odd side its memory goes on by one more pixel, the same as the last: libjpeg-turbo
    reads luma as far as colours reach, which lie on every second pixel.
    """
    height, width = plane.shape
    room: Plane = np.empty((height + height % 2, width + width % 2), np.uint8)
    wide = room[:height, :width]
    # One pass that saturates; `convertScaleAbs` would make something of what is blacker than black.
    cv2.addWeighted(plane, gain, plane, 0, offset, wide)
    room[height:, :width] = wide[-1]
    room[:, width:] = room[:, width - 1 : width]
    return wide
