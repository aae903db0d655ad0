"""Keeps the picture that shows an object best."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.domain.overlay import AttributeBox, ShotView

SCORE_GAIN = 0.05
AREA_GAIN = 1.1
KEY_ATTRIBUTE = {"person": "face", "car": "license_plate"}
"""What one wants to see of an object: where it is visible, its size alone decides."""


@dataclass(frozen=True, slots=True, eq=False)
class BestShot:
    """A private copy of a frame and where in it the object is."""

    frame: Frame
    view: ShotView


def copy_frame(frame: Frame) -> Frame:
    """A frame that outlives the ring it came from."""
    return Frame(frame.frame_time, frame.yuv.copy())


def is_better(label: str, new: ShotView, old: ShotView, width: int, height: int) -> bool:
    """Whether a new picture of an object should replace the old one, in a frame of this size."""
    key = KEY_ATTRIBUTE.get(label)
    if key is not None:
        new_area, old_area = _largest(key, new.attributes), _largest(key, old.attributes)
        if new_area > old_area or old_area > 0:
            return new_area > old_area
    if _is_cut_off(new.box, width, height) and not _is_cut_off(old.box, width, height):
        return False
    return new.score > old.score + SCORE_GAIN or new.box.area > old.box.area * AREA_GAIN


def _largest(label: str, attributes: Iterable[AttributeBox]) -> int:
    return max((a.box.area for a in attributes if a.label == label), default=0)


def _is_cut_off(box: Box, width: int, height: int) -> bool:
    return box.x1 <= 0 or box.y1 <= 0 or box.x2 >= width - 1 or box.y2 >= height - 1
