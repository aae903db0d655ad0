"""Frames to pictures, pictures to JPEG and PNG bytes."""

from __future__ import annotations

import cv2
import numpy as np

from picket.domain.errors import InvalidRequest
from picket.domain.frame import Frame, Picture, Yuv
from picket.domain.geometry import Box

MAX_HEIGHT_PX = 8192
"""No camera is taller; larger wishes would only fill the memory."""


def to_picture(frame: Frame) -> Picture:
    """The frame as a fresh BGR array, uint8, shape (height, width, 3)."""
    picture: Picture = cv2.cvtColor(frame.yuv, cv2.COLOR_YUV2BGR_I420)  # type: ignore[assignment]
    return picture


def to_frame(picture: Picture, frame_time: float = 0.0) -> Frame:
    """The inverse of `to_picture`; an odd last row or column is left away.

    Raises: ValueError when less than two rows or columns are there.
    """
    height, width = (side // 2 * 2 for side in picture.shape[:2])
    if not height or not width:
        raise ValueError(f"a frame needs two rows and columns, got {picture.shape}")
    yuv: Yuv = cv2.cvtColor(picture[:height, :width], cv2.COLOR_BGR2YUV_I420)  # type: ignore[assignment]
    return Frame(frame_time, yuv)


def encode_jpeg(picture: Picture, quality: int = 70) -> bytes:
    """JPEG bytes of a BGR picture; a quality outside 0..100 is taken as the nearest bound."""
    return _encode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, clamp_quality(quality)])


def clamp_quality(quality: int) -> int:
    """The JPEG quality nearest to a wish, 0..100."""
    return min(max(quality, 0), 100)


def encode_png(picture: Picture) -> bytes:
    """Lossless PNG bytes of a BGR picture."""
    return _encode(".png", picture, [])


def decode_picture(data: bytes) -> Picture:
    """JPEG or PNG bytes back to BGR.

    Raises: ValueError when the bytes are neither.
    """
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    if picture is None:
        raise ValueError("these bytes are no picture")
    return picture  # type: ignore[return-value]


def resize_to_height(picture: Picture, height: int) -> Picture:
    """The picture scaled to `height` pixels, its shape kept, by area average.

    Raises: InvalidRequest when the height, or the width that follows from it, is not positive.
    """
    width = width_for(height, picture.shape[1], picture.shape[0])
    if height == picture.shape[0]:
        return picture
    resized: Picture = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    return resized


def width_for(height: int, full_width: int, full_height: int) -> int:
    """The width that keeps a picture's shape when it gets another height; all in pixels.

    Raises: InvalidRequest when the height, or the width that follows from it, is not positive.
    """
    width = int(height * full_width / full_height)
    if not 0 < height <= MAX_HEIGHT_PX or width <= 0:
        raise InvalidRequest(f"height must lie in 1..{MAX_HEIGHT_PX}, got {height}")
    return width


def shrink_to(picture: Picture, max_side: int) -> Picture:
    """The picture with neither side longer than `max_side` pixels, its shape kept; never larger."""
    height, width = picture.shape[:2]
    scale = max_side / max(height, width)
    if scale >= 1:
        return picture
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    resized: Picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    return resized


def crop(picture: Picture, box: Box) -> Picture:
    """A copy of what lies in the box; the part that sticks out is left away.

    Raises: ValueError when the box lies fully outside.
    """
    inside = box.clipped(picture.shape[1], picture.shape[0])
    if inside is None:
        raise ValueError(f"{box} lies outside of {picture.shape[1]}x{picture.shape[0]} pixels")
    return picture[inside.y1 : inside.y2, inside.x1 : inside.x2].copy()


def pad_to_wide(picture: Picture) -> Picture:
    """Black bars left and right, each half the width: 2:1 for a square, as phones want it."""
    bar = picture.shape[1] // 2
    return np.pad(picture, ((0, 0), (bar, bar), (0, 0)))


def _encode(extension: str, picture: Picture, options: list[int]) -> bytes:
    is_ok, encoded = cv2.imencode(extension, picture, options)
    if not is_ok:
        raise ValueError(f"OpenCV cannot encode an array of shape {picture.shape} as {extension}")
    return encoded.tobytes()
