"""The fewest squares that show everything that must be seen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
import numpy.typing as npt

from picket.detect.regions import (
    RegionRules,
    Want,
    is_shown,
    is_shown_by_any,
    possible_sides,
    square_around,
)
from picket.domain.geometry import Box

WANTS_MAX = 48
"""So many are weighed against each other; a storm of more waits for the frames to come."""

Squares = npt.NDArray[np.int64]
"""x1, y1, x2, y2 in pixels, shape (n, 4)."""

Shown = npt.NDArray[np.bool_]
"""Which square shows which want, shape (squares, wants)."""


def cover(wants: Sequence[Want], rules: RegionRules) -> tuple[Box, ...]:
    """At most `looks_max` squares for the most urgent wants, and as few as will do.

    The order of the wants makes no difference.

    Source: Chvatal 1979, "A Greedy Heuristic for the Set-Covering Problem"; that squares which
    touch a want on the left and one above are enough to try: Hochbaum and Maass 1985,
    "Approximation Schemes for Covering and Packing Problems".
    """
    urgent = sorted(set(wants), key=_order)[:WANTS_MAX]
    return _without_spare(_choose(urgent, rules), urgent)


def _order(want: Want) -> tuple[int, ...]:
    box = want.box
    return (-want.weight, box.x1, box.y1, box.x2, box.y2, want.largest_side)


def _choose(wants: Sequence[Want], rules: RegionRules) -> list[Box]:
    """The heaviest square, then the heaviest for what is left, and so on."""
    if not wants:
        return []
    squares, shown = _candidates(wants, rules)
    table = shown.astype(np.float32)  # ten times as quick to sum as flags
    weights = np.array([want.weight for want in wants], np.float32)
    chosen: list[Box] = []
    while weights.any() and len(chosen) < rules.looks_max:
        best = int(np.argmax(table @ weights))  # of equals the first
        chosen.append(_centred(Box(*squares[best].tolist()), _members(shown[best], wants), rules))
        weights = np.where(shown[best], 0, weights)
    return chosen


def _candidates(wants: Sequence[Want], rules: RegionRules) -> tuple[Squares, Shown]:
    """Squares worth a try with what they show: of every side, at every left and upper edge."""
    boxes = np.array([(w.box.x1, w.box.y1, w.box.x2, w.box.y2) for w in wants])
    smallest = np.array([want.smallest_side for want in wants])
    largest = np.array([want.largest_side for want in wants])
    needed = np.array([want.share * want.box.area for want in wants])
    squares, shown = [], []
    for side in possible_sides(rules):
        lefts, across = _strips(boxes[:, 0], boxes[:, 2], side, rules.width)
        tops, down = _strips(boxes[:, 1], boxes[:, 3], side, rules.height)
        fits = across[None, :, :] * down[:, None, :] >= needed
        fits &= (smallest <= side) & (side <= largest)
        corners = np.stack(np.meshgrid(lefts, tops), axis=2).reshape(-1, 2)
        squares.append(np.concatenate((corners, corners + side), axis=1))
        shown.append(fits.reshape(-1, len(wants)))
    return np.concatenate(squares), np.concatenate(shown)


def _strips(
    starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64], side: int, length: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Along one axis: where a square may begin, and how many pixels of each want it holds."""
    begins = np.unique(np.clip(starts, 0, max(length - side, 0)))
    inside = np.minimum(ends, begins[:, None] + side) - np.maximum(starts, begins[:, None])
    return begins, inside.clip(min=0)


def _members(row: npt.NDArray[np.bool_], wants: Sequence[Want]) -> list[Want]:
    return [wants[number] for number in np.flatnonzero(row).tolist()]


def _centred(square: Box, members: Sequence[Want], rules: RegionRules) -> Box:
    """The square around the middle of what it shows, so that nothing lies at its border."""
    parts = (_part(want.box, square) for want in members)
    return square_around(reduce(Box.union, parts), square.width, rules)


def _part(box: Box, square: Box) -> Box:
    return Box(
        max(box.x1, square.x1),
        max(box.y1, square.y1),
        min(box.x2, square.x2),
        min(box.y2, square.y2),
    )


def _without_spare(regions: list[Box], wants: Sequence[Want]) -> tuple[Box, ...]:
    """Without those whose wants are all shown by the others, which greed leaves behind."""
    kept = list(dict.fromkeys(regions))
    for region in reversed(tuple(kept)):
        others = [other for other in kept if other != region]
        mine = [want for want in wants if is_shown(want, region)]
        if all(is_shown_by_any(want, others) for want in mine):
            kept = others
    return tuple(kept)
