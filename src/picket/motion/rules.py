"""The motion settings of one camera, compiled once for one frame size."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from picket.config.coordinates import resolve_polygons
from picket.config.motion import MotionConfig
from picket.domain.frame import Gray

STAY = 0.3
"""In memories of a running average: so late it would have taken in a quarter of what stays."""
LONGEST_STAY_FRAMES = 250


@dataclass(frozen=True, slots=True, eq=False)
class MotionRules:
    """What `find_motion` needs; motion is looked for in a small copy of the frame."""

    frame_width: int  # pixels of the detect stream
    frame_height: int
    width: int  # pixels of the small copy
    height: int
    threshold: int  # difference in luma, 1..255
    contour_area: float  # square pixels of the small copy
    lightning_threshold: float  # share of the picture, 0..1
    frame_alpha: float  # weight of one frame in the background, 0..1
    stay_frames: int  # what stands so long becomes background
    improve_contrast: bool
    hidden: Gray | None  # 255 where the mask hides, else 0; shape (height, width)


def compile_motion(config: MotionConfig, width: int, height: int) -> MotionRules:
    """The rules for frames of this size, in pixels of the detect stream."""
    small_height = min(config.frame_height, height)
    small_width = max(width * small_height // height, 1)
    return MotionRules(
        frame_width=width,
        frame_height=height,
        width=small_width,
        height=small_height,
        threshold=config.threshold,
        contour_area=config.contour_area,
        lightning_threshold=config.lightning_threshold,
        frame_alpha=config.frame_alpha,
        stay_frames=_stay_frames(config.frame_alpha),
        improve_contrast=config.improve_contrast,
        hidden=_hidden(config, (width, height), (small_width, small_height)),
    )


def _stay_frames(alpha: float) -> int:
    if alpha <= 0:
        return LONGEST_STAY_FRAMES
    return min(max(round(STAY / alpha), 1), LONGEST_STAY_FRAMES)


def _hidden(config: MotionConfig, frame: tuple[int, int], small: tuple[int, int]) -> Gray | None:
    polygons = resolve_polygons(config.mask, *frame) if config.mask else ()
    if not polygons:
        return None
    watched = np.full((frame[1], frame[0]), 255, np.uint8)
    cv2.fillPoly(watched, [np.array(polygon, np.int32) for polygon in polygons], (0,))
    # Averaging leaves 0 only where every pixel is masked: a half-hidden one is still watched.
    shrunk = cv2.resize(watched, small, interpolation=cv2.INTER_AREA)
    return np.where(shrunk == 0, 255, 0).astype(np.uint8)
