"""Boxes in pixels and as shares of a frame."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from picket.domain.geometry import Box

WIDTH, HEIGHT = 640, 360


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    x1, y1 = draw(st.integers(0, WIDTH - 1)), draw(st.integers(0, HEIGHT - 1))
    return Box(x1, y1, draw(st.integers(x1 + 1, WIDTH)), draw(st.integers(y1 + 1, HEIGHT)))


@given(boxes())
def test_a_relative_box_is_the_same_box(box: Box) -> None:
    assert Box.from_relative(box.relative(WIDTH, HEIGHT), WIDTH, HEIGHT) == box


@given(st.tuples(*[st.floats(0, 1)] * 4))
def test_a_relative_box_has_at_least_one_pixel(shares: tuple[float, float, float, float]) -> None:
    assert Box.from_relative(shares, WIDTH, HEIGHT).area >= 1
