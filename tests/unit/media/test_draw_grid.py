"""Cells and their notes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.frame import Picture
from picket.media.draw_grid import GridStyle, draw_grid

GREEN = GridStyle((0, 255, 0), 0.5)


def grey(width: int = 640, height: int = 360) -> Picture:
    return np.full((height, width, 3), 90, np.uint8)


def changed(picture: Picture) -> tuple[slice, slice]:
    """Rows and columns of everything that was drawn upon."""
    rows, columns = np.nonzero((picture != 90).any(axis=2))
    return slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1)


def test_only_the_cell_with_notes_is_framed() -> None:
    picture = grey()
    draw_grid(picture, {(2, 3): ()}, 8, GREEN)
    # A line 2 px thick lies half outside of its rectangle.
    assert changed(picture) == (slice(134, 181), slice(159, 241))
    assert (picture[140:175, 165:235] == 90).all()
    assert (picture[135, 200] == GREEN.color).all()


def test_each_line_is_written_below_the_one_before() -> None:
    heights = []
    for lines in ((), ("n: 12",), ("n: 12", "std: 3"), ("n: 12", "std: 3", "mean: 90")):
        picture = grey()
        draw_grid(picture, {(1, 1): lines}, 2, GREEN)
        written = (picture[190:350, 330:630] != 90).any(axis=(1, 2))
        heights.append(int(written.nonzero()[0].max(initial=-1)))
    assert heights == sorted(set(heights))


def test_letters_grow_with_the_scale() -> None:
    ink = []
    for scale in (0.3, 0.5, 1.0):
        picture = grey()
        draw_grid(picture, {(0, 0): ("n: 12",)}, 2, GridStyle((0, 0, 255), scale))
        ink.append(int((picture[10:170, 4:310] != 90).any(axis=2).sum()))
    assert ink[0] < ink[1] < ink[2]


@pytest.mark.parametrize("color", [(0, 0, 255), (255, 255, 255)])
def test_lines_and_letters_have_the_wanted_colour(color: tuple[int, int, int]) -> None:
    picture = grey()
    draw_grid(picture, {(0, 0): ("8",)}, 1, GridStyle(color, 5.0))
    inside = picture[10:-10, 10:-10]
    assert (inside == color).all(axis=2).any()
    assert (picture[0, 0] == color).all()


@given(
    width=st.integers(16, 200).map(lambda half: half * 2),
    height=st.integers(16, 200).map(lambda half: half * 2),
    place=st.tuples(st.integers(0, 7), st.integers(0, 7)),
)
def test_a_frame_stays_within_two_pixels_of_its_cell(
    width: int, height: int, place: tuple[int, int]
) -> None:
    picture = grey(width, height)
    draw_grid(picture, {place: ()}, 8, GREEN)
    rows, columns = changed(picture)
    column, row = place
    assert column * width / 8 - 2 <= columns.start < columns.stop <= (column + 1) * width / 8 + 2
    assert row * height / 8 - 2 <= rows.start < rows.stop <= (row + 1) * height / 8 + 2
