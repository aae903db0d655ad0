from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from picket.config.coordinates import resolve_polygons

sizes = st.integers(2, 8000)
pixels = st.lists(st.tuples(st.integers(0, 8000), st.integers(0, 8000)), min_size=1, max_size=9)
shares = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=9)


@given(points=pixels, width=sizes, height=sizes)
def test_pixels_come_back_as_they_were_written(
    points: list[tuple[int, int]], width: int, height: int
) -> None:
    text = ",".join(f"{x},{y}" for x, y in points)
    assert resolve_polygons(text, width, height) == (tuple(points),)


@given(points=shares, width=sizes, height=sizes)
def test_shares_stay_in_the_frame_and_within_a_pixel(
    points: list[tuple[float, float]], width: int, height: int
) -> None:
    text = ",".join(f"{x:.6f},{y:.6f}" for x, y in points)
    (polygon,) = resolve_polygons(text, width, height)
    for (x, y), (px, py) in zip(points, polygon, strict=True):
        assert 0 <= px < width
        assert 0 <= py < height
        assert abs(px - x * width) <= 1.01
        assert abs(py - y * height) <= 1.01


@given(points=st.lists(pixels, min_size=1, max_size=4))
def test_a_list_of_polygons_keeps_their_order(points: list[list[tuple[int, int]]]) -> None:
    texts = [",".join(f"{x},{y}" for x, y in [*each, each[0]]) for each in points]
    resolved = resolve_polygons(texts, 100, 100)
    assert resolved == tuple((*each, each[0]) for each in points)
