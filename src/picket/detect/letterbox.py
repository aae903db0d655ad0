"""A region of a frame as the picture that a model takes, and the way back."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from picket.domain.detection import Detection
from picket.domain.frame import Frame, Picture, Plane, split_planes
from picket.domain.geometry import Box
from picket.domain.status import ModelInfo
from picket.ipc.messages import FoundObject

PAD_LUMA = 114
"""Fills what lies outside the frame: RGB (114, 114, 114), near the mean of photographs and the
colour that YOLO models saw around theirs in training."""

NEUTRAL_CHROMA = 128

ANY_SIDE_MAX = 720
"""Pixels of a crop for models that take any size."""

CONVERSIONS = {"rgb": cv2.COLOR_YUV2RGB_I420, "bgr": cv2.COLOR_YUV2BGR_I420}


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a part of a frame lies in a crop."""

    region: Box  # pixels of the frame; may stick out
    source: Box  # the part that was copied, pixels of the frame
    target: Box  # where it lies in the crop
    width: int  # of the crop
    height: int
    frame_width: int
    frame_height: int

    def to_frame(self, found: FoundObject) -> Detection | None:
        """The object in pixels of the frame, or None when nothing of it is inside."""
        x1, x2 = (self._frame_x(x) for x in (found.x1, found.x2))
        y1, y2 = (self._frame_y(y) for y in (found.y1, found.y2))
        if x1 >= x2 or y1 >= y2:
            return None
        box = Box(x1, y1, x2, y2).clipped(self.frame_width, self.frame_height)
        return Detection(found.label, found.score, box, self.region) if box else None

    def _frame_x(self, share: float) -> int:
        scale = self.source.width / self.target.width
        return round(self.source.x1 + (share * self.width - self.target.x1) * scale)

    def _frame_y(self, share: float) -> int:
        scale = self.source.height / self.target.height
        return round(self.source.y1 + (share * self.height - self.target.y1) * scale)


def crop_size(region: Box, model: ModelInfo) -> tuple[int, int]:
    """Width and height of the crop in which a model sees a region."""
    side = min(max(region.width, region.height), ANY_SIDE_MAX) // 2 * 2
    return model.width or side, model.height or side


def place(region: Box, frame_width: int, frame_height: int, width: int, height: int) -> Placement:
    """Decide where a region goes in a crop of width x height: centred, not stretched.

    Everything is kept to even pixels, because two of them share their colour.

    Raises: ValueError when the region lies outside the frame or the crop has odd sides.
    """
    if width % 2 or height % 2:
        raise ValueError(f"a crop needs even sides, got {width}x{height}")
    inside = region.clipped(frame_width, frame_height)
    if inside is None:
        raise ValueError(f"{region} lies outside the frame of {frame_width}x{frame_height}")
    source = Box(
        inside.x1 // 2 * 2, inside.y1 // 2 * 2, (inside.x2 + 1) // 2 * 2, (inside.y2 + 1) // 2 * 2
    )
    scale = min(width / region.width, height / region.height)
    left = (width - region.width * scale) / 2 + (source.x1 - region.x1) * scale
    top = (height - region.height * scale) / 2 + (source.y1 - region.y1) * scale
    x1, x2 = _even_span(left, source.width * scale, width)
    y1, y2 = _even_span(top, source.height * scale, height)
    return Placement(region, source, Box(x1, y1, x2, y2), width, height, frame_width, frame_height)


def letterbox(frame: Frame, region: Box, out: Picture, *, pixel_format: str) -> Placement:
    """Cut a region out, scaled and in colour.

    The three planes are scaled first and turned to colour at the crop's size: no full picture is
    ever converted.

    Args:
        frame: limited-range BT.601 colour, as cameras send it.
        region: pixels of the frame; what sticks out becomes grey.
        out: is filled; uint8, shape (height, width, 3), even sides.
        pixel_format: "rgb" or "bgr".

    Returns: the way back to the frame.
    Raises: ValueError when the region lies outside the frame.
    """
    height, width = out.shape[:2]
    placement = place(region, frame.width, frame.height, width, height)
    crop = np.empty((height * 3 // 2, width), dtype=np.uint8)
    if placement.target != Box(0, 0, width, height):
        crop[:height], crop[height:] = PAD_LUMA, NEUTRAL_CHROMA
    luma, *chroma = zip(split_planes(frame.yuv), split_planes(crop), strict=True)
    _scale_plane(*luma, placement.source, placement.target)
    for whole, part in chroma:
        _scale_plane(whole, part, _halved(placement.source), _halved(placement.target))
    cv2.cvtColor(crop, CONVERSIONS[pixel_format], dst=out)
    return placement


def _even_span(start: float, length: float, limit: int) -> tuple[int, int]:
    """The even pixels nearest to a span, at least two, inside 0..limit."""
    first = min(max(round(start / 2) * 2, 0), limit - 2)
    last = min(max(round((start + length) / 2) * 2, first + 2), limit)
    return first, last


def _halved(box: Box) -> Box:
    return Box(box.x1 // 2, box.y1 // 2, box.x2 // 2, box.y2 // 2)


def _scale_plane(whole: Plane, part: Plane, source: Box, target: Box) -> None:
    view = whole[source.y1 : source.y2, source.x1 : source.x2]
    goal = part[target.y1 : target.y2, target.x1 : target.x2]
    cv2.resize(view, (goal.shape[1], goal.shape[0]), dst=goal, interpolation=cv2.INTER_LINEAR)
