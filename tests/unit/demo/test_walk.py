from __future__ import annotations

import math

import pytest

from picket.demo.body import build_figure
from picket.demo.lens import WIDTH_PX
from picket.demo.paint import draw_shadow, figure_bounds
from picket.demo.walk import ARRIVE_S, GONE_S, LEAVE_S, LOOP_S, STAND_S, pose_at


def test_the_yard_is_empty_before_and_after_the_visit() -> None:
    assert pose_at(0.0) is None
    assert pose_at(ARRIVE_S) is not None
    assert pose_at(GONE_S) is None
    assert pose_at(LOOP_S - 0.01) is None


@pytest.mark.parametrize("time_s", [ARRIVE_S, GONE_S - 1e-6])
def test_the_visitor_comes_and_goes_unseen_shadow_and_all(time_s: float) -> None:
    pose = pose_at(time_s)
    assert pose is not None
    parts = build_figure(pose)
    assert figure_bounds(parts).x2 < 0
    assert draw_shadow(parts).box.x2 < 0


def test_the_visitor_stands_still_facing_the_camera() -> None:
    before, after = pose_at(9.5), pose_at(9.9)
    assert before is not None
    assert after is not None
    assert (before.x, before.z, before.heading_rad) == (after.x, after.z, after.heading_rad)
    assert before.effort == pytest.approx(0)
    assert before.heading_rad == pytest.approx(math.pi / 2)


def test_the_visitor_leaves_the_way_it_came() -> None:
    coming, leaving = pose_at((ARRIVE_S + STAND_S) / 2), pose_at((LEAVE_S + GONE_S) / 2)
    assert coming is not None
    assert leaving is not None
    assert (leaving.x, leaving.z) == pytest.approx((coming.x, coming.z))
    assert leaving.heading_rad == pytest.approx(coming.heading_rad + math.pi)


def test_the_stop_is_well_inside_the_frame() -> None:
    pose = pose_at(STAND_S + 1)
    assert pose is not None
    box = figure_bounds(build_figure(pose))
    assert 300 < box.x1 < box.x2 < WIDTH_PX - 300
    assert 300 <= box.height <= 400


def test_the_scene_begins_again() -> None:
    assert pose_at(5.0) == pose_at(5.0 + LOOP_S)
