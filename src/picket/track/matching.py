"""Pairs detections with estimates: likeliest first, same family only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from picket.domain.rivals import family_of
from picket.track.kalman import Floats

SURE_REACH = 1.7
"""A sure detection belongs to what costs less: a box that went one and a half times its width and
height aside still does, which at 5 frames a second is a fast car."""
DOUBTFUL_REACH = 0.5
"""A doubtful one must lie where the object is expected: half of both boxes together is shared."""
RETURN_COST = 0.5
"""What it costs to be where it was last seen rather than where it was heading: who comes back does
so within a box of there, and others may pass too."""
COLOUR_COST = 15.0
"""Of complete unlikeness. One object from frame to frame differs by less than 0.02, two people by
0.03 to 0.1: so colours decide between neighbours, and not between corners of the frame."""
MAX_COLOUR_COST = 1.0
"""Whatever the light does: a box at its place stays with its object."""
RIVAL_COST = 1.2
"""Of another name in the family: such a box must lie where the object is, like a doubtful one."""

Unlike = Callable[[int, int], float]
"""How unlike the n-th detection and the m-th estimate look, 0..1."""


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where m objects may be, and what they are."""

    expected: Floats  # boxes in pixels, shape (m, 4)
    last: Floats  # boxes as last seen, shape (m, 4)
    labels: Sequence[str]


def match(
    detections: Floats, labels: Sequence[str], places: Places, unlike: Unlike, reach: float
) -> dict[int, int]:
    """Which place (value) each detection (key) belongs to; both at most once.

    An object is where its motion leads, or still (again) where it was last seen: what left the
    picture comes back there.

    Args:
        detections: boxes in pixels, shape (n, 4).
        labels: one per detection.
        places: of the objects.
        unlike: asked for pairs within reach only.
        reach: highest cost of a pair, `SURE_REACH` or `DOUBTFUL_REACH`.

    Source: the last observation as a second chance is from Cao et al. 2023, "Observation-Centric
    SORT" (2203.14360). Cheapest pair first: the assignment of lowest total cost was tried, and
    drove pairs apart that belong together so that strangers could have a partner.
    """
    if not len(detections) or not len(places.expected):
        return {}
    cost = np.minimum(
        1 - generalised_iou(detections, places.expected),
        1 - generalised_iou(detections, places.last) + RETURN_COST,
    )
    names, others = np.array(labels), np.array(places.labels)
    cost[names[:, None] != others[None, :]] += RIVAL_COST
    family, other = (np.array([family_of(label) for label in each]) for each in (names, others))
    cost[family[:, None] != other[None, :]] = np.inf
    for row, column in np.argwhere(cost < reach).tolist():
        cost[row, column] += min(COLOUR_COST * unlike(row, column), MAX_COLOUR_COST)
    return _cheapest_pairs(cost, reach)


def generalised_iou(some: Floats, others: Floats) -> Floats:
    """Intersection over union, less the empty share of the box around both.

    Args:
        some: x1, y1, x2, y2 in pixels, shape (n, 4); inside out counts as one pixel wide.
        others: the same, shape (m, 4).

    Returns: 1 for the same box, 0 for neighbours, towards -1 far apart; float64, shape (n, m).
    Source: Rezatofighi et al. 2019, "Generalized Intersection over Union" (1902.09630).
    """
    some, others = _upright(some)[:, None], _upright(others)[None]
    low, high = (
        np.maximum(some[..., :2], others[..., :2]),
        np.minimum(some[..., 2:], others[..., 2:]),
    )
    shared = (high - low).clip(min=0).prod(axis=2)
    low, high = (
        np.minimum(some[..., :2], others[..., :2]),
        np.maximum(some[..., 2:], others[..., 2:]),
    )
    around = (high - low).prod(axis=2)
    areas = [(boxes[..., 2:] - boxes[..., :2]).prod(axis=2) for boxes in (some, others)]
    joined = areas[0] + areas[1] - shared
    value: Floats = shared / joined - (around - joined) / around
    return value


def _upright(boxes: Floats) -> Floats:
    return np.concatenate((boxes[:, :2], np.maximum(boxes[:, 2:], boxes[:, :2] + 1)), axis=1)


def _cheapest_pairs(cost: Floats, reach: float) -> dict[int, int]:
    pairs: dict[int, int] = {}
    while cost.min() < reach:
        row, column = np.unravel_index(int(np.argmin(cost)), cost.shape)
        pairs[int(row)] = int(column)
        cost[row, :] = np.inf
        cost[:, column] = np.inf
    return pairs
