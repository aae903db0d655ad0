"""Tells an object that moved from one whose box only trembles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from picket.domain.geometry import Box
from picket.evaluate.baseline.kalman import to_array

STILL_IOU = 0.6
MAX_BOXES = 10
LOW_PERCENTILE, HIGH_PERCENTILE = 15, 85


@dataclass(frozen=True, slots=True)
class Position:
    """Where an object stands; the empty value knows no place yet."""

    boxes: tuple[Box, ...] = ()  # the first ten seen at this place
    place: Box | None = None  # their percentiles, so that a stray box does no harm


def locate(position: Position, box: Box) -> tuple[Position, bool]:
    """Take in the newest box; the flag says whether the object moved.

    The first box after registration counts as a move: so an object has `position_changes` 1 from
    its second frame on, which clients of Frigate's API are used to.
    """
    if position.place is None or position.place.iou(box) < STILL_IOU:
        return Position((box,), box), True
    if len(position.boxes) >= MAX_BOXES:
        # The place stays where it was learned: a slow walk must add up to a move.
        return position, False
    boxes = (*position.boxes, box)
    return Position(boxes, _typical(boxes)), False


def _typical(boxes: tuple[Box, ...]) -> Box:
    corners = to_array(boxes)
    x1, y1 = np.percentile(corners[:, :2], LOW_PERCENTILE, axis=0)
    x2, y2 = np.percentile(corners[:, 2:], HIGH_PERCENTILE, axis=0)
    return Box(int(x1), int(y1), max(int(x2), int(x1) + 1), max(int(y2), int(y1) + 1))
