from __future__ import annotations

import pytest

from picket.detect.region_grid import (
    Cell,
    RegionGrid,
    grid_from_boxes,
    startup_regions,
    widen_region,
)
from picket.detect.regions import RegionRules
from picket.domain.geometry import Box

RULES = RegionRules(1280, 720, min_side=320)


def test_the_grid_learns_sides_by_the_place_of_the_centre() -> None:
    grid = grid_from_boxes([(0.5, 0.5, 0.1, 0.5), (0.52, 0.5, 0.06, 0.5)], RULES)
    side = 484 / 1280  # 360 px * 1.35, rounded down to a multiple of 4
    assert set(grid.cells) == {(4, 6)}
    cell = grid.cells[4, 6]
    assert (cell.count, cell.deviation) == (2, 0.0)
    assert cell.mean == pytest.approx(side)


def test_a_box_at_the_very_edge_belongs_to_the_last_cell() -> None:
    assert set(grid_from_boxes([(1.0, 1.0, 0.0, 0.0)], RULES).cells) == {(7, 7)}


def test_a_region_smaller_than_usual_at_its_place_is_widened() -> None:
    grid = RegionGrid({(0, 0): Cell(9, mean=0.3, deviation=0.02)})
    region = widen_region(Box(0, 0, 160, 160), grid, RULES)
    assert region.width == 768  # twice 0.3 of 1280


def test_a_region_of_usual_size_stays() -> None:
    grid = RegionGrid({(1, 1): Cell(9, mean=0.3, deviation=0.1)})
    region = Box(80, 0, 400, 320)
    assert widen_region(region, grid, RULES) is region


def test_a_region_where_nothing_was_learned_stays() -> None:
    region = Box(0, 0, 320, 320)
    assert widen_region(region, RegionGrid(), RULES) is region


def test_the_scan_takes_the_busiest_places_first() -> None:
    cells = {(n, 0): Cell(count=n + 1, mean=0.25, deviation=0.0) for n in range(8)}
    grid = RegionGrid(cells | {(3, 5): Cell(count=99, mean=0.25, deviation=0.0)})
    regions = startup_regions(grid, RULES)
    assert regions[0].contains(Box(559, 494, 561, 496))
    assert len(regions) <= 8


def test_places_with_the_same_region_are_scanned_once() -> None:
    cells = {(0, 0): Cell(2, 0.25, 0.0), (0, 1): Cell(1, 0.25, 0.0)}
    assert startup_regions(RegionGrid(cells), RULES) == (Box(0, 0, 320, 320),)


def test_an_empty_grid_has_nothing_to_scan() -> None:
    assert startup_regions(RegionGrid(), RULES) == ()
