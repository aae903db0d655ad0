from __future__ import annotations

from dataclasses import replace

import pytest

from picket.detect.regions import (
    RegionRules,
    Want,
    grown,
    is_shown,
    is_shown_by_any,
    make_want,
    possible_sides,
    square_around,
    want_object,
)
from picket.domain.geometry import Box

RULES = RegionRules(1280, 720, input_side=320, least_height_px=40)


def test_sides_go_from_twice_enlarged_to_the_whole_frame() -> None:
    assert possible_sides(RULES) == (160, 224, 320, 452, 640, 904, 1280)


def test_a_frame_smaller_than_the_input_has_one_side_that_holds_it() -> None:
    assert possible_sides(RegionRules(178, 100, input_side=416)) == (178,)


@pytest.mark.parametrize(
    ("height_px", "smallest", "largest"),
    [
        (40, 160, 320),  # as it is, or enlarged
        (80, 320, 640),  # as it is, or in half the size
        (30, 120, 240),  # must be enlarged a little
        (10, 40, 160),  # no more than twice, though it stays too small
    ],
)
def test_an_object_is_large_enough_for_the_model_in_its_regions(
    height_px: int, smallest: int, largest: int
) -> None:
    box = Box(600, 300, 600 + height_px // 2, 300 + height_px)
    want = make_want(box, height_px, RULES)
    assert (want.smallest_side, want.largest_side) == (smallest, largest)


def test_what_is_wide_and_low_still_fits_in() -> None:
    want = make_want(Box(0, 300, 500, 320), 20, RULES)
    assert want.smallest_side <= 640 <= want.largest_side


def test_a_model_that_wants_surroundings_gets_them_around_objects() -> None:
    box = Box(600, 300, 700, 500)
    assert want_object(box, RULES).box == Box(580, 280, 720, 520)
    assert want_object(box, replace(RULES, object_room=2.0)).box == Box(500, 200, 800, 600)


def test_more_around_a_box_stays_inside_the_frame() -> None:
    assert grown(Box(0, 700, 20, 720), 10, RULES) == Box(0, 690, 30, 720)


def test_a_square_is_moved_into_the_frame() -> None:
    assert square_around(Box(1270, 0, 1280, 10), 320, RULES) == Box(960, 0, 1280, 320)


def test_a_square_larger_than_the_frame_sticks_out_below() -> None:
    assert square_around(Box(0, 0, 10, 10), 1280, RULES) == Box(0, 0, 1280, 1280)


def test_what_is_shown_is_inside_and_neither_too_small_nor_too_large() -> None:
    want = Want(Box(100, 100, 140, 140), 200, 400, share=0.75)
    assert is_shown(want, Box(0, 0, 320, 320))
    assert is_shown(want, Box(110, 0, 430, 320))
    assert not is_shown(want, Box(111, 0, 431, 320))
    assert not is_shown(want, Box(90, 90, 280, 280))
    assert not is_shown(want, Box(0, 0, 452, 452))
    assert is_shown_by_any(want, [Box(0, 0, 452, 452), Box(0, 0, 320, 320)])
    assert not is_shown_by_any(want, [])
