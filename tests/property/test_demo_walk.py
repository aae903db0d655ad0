from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from picket.demo.body import SOLES, STRIDE_M, TROUSERS, Pose, build_figure
from picket.demo.walk import ARRIVE_S, GONE_S, LOOP_S, pose_at

FRAME_S = 1 / 15
shares = st.floats(0.0, 1.0)


@given(st.floats(ARRIVE_S, GONE_S - 2 * FRAME_S))
def test_nothing_of_the_visitor_jumps_from_frame_to_frame(time_s: float) -> None:
    before, after = pose_at(time_s), pose_at(time_s + FRAME_S)
    assert before is not None
    assert after is not None
    assert math.hypot(after.x - before.x, after.z - before.z) < 0.12  # metres, 1.8 m/s
    assert abs(after.heading_rad - before.heading_rad) < 0.25
    assert abs(after.glance_rad - before.glance_rad) < 0.15
    assert abs(after.effort - before.effort) < 0.2


@given(st.floats(-100.0, 100.0))
def test_every_round_is_the_same(time_s: float) -> None:
    pose, later = pose_at(time_s), pose_at(time_s + LOOP_S)
    if pose is None or later is None:  # at the very edge rounding decides
        return
    assert math.isclose(pose.x, later.x, abs_tol=1e-6)
    assert math.isclose(pose.z, later.z, abs_tol=1e-6)


@given(phase=st.floats(0.0, 3.0), stride=shares, effort=shares, heading=st.floats(-7.0, 7.0))
def test_one_foot_is_always_near_the_ground_and_none_below_it(
    phase: float, stride: float, effort: float, heading: float
) -> None:
    parts = build_figure(Pose(0.0, 6.0, heading, phase, stride, effort))
    soles = [part for part in parts if part.color == SOLES]
    lowest = [min(ball.y - ball.radius for ball in sole.hulls[0]) for sole in soles]
    assert -0.05 < min(lowest) < 0.05


@given(phase=st.floats(0.0, 0.3), step=st.floats(0.01, 0.1))
def test_a_foot_on_the_ground_stays_where_it_is(phase: float, step: float) -> None:
    assert math.isclose(_left_ankle_x(phase), _left_ankle_x(phase + step), abs_tol=1e-9)


def _left_ankle_x(phase: float) -> float:
    """A walker's x of the left ankle, while the body goes one stride length per cycle."""
    parts = build_figure(Pose(STRIDE_M * phase, 6.0, 0.0, phase, 1.0, 1.0))
    legs = [p for p in parts if p.color == TROUSERS]
    left = max(legs, key=lambda part: part.hulls[0][0].z)
    return left.hulls[1][1].x
