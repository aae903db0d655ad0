"""The visit as a rule: where the figure is at every instant of the loop."""

from __future__ import annotations

import math

from picket.demo.body import STRIDE_M, Pose

LOOP_S = 30.0
ARRIVE_S, STAND_S, LEAVE_S, GONE_S = 1.4, 8.0, 11.4, 18.0
"""It starts off the left edge, stands still, walks again, and is out of the picture."""

START_X, START_Z = -6.7, 8.2  # metres; out of the picture, its shadow too
STOP_X, STOP_Z = -0.45, 5.05
RAMP = 0.13  # share of a walk that passes with gaining or losing speed
TURN_S = 1.3

_COURSE_M = math.hypot(STOP_X - START_X, STOP_Z - START_Z)
_INWARD_RAD = math.atan2(START_Z - STOP_Z, STOP_X - START_X)
_FACING_RAD = math.pi / 2
_OUTWARD_RAD = math.pi + _INWARD_RAD


def pose_at(time_s: float) -> Pose | None:
    """The figure at a time of the loop, or None while the yard is empty."""
    time_s %= LOOP_S
    if time_s < ARRIVE_S or time_s >= GONE_S:
        return None
    if time_s < STAND_S:
        return _walking((time_s - ARRIVE_S) / (STAND_S - ARRIVE_S), outward=False)
    if time_s < LEAVE_S:
        return _standing(time_s - STAND_S)
    return _walking((time_s - LEAVE_S) / (GONE_S - LEAVE_S), outward=True)


def _walking(share: float, *, outward: bool) -> Pose:
    covered, speed = _glide(share)
    along = 1 - covered if outward else covered
    return Pose(
        START_X + along * (STOP_X - START_X),
        START_Z + along * (STOP_Z - START_Z),
        _OUTWARD_RAD if outward else _INWARD_RAD,
        covered * _COURSE_M / STRIDE_M,
        stride=speed,
        effort=speed,
    )


def _standing(time_s: float) -> Pose:
    """Turn to the camera, look about, turn on to where it came from."""
    total_s = LEAVE_S - STAND_S
    first, second = _smooth(time_s / TURN_S), _smooth((time_s - total_s + TURN_S) / TURN_S)
    heading = _INWARD_RAD
    heading += first * (_FACING_RAD - _INWARD_RAD) + second * (_OUTWARD_RAD - _FACING_RAD)
    busy = math.sin(math.pi * first) + math.sin(math.pi * second)
    return Pose(
        STOP_X,
        STOP_Z,
        heading,
        _COURSE_M / STRIDE_M + first + second,
        stride=0.0,
        effort=0.45 * busy,
        glance_rad=0.5 * math.sin(2 * math.pi * time_s / total_s),
    )


def _glide(share: float) -> tuple[float, float]:
    """Distance covered and speed, both 0..1, of a walk with even gain and loss of speed."""
    length = 1 - RAMP
    if share < RAMP:
        return share**2 / (2 * RAMP * length), share / RAMP
    if share > 1 - RAMP:
        left = 1 - share
        return 1 - left**2 / (2 * RAMP * length), left / RAMP
    return (share - RAMP / 2) / length, 1.0


def _smooth(share: float) -> float:
    """0 to 1 with no jump of speed at either end."""
    share = min(max(share, 0.0), 1.0)
    return share * share * (3 - 2 * share)
