from __future__ import annotations

import math

import pytest

from picket.demo.body import EYES, HAIR, JACKET, SOLES, Part, Pose, build_figure

TOWARDS_CAMERA, AWAY = math.pi / 2, -math.pi / 2
STANDING = Pose(0.0, 6.0, TOWARDS_CAMERA, phase=0.0, stride=0.0, effort=0.0)


def mean(part: Part, axis: str) -> float:
    values = [getattr(ball, axis) for hull in part.hulls for ball in hull]
    return float(sum(values)) / len(values)


def colored(parts: tuple[Part, ...], color: tuple[int, int, int]) -> list[Part]:
    return [part for part in parts if part.color == color]


def lowest_m(pose: Pose) -> float:
    parts = build_figure(pose)
    return min(ball.y - ball.radius for part in parts for hull in part.hulls for ball in hull)


def test_a_standing_figure_is_as_tall_as_a_person_and_touches_the_ground() -> None:
    parts = build_figure(STANDING)
    top = max(ball.y + ball.radius for part in parts for hull in part.hulls for ball in hull)
    assert 1.7 < top < 1.9
    assert lowest_m(STANDING) == pytest.approx(0.0, abs=0.01)


def test_the_face_is_painted_last_towards_the_camera_and_before_the_hair_away_from_it() -> None:
    facing = [part.color for part in build_figure(STANDING)]
    turned = [part.color for part in build_figure(Pose(0.0, 6.0, AWAY, 0.0, 0.0, 0.0))]
    assert facing.index(EYES) > facing.index(HAIR)
    assert turned.index(EYES) < turned.index(HAIR)


def test_a_figure_that_walks_right_has_its_left_sole_farther_away() -> None:
    parts = build_figure(Pose(0.0, 6.0, 0.0, phase=0.0, stride=1.0, effort=1.0))
    soles = sorted(colored(parts, SOLES), key=lambda part: mean(part, "x"))
    behind, ahead = soles  # at phase 0 the left foot lands in front
    assert mean(ahead, "z") > mean(behind, "z")
    assert mean(ahead, "x") - mean(behind, "x") > 0.5


def test_arms_swing_against_the_legs() -> None:
    parts = build_figure(Pose(0.0, 6.0, 0.0, phase=0.0, stride=1.0, effort=1.0))
    arms = [part for part in colored(parts, JACKET) if part.setback_m < 0]
    left_arm = max(arms, key=lambda part: mean(part, "z"))
    right_arm = min(arms, key=lambda part: mean(part, "z"))
    assert mean(right_arm, "x") > mean(left_arm, "x")  # while the left foot is in front
