from __future__ import annotations

import pytest

from picket.config.coordinates import parse_polygons, resolve_polygons


def test_pixels_are_taken_as_they_are() -> None:
    assert resolve_polygons("0,461,3,0,1919,0", 640, 360) == (((0, 461), (3, 0), (1919, 0)),)


def test_shares_become_pixels_within_the_frame() -> None:
    (polygon,) = resolve_polygons("0.0,0.5,1,1,0.25,0", 640, 360)
    assert polygon == ((0, 180), (639, 359), (160, 0))


def test_a_list_is_several_polygons() -> None:
    assert len(resolve_polygons(["0,0,9,0,9,9", "1,1,5,1,5,5"], 10, 10)) == 2


def test_a_list_of_points_is_one_polygon() -> None:
    assert resolve_polygons(["0,0", "9,0", "9,9"], 10, 10) == (((0, 0), (9, 0), (9, 9)),)


@pytest.mark.parametrize("nothing", ["", None, [], ["", " "]])
def test_nothing_written_is_no_polygon(nothing: str | list[str] | None) -> None:
    assert resolve_polygons(nothing, 10, 10) == ()


def test_whole_ones_are_pixels_and_pointed_ones_are_shares() -> None:
    assert not parse_polygons("0,0,1,0,1,1")[0].is_relative
    assert parse_polygons("0.0,0,1,0,1,1")[0].is_relative


@pytest.mark.parametrize(
    "bad", ["1,2,3", "a,b", "0,-1,2,2", "0.5,0,10,10", "nan,1,0.5,1", "1,,2,3"]
)
def test_nonsense_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="'"):
        parse_polygons(bad)
