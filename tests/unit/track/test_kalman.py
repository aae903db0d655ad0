from __future__ import annotations

import numpy as np
import pytest

from picket.domain.geometry import Box
from picket.track.kalman import (
    DOUBTFUL_NOISE,
    SIDE_NOISE,
    Estimates,
    begin,
    correct,
    predict,
    to_array,
    to_box,
)


def walk(steps_s: list[float], px_per_s: float = 35.0) -> Estimates:
    """What is known of a walk to the right, seen after each of these steps."""
    estimates, time_s = begin([Box(0, 0, 40, 80)]), 0.0
    for step_s in steps_s:
        time_s += step_s
        x = round(px_per_s * time_s)
        seen = to_array([Box(x, 0, x + 40, 80)])
        estimates = correct(predict(estimates, step_s), seen)
    return estimates


def test_a_box_seen_once_is_expected_where_it_was() -> None:
    ahead = predict(begin([Box(10, 20, 30, 60)]), 1.0)
    assert ahead.position.tolist() == [[10, 20, 30, 60]]


def test_a_steady_walk_is_learned() -> None:
    estimates = walk([0.2] * 29)
    assert estimates.velocity[0] == pytest.approx([35, 0, 35, 0], abs=1.5)
    assert predict(estimates, 0.2).position[0] == pytest.approx([210, 0, 250, 80], abs=1)


def test_frames_need_not_come_evenly() -> None:
    estimates = walk([0.2, 0.6, 0.1, 0.1, 0.4] * 6)
    assert estimates.velocity[0, 0] == pytest.approx(35, abs=2)


def test_the_longer_nobody_looked_the_less_is_known() -> None:
    estimates = walk([0.2] * 5)
    spreads = [predict(estimates, step_s).covariance[0, 0, 0] for step_s in (0.0, 0.2, 1.0, 3.0)]
    assert spreads == sorted(set(spreads))


def test_an_unseen_walk_slows_down() -> None:
    estimates = walk([0.2] * 20)
    far = predict(estimates, 4.0)
    assert far.velocity[0, 0] == pytest.approx(estimates.velocity[0, 0] / np.e)


def test_what_is_near_the_camera_is_judged_by_its_size() -> None:
    small, large = begin([Box(0, 0, 10, 20)]), begin([Box(0, 0, 100, 200)])
    for step in range(1, 9):
        near = to_array([Box(10 * step, 0, 100 + 10 * step, 200)])
        small = correct(predict(small, 0.2), near / 10)
        large = correct(predict(large, 0.2), near)
    assert large.velocity == pytest.approx(10 * small.velocity)


def test_rows_do_not_influence_each_other() -> None:
    together, alone = begin([Box(0, 0, 9, 9), Box(50, 50, 90, 90)]), begin([Box(50, 50, 90, 90)])
    seen = to_array([Box(3, 0, 12, 9), Box(55, 50, 95, 90)])
    assert np.array_equal(correct(together, seen).position[1], correct(alone, seen[1:]).position[0])


def test_the_covariance_is_the_textbook_one() -> None:
    before = predict(begin([Box(0, 0, 100, 100)]), 0.2).covariance[0]
    noise = (0.05 * 100) ** 2
    gain = before @ np.array([[1.0], [0.0]]) / (before[0, 0] + noise)
    estimates = predict(begin([Box(0, 0, 100, 100)]), 0.2)
    after = correct(estimates, to_array([Box(0, 0, 100, 100)])).covariance[0]
    assert after == pytest.approx((np.eye(2) - gain @ np.array([[1.0, 0.0]])) @ before)


def test_what_is_hardly_seen_says_less() -> None:
    ahead = predict(begin([Box(0, 0, 9, 9), Box(0, 0, 9, 9)]), 0.2)
    seen = to_array([Box(5, 0, 14, 9), Box(5, 0, 14, 9)])
    after = correct(ahead, seen, np.array([SIDE_NOISE, DOUBTFUL_NOISE]))
    assert 0 < after.position[1, 0] < after.position[0, 0] < 5


def test_a_row_inside_out_is_a_box_of_one_pixel() -> None:
    assert to_box(np.array([5.4, 7.6, 3.0, 8.2])) == Box(5, 8, 6, 9)


def test_rows_can_be_chosen_and_joined() -> None:
    first, second = begin([Box(0, 0, 9, 9), Box(1, 1, 9, 9)]), begin([Box(2, 2, 9, 9)])
    chosen = first.rows([1]).joined(second)
    assert chosen.position[:, 0].tolist() == [1, 2]
    assert len(first.rows([])) == 0
