from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from picket.domain.gaze import Shift
from picket.domain.geometry import Box


def test_a_shift_scales_and_then_moves() -> None:
    assert Shift(2.0, 10.0, -4.0).of(Box(5, 5, 10, 20)) == Box(20, 6, 30, 36)


@given(st.integers(0, 600), st.integers(0, 300), st.integers(-900, 900), st.integers(-900, 900))
def test_a_shift_without_zoom_keeps_the_size(x: int, y: int, dx: int, dy: int) -> None:
    moved = Shift(1.0, dx, dy).of(Box(x, y, x + 30, y + 50))
    assert (moved.width, moved.height) == (30, 50)
    assert (moved.x1 - x, moved.y1 - y) == (dx, dy)


def test_a_box_stays_a_box_however_small() -> None:
    assert Shift(0.01).of(Box(100, 100, 110, 110)).area >= 1
