from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.api.birdseye.layout import arrange
from picket.domain.geometry import Box

WIDE = 16 / 9
TALL = 9 / 16
RATIOS = st.lists(st.floats(0.3, 4.0), min_size=1, max_size=24)
SIDES = st.integers(160, 1000).map(lambda half: 2 * half)


def boxes(ratios: list[float], width: int = 1280, height: int = 720) -> list[Box]:
    found = [box for box in arrange(ratios, width, height) if box is not None]
    assert len(found) == len(ratios)
    return found


def covered(found: list[Box], width: int = 1280, height: int = 720) -> float:
    return sum(box.area for box in found) / (width * height)


def overlaps(one: Box, other: Box) -> bool:
    across = min(one.x2, other.x2) > max(one.x1, other.x1)
    return across and min(one.y2, other.y2) > max(one.y1, other.y1)


@given(RATIOS, SIDES, SIDES)
def test_everybody_is_inside_whole_in_shape_and_alone_in_his_place(
    ratios: list[float], width: int, height: int
) -> None:
    found = boxes(ratios, width, height)
    for ratio, box in zip(ratios, found, strict=True):
        assert 0 <= box.x1 < box.x2 <= width
        assert 0 <= box.y1 < box.y2 <= height
        assert not any(side % 2 for side in (box.x1, box.y1, box.x2, box.y2))
        exact = [(box.width + dx) / (box.height + dy) for dx in (-2, 2) for dy in (-1.99, 2)]
        assert min(exact) <= ratio <= max(exact)
    assert not any(overlaps(one, other) for one, other in combinations(found, 2))


@given(st.integers(1, 30), st.sampled_from([WIDE, 4 / 3, TALL]), SIDES, SIDES)
def test_equal_cameras_are_as_large_as_in_the_best_grid(
    count: int, ratio: float, width: int, height: int
) -> None:
    grids = ((columns, -(-count // columns)) for columns in range(1, count + 1))
    best = max(min(width / c, height / r * ratio) for c, r in grids)
    found = boxes([ratio] * count, width, height)
    mean = (sum(box.width for box in found)) / count
    assert mean >= 0.95 * best - 2


@pytest.mark.parametrize(
    ("count", "rows", "share"),
    [(1, 1, 1.0), (2, 1, 0.5), (3, 2, 0.75), (4, 2, 1.0), (5, 2, 0.83), (9, 3, 1.0), (12, 3, 0.75)],
)
def test_usual_cameras_stand_in_few_rows(count: int, rows: int, share: float) -> None:
    found = boxes([WIDE] * count)
    assert len({box.y1 for box in found}) == rows
    assert covered(found) >= share - 0.01


def test_order_goes_from_left_to_right_and_down() -> None:
    found = boxes([WIDE] * 7)
    assert found == sorted(found, key=lambda box: (box.y1, box.x1))


def test_a_tall_camera_takes_a_column() -> None:
    door, *others = boxes([TALL, WIDE, WIDE])
    assert door.height == 720
    assert [box.height for box in others] == [360, 360]


def test_nobody_is_tiny_so_that_another_one_is_large() -> None:
    for count in range(2, 25):
        areas = [box.area for box in boxes([WIDE] * count)]
        assert max(areas) < 4 * min(areas)


def test_who_has_no_room_left_is_left_out() -> None:
    assert None in arrange([100.0, 100.0], 60, 60)
    assert arrange([], 100, 60) == ()
