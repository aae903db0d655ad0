from __future__ import annotations

from dataclasses import replace

from picket.detect.covering import WANTS_MAX, cover
from picket.detect.regions import RegionRules, Want, is_shown, want_object
from picket.domain.geometry import Box

RULES = RegionRules(1280, 720, input_side=320, least_height_px=40)


def person(x: int, y: int, height: int = 80, weight: int = 1) -> Want:
    return want_object(Box(x, y, x + height // 2, y + height), RULES, weight=weight)


def test_nothing_wanted_is_nothing_looked_at() -> None:
    assert cover([], RULES) == ()


def test_an_object_alone_lies_in_the_middle_of_its_region() -> None:
    assert cover([person(600, 300)], RULES) == (Box(460, 180, 780, 500),)


def test_near_objects_share_a_region_and_far_ones_do_not() -> None:
    near, far = person(700, 320), person(1200, 600, height=40)
    (region,) = cover([person(600, 300), near], RULES)
    assert is_shown(near, region)
    assert len(cover([person(600, 300), far], RULES)) == 2


def test_a_larger_region_is_taken_when_it_saves_a_look() -> None:
    (region,) = cover([person(100, 300), person(600, 300)], RULES)
    assert region.width == 640


def test_nobody_becomes_too_small_to_save_a_look() -> None:
    small = [person(100, 300, height=40), person(600, 300, height=40)]
    assert [region.width for region in cover(small, RULES)] == [160, 160]


def test_what_is_small_is_enlarged() -> None:
    (region,) = cover([person(600, 300, height=24)], RULES)
    assert region.width == 160


def test_a_region_that_greed_made_needless_is_left_out() -> None:
    # The heaviest square takes the middle four; the outer two then need one each, and these hold
    # the middle as well.
    row = [person(x, 300, height=40, weight=w) for x, w in ((0, 1), (90, 2), (150, 2), (240, 1))]
    assert len(cover(row, replace(RULES, width=1280))) <= 2


def test_the_most_urgent_come_first_when_looks_are_few() -> None:
    wants = [person(x, 300, height=40, weight=1 + (x == 800)) for x in range(0, 1200, 400)]
    (region,) = cover(wants, replace(RULES, looks_max=1))
    assert is_shown(wants[2], region)


def test_a_storm_is_looked_at_by_its_most_urgent_part() -> None:
    storm = [person(x, y, 24) for x in range(0, 1200, 60) for y in range(0, 600, 60)]
    urgent = person(1210, 640, 24, weight=100)
    assert len(storm) > WANTS_MAX
    assert any(is_shown(urgent, region) for region in cover([*storm, urgent], RULES))
