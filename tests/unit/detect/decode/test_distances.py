"""Distances to the sides of a box."""

import numpy as np

from picket.detect.decode.distances import expected_distances
from tests.unit.detect.decode.outputs import assert_close, zeros


def test_a_sharp_distribution_is_its_bin() -> None:
    logits = zeros(1, 32)
    for side, distance in enumerate((0, 3, 5, 7)):
        logits[0, side * 8 + distance] = 50
    assert_close(expected_distances(logits), [[0, 3, 5, 7]])


def test_a_flat_distribution_is_the_middle() -> None:
    assert_close(expected_distances(zeros(2, 32)), np.full((2, 4), 3.5))


def test_large_logits_do_not_overflow() -> None:
    logits = zeros(1, 32)
    logits[0, [2, 3]] = 1000
    assert_close(expected_distances(logits)[0, 0], 2.5)
