"""Polygons of masks and zones: from text to pixels of the detect stream.

Two forms are understood: pixels (`0,461,3,0,1919,0`), and shares of the frame (`0.0,0.64,0.5,1`),
which every value in 0..1 with at least one decimal point means.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from picket.domain.geometry import Polygon

VALUES_OF_A_POINT = 2


@dataclass(frozen=True, slots=True)
class WrittenPolygon:
    """A polygon as it stands in the file."""

    points: tuple[tuple[float, float], ...]  # (x, y)
    is_relative: bool  # shares of the frame, 0..1; else pixels of the detect stream


def parse_polygons(raw: str | Sequence[str] | None) -> tuple[WrittenPolygon, ...]:
    """Read one polygon, or a list of them; a list of `x,y` points is one polygon.

    Raises: ValueError when the number of values is odd, or a value is no number, is negative, or
        is a fraction beyond 1 (pixels are whole).
    """
    texts = [raw] if isinstance(raw, str) else list(raw or ())
    texts = [text for text in texts if text.strip()]
    if texts and all(_count(text) == VALUES_OF_A_POINT for text in texts):
        texts = [",".join(texts)]
    return tuple(_parse_polygon(text) for text in texts)


def resolve_polygons(
    raw: str | Sequence[str] | None, width: int, height: int
) -> tuple[Polygon, ...]:
    """The polygons in pixels of a detect stream of this size; () when nothing is written.

    Pixels are taken as they are, even outside the frame; shares become the nearest pixel within it.

    Raises: ValueError as parse_polygons.
    """
    return tuple(_to_pixels(polygon, width, height) for polygon in parse_polygons(raw))


def _count(text: str) -> int:
    return len(text.split(","))


def _parse_polygon(text: str) -> WrittenPolygon:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) % VALUES_OF_A_POINT:
        raise ValueError(
            f"{text!r} has {len(parts)} values, but every corner needs an x and a y: "
            "add or remove one value"
        )
    values = [_parse_value(part, text) for part in parts]
    is_relative = any("." in part for part in parts) and max(values) <= 1
    fraction = next((value for value in values if value != int(value)), None)
    if not is_relative and fraction is not None:
        raise ValueError(
            f"{text!r} mixes {fraction} with values above 1: write whole pixels, or shares 0..1"
        )
    return WrittenPolygon(tuple(zip(values[::2], values[1::2], strict=True)), is_relative)


def _parse_value(part: str, text: str) -> float:
    try:
        value = float(part)
    except ValueError:
        raise ValueError(
            f"{text!r} contains {part!r}, which is no number: write x1,y1,x2,y2,..."
        ) from None
    if not math.isfinite(value) or value < 0:
        raise ValueError(f"{text!r} contains {part}: corners lie at 0 or above")
    return value


def _to_pixels(polygon: WrittenPolygon, width: int, height: int) -> Polygon:
    if not polygon.is_relative:
        return tuple((int(x), int(y)) for x, y in polygon.points)
    return tuple(
        (min(round(x * width), width - 1), min(round(y * height), height - 1))
        for x, y in polygon.points
    )
