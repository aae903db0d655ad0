"""Tells an object that moved from one whose box only trembles."""

from __future__ import annotations

from dataclasses import dataclass

from picket.domain.geometry import Box

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
    x1 = int(_percentile([box.x1 for box in boxes], LOW_PERCENTILE))
    y1 = int(_percentile([box.y1 for box in boxes], LOW_PERCENTILE))
    x2 = int(_percentile([box.x2 for box in boxes], HIGH_PERCENTILE))
    y2 = int(_percentile([box.y2 for box in boxes], HIGH_PERCENTILE))
    return Box(x1, y1, max(x2, x1 + 1), max(y2, y1 + 1))


def _percentile(values: list[int], percent: int) -> float:
    """Linear between the values next to it; of so few, NumPy takes twenty times as long."""
    ordered = sorted(values)
    rank = (len(ordered) - 1) * percent / 100
    below = int(rank)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (rank - below)
