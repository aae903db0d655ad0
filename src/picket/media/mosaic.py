"""Frames put together into a larger one, plane by plane: no picture in BGR is made on the way."""

from __future__ import annotations

import cv2
import numpy as np

from picket.domain.frame import Frame, Plane, Yuv, split_planes
from picket.domain.geometry import Box

_BLACK_LUMA, _NO_COLOR = 16, 128
"""Of limited range. Source: ITU-R BT.601."""


def black(width: int, height: int) -> Yuv:
    """A fresh frame of this even size, in pixels."""
    yuv: Yuv = np.full((height * 3 // 2, width), _NO_COLOR, np.uint8)
    yuv[:height] = _BLACK_LUMA
    return yuv


def scaled(frame: Frame, width: int, height: int) -> Frame:
    """A copy of this even size, in pixels, whatever becomes of the shape."""
    yuv: Yuv = np.empty((height * 3 // 2, width), np.uint8)
    for plane, place in zip(split_planes(frame.yuv), split_planes(yuv), strict=True):
        _scale_into(plane, place)
    return Frame(frame.frame_time, yuv)


def _scale_into(plane: Plane, place: Plane) -> None:
    """By halves while it is more than twice as large, which OpenCV does quickest of all areas."""
    height, width = place.shape
    twice = (2 * height, 2 * width)
    while plane.shape != twice and plane.shape[0] >= twice[0] and plane.shape[1] >= twice[1]:
        half = plane.shape[1] // 2, plane.shape[0] // 2
        plane = cv2.resize(plane, half, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    # Of twice the size it takes the mean of four, too.
    cv2.resize(plane, (width, height), place, interpolation=cv2.INTER_LINEAR)


def paste(picture: Yuv, onto: Yuv, box: Box) -> None:
    """Lay a picture into a larger one; the box is even and has the picture's size."""
    x1, y1, x2, y2 = box.x1, box.y1, box.x2, box.y2
    luma, *colors = split_planes(onto)
    bright, *tints = split_planes(picture)
    luma[y1:y2, x1:x2] = bright
    for plane, tint in zip(colors, tints, strict=True):
        plane[y1 // 2 : y2 // 2, x1 // 2 : x2 // 2] = tint
