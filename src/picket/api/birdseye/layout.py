"""Pictures of any shapes beside each other, as large as they go; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log

from picket.domain.geometry import Box

_STEP = 2
"""Colours have half the resolution, so that every side is even."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A place with its exact sides."""

    x: float
    y: float
    width: float
    height: float

    def turned(self) -> Rectangle:
        """With down and right exchanged."""
        return Rectangle(self.y, self.x, self.height, self.width)


Row = tuple[float, ...]
"""Width over height of each picture of a row."""


def arrange(ratios: Sequence[float], width: int, height: int) -> tuple[Box | None, ...]:
    """Where each picture goes, in order, in an area of this size in pixels.

    Pictures stand in rows, or in columns. Of all ways to break them the one is taken that makes the
    product of their areas largest: little is wasted, and nobody is large at the cost of others.
    Of equals it is the one whose first picture is larger. Shapes are kept, but for less than two
    pixels of each side; boxes are even and do not overlap.

    Returns: None for a picture that has no pixels left.
    """
    if not ratios:
        return ()
    tall = tuple(1 / ratio for ratio in ratios)
    ways = [
        *(_place(rows, width, height) for rows in _breaks(ratios)),
        *(tuple(p.turned() for p in _place(rows, height, width)) for rows in _breaks(tall)),
    ]
    return tuple(_even_box(place) for place in max(ways, key=_worth))


def _breaks(ratios: Sequence[float]) -> Iterator[tuple[Row, ...]]:
    """Into rows of as many pictures, and into rows that are as long."""
    for count in range(1, len(ratios) + 1):
        few, more = divmod(len(ratios), count)
        yield _cut(ratios, [few + 1] * more + [few] * (count - more))
        yield _cut(ratios, [few] * (count - more) + [few + 1] * more)
    lengths = {
        round(total, 6) for start in range(len(ratios)) for total in accumulate(ratios[start:])
    }
    for most in sorted(lengths):
        yield _wrapped(ratios, most)
        yield tuple(row[::-1] for row in _wrapped(ratios[::-1], most)[::-1])


def _cut(ratios: Sequence[float], counts: Sequence[int]) -> tuple[Row, ...]:
    ends = list(accumulate(counts))
    return tuple(tuple(ratios[end - count : end]) for count, end in zip(counts, ends, strict=True))


def _wrapped(ratios: Sequence[float], most: float) -> tuple[Row, ...]:
    rows: list[Row] = []
    for ratio in ratios:
        if rows and sum(rows[-1]) + ratio <= most + 1e-5:
            rows[-1] = (*rows[-1], ratio)
        else:
            rows.append((ratio,))
    return tuple(rows)


def _place(rows: Sequence[Row], width: float, height: float) -> tuple[Rectangle, ...]:
    """Each row in the middle of the width, all of them in the middle of the height."""
    heights = _shared([width / sum(row) for row in rows], height)
    places: list[Rectangle] = []
    y = (height - sum(heights)) / 2
    for row, tall in zip(rows, heights, strict=True):
        x = (width - tall * sum(row)) / 2
        for ratio in row:
            places.append(Rectangle(x, y, tall * ratio, tall))
            x += tall * ratio
        y += tall
    return tuple(places)


def _shared(wanted: Sequence[float], height: float) -> list[float]:
    """What each row gets of the height: what it wants, or the same as all who want more."""
    given, left = dict.fromkeys(range(len(wanted)), 0.0), height
    by_wish = sorted(range(len(wanted)), key=lambda n: wanted[n])
    for place, number in enumerate(by_wish):
        given[number] = min(wanted[number], left / (len(wanted) - place))
        left -= given[number]
    return list(given.values())


def _worth(places: Sequence[Rectangle]) -> tuple[float, float]:
    areas = [place.width * place.height for place in places]
    return round(sum(log(area) for area in areas), 6), round(areas[0], 3)


def _even_box(place: Rectangle) -> Box | None:
    x1, y1, x2, y2 = (
        int(side + 1e-6) // _STEP * _STEP
        for side in (place.x, place.y, place.x + place.width, place.y + place.height)
    )
    return Box(x1, y1, x2, y2) if x1 < x2 and y1 < y2 else None
