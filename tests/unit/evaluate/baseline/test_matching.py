from __future__ import annotations

import pytest

from picket.domain.geometry import Box
from picket.evaluate.baseline.kalman import to_array
from picket.evaluate.baseline.matching import distances, match

HERE = Box(100, 100, 200, 300)
NEAR = Box(120, 100, 220, 300)
FAR = Box(900, 100, 1000, 300)


def test_the_same_box_has_no_distance() -> None:
    assert distances(to_array([HERE]), to_array([HERE])).tolist() == [[0.0]]


def test_distance_is_counted_in_sizes_of_the_estimate() -> None:
    shifted = to_array([Box(200, 300, 300, 500)])  # one width across, one height down
    assert distances(shifted, to_array([HERE]))[0, 0] == pytest.approx(2**0.5)


def test_growing_and_shrinking_count_alike() -> None:
    small, large = to_array([Box(100, 100, 200, 200)]), to_array([Box(50, 0, 250, 200)])
    assert distances(small, large)[0, 0] == distances(large, small)[0, 0] == pytest.approx(2**0.5)


def test_the_nearest_pair_is_matched_first() -> None:
    pairs = match(to_array([NEAR, HERE]), ["a", "a"], to_array([HERE, NEAR]), ["a", "a"])
    assert pairs == {0: 1, 1: 0}


def test_another_label_or_too_far_away_is_no_match() -> None:
    assert match(to_array([HERE]), ["dog"], to_array([HERE]), ["cat"]) == {}
    assert match(to_array([FAR]), ["dog"], to_array([HERE]), ["dog"]) == {}


def test_nothing_matches_nothing() -> None:
    assert match(to_array([]), [], to_array([HERE]), ["a"]) == {}
    assert match(to_array([HERE]), ["a"], to_array([]), []) == {}
