from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.media.mpeg1_pieces import MAX_SIDE_PX, MIN_SIDE_PX, stream_size


@pytest.mark.parametrize(
    ("width", "height", "wanted", "expected"),
    [
        (1280, 720, 720, (1280, 720)),
        (640, 360, 720, (1280, 720)),
        (626, 360, 180, (312, 180)),
        (1280, 720, 361, (640, 360)),
        (1280, 720, 1, (28, 16)),
    ],
)
def test_the_width_follows_from_the_height(
    width: int, height: int, wanted: int, expected: tuple[int, int]
) -> None:
    assert stream_size(width, height, wanted) == expected


@given(st.integers(2, 8192), st.integers(2, 8192), st.integers(1, 100_000))
def test_every_size_can_be_encoded(width: int, height: int, wanted: int) -> None:
    for side in stream_size(width, height, wanted):
        assert side % 2 == 0
        assert MIN_SIDE_PX <= side <= MAX_SIDE_PX
