from __future__ import annotations

import numpy as np
import pytest

from picket.domain.geometry import Box
from picket.evaluate.baseline.kalman import begin, correct, predict, to_array


def test_a_box_seen_once_is_expected_where_it_was() -> None:
    ahead = predict(begin([Box(10, 20, 30, 60)]))
    assert ahead.position.tolist() == [[10, 20, 30, 60]]


def test_a_steady_walk_is_learned() -> None:
    estimates = begin([Box(0, 0, 40, 80)])
    for step in range(1, 30):
        seen = to_array([Box(7 * step, 0, 40 + 7 * step, 80)])
        estimates = correct(predict(estimates), seen)
    assert estimates.velocity[0] == pytest.approx([7, 0, 7, 0], abs=0.05)
    assert predict(estimates).position[0] == pytest.approx([210, 0, 250, 80], abs=0.3)


def test_rows_do_not_influence_each_other() -> None:
    together, alone = begin([Box(0, 0, 9, 9), Box(50, 50, 90, 90)]), begin([Box(50, 50, 90, 90)])
    seen = to_array([Box(3, 0, 12, 9), Box(55, 50, 95, 90)])
    assert np.array_equal(correct(together, seen).position[1], correct(alone, seen[1:]).position[0])


def test_the_covariance_is_the_textbook_one() -> None:
    estimates = predict(begin([Box(0, 0, 9, 9)]))
    assert estimates.covariance[0].tolist() == [[11.1, 1.0], [1.0, 1.1]]
    after = correct(estimates, to_array([Box(0, 0, 9, 9)])).covariance[0]
    before = estimates.covariance[0]
    gain = before @ np.array([[1.0], [0.0]]) / (11.1 + 4.0)
    assert after == pytest.approx((np.eye(2) - gain @ np.array([[1.0, 0.0]])) @ before)


def test_rows_can_be_chosen_and_joined() -> None:
    first, second = begin([Box(0, 0, 9, 9), Box(1, 1, 9, 9)]), begin([Box(2, 2, 9, 9)])
    chosen = first.rows([1]).joined(second)
    assert chosen.position[:, 0].tolist() == [1, 2]
    assert len(first.rows([])) == 0
