"""Notes in the cells of a grid, drawn over a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2

from picket.domain.frame import Picture
from picket.media.palette import Color

LINE_SPACING = 1.3  # heights of a letter
MARGIN_PX = 3

_FONT = cv2.FONT_HERSHEY_SIMPLEX


@dataclass(frozen=True, slots=True)
class GridStyle:
    """What a grid looks like."""

    color: Color  # BGR
    font_scale: float  # of OpenCV's font, which is about 22 px high at 1.0


def draw_grid(
    picture: Picture,
    notes: Mapping[tuple[int, int], Sequence[str]],
    size: int,
    style: GridStyle,
) -> None:
    """Frame each cell that has notes, and write them into it, a line each.

    Args:
        picture: BGR, is drawn upon.
        notes: by column and row, counted from the top left.
        size: columns and rows of the grid.
        style: colour of lines and letters, and the size of letters.
    """
    height, width = picture.shape[:2]
    for (column, row), lines in notes.items():
        left, top = column * width // size, row * height // size
        right, bottom = (column + 1) * width // size, (row + 1) * height // size
        cv2.rectangle(picture, (left, top), (right - 1, bottom - 1), style.color, 2)
        _write(picture, lines, (left + MARGIN_PX, top + MARGIN_PX), style)


def _write(
    picture: Picture, lines: Sequence[str], corner: tuple[int, int], style: GridStyle
) -> None:
    left, top = corner
    for number, line in enumerate(lines):
        (_, letter_height), _ = cv2.getTextSize(line, _FONT, style.font_scale, 1)
        baseline = top + letter_height + round(number * letter_height * LINE_SPACING)
        place = (left, baseline)
        cv2.putText(picture, line, place, _FONT, style.font_scale, style.color, 1, cv2.LINE_AA)
