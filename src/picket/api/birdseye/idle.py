"""The common picture while nothing happens."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from picket.api.offline import BACKGROUND, DIM
from picket.domain.frame import Picture, Yuv
from picket.media.jpeg import to_frame

WORDS = "All quiet"
LOGO_NAME = "custom.png"
"""In the media folder: a picture of the user's, shown above the words; its opacity is drawn."""

_FONT = cv2.FONT_HERSHEY_SIMPLEX


def render_idle(width: int, height: int, logo: Path) -> Yuv:
    """A calm dark frame of this even size, in pixels, with a word and the logo, if there is one."""
    picture: Picture = np.full((height, width, 3), BACKGROUND, np.uint8)
    shape = _read_shape(logo)
    if shape is not None:
        _draw(shape, picture)
    _write(picture, height // 2 if shape is None else height * 7 // 8)
    return to_frame(picture).yuv


def _write(picture: Picture, baseline: int) -> None:
    height, width = picture.shape[:2]
    scale = cv2.getFontScaleFromHeight(_FONT, max(height // 24, 8))
    (wide, _), _ = cv2.getTextSize(WORDS, _FONT, scale, 1)
    thickness = max(round(scale * 1.6), 1)
    place = (width - wide) // 2, baseline
    cv2.putText(picture, WORDS, place, _FONT, scale, DIM, thickness, cv2.LINE_AA)


def _read_shape(logo: Path) -> Picture | None:
    """How opaque the logo is at each pixel, 0..255; None when there is none that can be read."""
    try:
        data = np.frombuffer(logo.read_bytes(), np.uint8)
    except OSError:
        return None
    found = cv2.imdecode(data, cv2.IMREAD_UNCHANGED) if data.size else None
    if found is None or found.ndim != 3 or found.shape[2] != 4 or found.dtype != np.uint8:
        return None
    return found[:, :, 3]  # type: ignore[return-value]


def _draw(shape: Picture, picture: Picture) -> None:
    """In the middle, white where it is opaque; no larger than half the picture."""
    height, width = picture.shape[:2]
    scale = min(1.0, height / 2 / shape.shape[0], width / 2 / shape.shape[1])
    size = [max(round(side * scale), 1) for side in shape.shape[1::-1]]
    mask = cv2.resize(shape, size, interpolation=cv2.INTER_AREA)
    y, x = (height - size[1]) // 2, (width - size[0]) // 2
    part = picture[y : y + size[1], x : x + size[0]]
    np.maximum(part, mask[:, :, None], out=part)
