from __future__ import annotations

import numpy as np
import pytest

from picket.demo.lens import EYE_HEIGHT_M, FOCAL_PX, HORIZON_PX, WIDTH_PX, project


def test_what_is_straight_ahead_at_eye_height_lies_on_the_horizon() -> None:
    ((x, y),) = project(np.array([[0.0, EYE_HEIGHT_M, 7.0]]))
    assert (x, y) == pytest.approx((WIDTH_PX / 2, HORIZON_PX))


def test_a_metre_twice_as_far_away_is_half_as_long() -> None:
    points = project(np.array([[0.0, 0.0, 4.0], [1.0, 0.0, 4.0], [0.0, 0.0, 8.0], [1.0, 0.0, 8.0]]))
    near, far = points[1, 0] - points[0, 0], points[3, 0] - points[2, 0]
    assert near == pytest.approx(FOCAL_PX / 4)
    assert far == pytest.approx(near / 2)


def test_up_in_the_yard_is_up_in_the_frame() -> None:
    foot, head = project(np.array([[1.0, 0.0, 6.0], [1.0, 1.8, 6.0]]))
    assert head[1] < foot[1]
    assert head[0] == pytest.approx(foot[0])
