from __future__ import annotations

from dataclasses import replace

import pytest

from picket.detect.region_grid import (
    LEAST_COUNT,
    believed_height,
    learn_grid,
    region_side,
    want_motion,
)
from picket.detect.regions import RegionRules
from picket.domain.geometry import Box
from picket.domain.region_grid import Cell, RegionGrid, Spread

RULES = RegionRules(1280, 720, input_side=320)
NOTHING = RegionGrid()


def usual(height_px: float, deviation_px: float, count: int = LEAST_COUNT) -> RegionGrid:
    """A camera that saw objects of one size everywhere."""
    cell = Cell(count, Spread(0.05, 0.01), Spread(height_px / 720, deviation_px / 720))
    return RegionGrid({(column, row): cell for column in range(8) for row in range(8)})


def test_the_grid_learns_sizes_by_the_place_of_the_centre() -> None:
    grid = learn_grid([(0.5, 0.5, 0.1, 0.5), (0.52, 0.5, 0.06, 0.3)])
    assert set(grid.cells) == {(4, 6), (4, 5)}
    (cell,) = learn_grid([(0.5, 0.5, 0.1, 0.4), (0.52, 0.5, 0.06, 0.3)]).cells.values()
    assert cell.count == 2
    assert (cell.width.mean, cell.width.deviation) == pytest.approx((0.08, 0.02))
    assert (cell.height.mean, cell.height.deviation) == pytest.approx((0.35, 0.05))


def test_a_box_at_the_very_edge_belongs_to_the_last_cell() -> None:
    assert set(learn_grid([(1.0, 1.0, 0.0, 0.0)]).cells) == {(7, 7)}


def test_motion_alone_is_as_high_as_what_moves() -> None:
    assert believed_height(Box(600, 300, 630, 380), [], NOTHING, RULES) == 80


def test_what_moves_is_lower_than_its_box_where_motion_is_coarse() -> None:
    coarse = replace(RULES, motion_surplus_px=28)
    assert believed_height(Box(600, 300, 650, 360), [], NOTHING, coarse) == 32
    assert believed_height(Box(600, 300, 630, 330), [], NOTHING, coarse) == 15


def test_pieces_above_each_other_are_one_object() -> None:
    head, leg = Box(610, 300, 630, 320), Box(600, 330, 620, 400)
    beside, below = Box(640, 300, 660, 400), Box(600, 480, 620, 550)
    everything = [head, leg, beside, below]
    assert believed_height(head, everything, NOTHING, RULES) == 100
    assert believed_height(beside, everything, NOTHING, RULES) == 100


def test_a_leg_belongs_to_somebody_as_tall_as_people_there_are() -> None:
    leg = Box(600, 300, 610, 320)
    assert believed_height(leg, [leg], usual(100, 10), RULES) == pytest.approx(90)


def test_a_patch_of_motion_larger_than_anybody_is_a_crowd() -> None:
    crowd = Box(400, 200, 800, 500)
    assert believed_height(crowd, [crowd], usual(100, 10), RULES) == pytest.approx(110)


def test_a_usual_size_and_a_place_that_saw_few_objects_change_nothing() -> None:
    box = Box(600, 300, 630, 395)
    assert believed_height(box, [box], usual(100, 10), RULES) == pytest.approx(95)
    assert believed_height(box, [box], usual(50, 0, count=LEAST_COUNT - 1), RULES) == 95


def test_motion_is_shown_with_room_for_the_rest_of_the_object() -> None:
    want = want_motion(Box(600, 300, 640, 400), [], NOTHING, RULES, weight=3)
    assert want.box == Box(550, 250, 690, 450)
    assert want.weight == 3
    assert want.share < 1


def test_a_region_for_the_usual_object_has_room_and_fills_the_model() -> None:
    tall = Cell(9, Spread(0.1, 0.01), Spread(0.5, 0.05))
    assert region_side(tall, RULES) == pytest.approx((1.35 * 360, 1.35 * 36))
    assert region_side(Cell(9, Spread(0.01, 0), Spread(0.02, 0)), RULES) == (320, 0)
