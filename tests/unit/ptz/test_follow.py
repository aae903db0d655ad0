"""Whom a camera follows, how it turns, and when it goes home."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from picket.domain.gaze import Glance, Target
from picket.ptz.commands import GoToPreset, Turn
from picket.ptz.follow import (
    DEAD_BAND,
    PATIENCE_S,
    FollowRules,
    Pursuit,
    aim_at,
    give_way,
    rest,
    step_pursuit,
)
from picket.ptz.travel import Travel
from tests.unit.ptz.pursued import FPS, HOME, Chase, Motors, Point

TRAVEL = Travel(0.3, 0.5, 0.5)
RULES = FollowRules(("person",), ("gate",), timeout_s=10, home="home", travel=TRAVEL)
SOMEBODY = Target(
    *("1.0-a", "person", 0.5, 0.5, 0.0, 0.0),
    is_sure=True,
    is_moving=True,
    is_stationary=False,
    entered_zones=("gate",),
)
SHARES = st.floats(0, 1)


def target(x: float = 0.8, y: float = 0.5, **changes: Any) -> Target:
    return replace(SOMEBODY, x=x, y=y, **changes)


def follow(
    pursuit: Pursuit, now: float, *targets: Target, **seen: object
) -> tuple[Pursuit, object]:
    return step_pursuit(pursuit, Glance(now, targets, **seen), now, RULES)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other",
    [
        target(label="car"),
        target(entered_zones=()),
        target(entered_zones=("street",)),
        target(is_sure=False),
        target(is_moving=False),
    ],
)
def test_only_who_may_be_followed_is(other: Target) -> None:
    assert follow(Pursuit(), 1.0, other) == (Pursuit(), None)


def test_without_required_zones_any_place_will_do() -> None:
    rules = replace(RULES, zones=())
    glance = Glance(1.0, (target(entered_zones=()),))
    assert step_pursuit(Pursuit(), glance, 1.0, rules)[1] is not None


def test_the_first_is_followed_and_kept() -> None:
    first, second = target(0.9), target(0.1, id="2.0-b")
    pursuit, order = follow(Pursuit(), 1.0, first, second)
    assert isinstance(order, Turn)
    assert order.pan > 0
    pursuit = rest(pursuit, order, 2.0)
    pursuit, _ = follow(pursuit, 9.0, second, first)
    assert pursuit.target == first.id


@given(SHARES, SHARES)
def test_a_turn_points_at_who_stands(x: float, y: float) -> None:
    turn = aim_at(target(x, y), TRAVEL)
    if max(abs(x - 0.5), abs(y - 0.5)) < DEAD_BAND:
        assert turn is None
    else:
        assert turn is not None
        assert (turn.pan / 2, turn.tilt / 2) == pytest.approx((x - 0.5, 0.5 - y), abs=0.011)


@given(SHARES, SHARES, st.floats(-3, 3), st.floats(-3, 3))
def test_no_turn_is_larger_than_cameras_know(
    x: float, y: float, x_speed: float, y_speed: float
) -> None:
    turn = aim_at(target(x, y, x_speed=x_speed, y_speed=y_speed), TRAVEL)
    assert turn is None or (abs(turn.pan) <= 1 and abs(turn.tilt) <= 1)


def test_who_walks_on_is_met_where_he_will_be() -> None:
    turn = aim_at(target(0.7, x_speed=0.1), TRAVEL)
    assert turn is not None
    met_at = 0.7 + 0.1 * TRAVEL.duration_s(turn)
    assert turn.pan / 2 + 0.5 == pytest.approx(met_at, abs=0.01)


def test_the_next_turn_waits_for_the_picture_after_the_last() -> None:
    pursuit, turn = follow(Pursuit(), 1.0, target(0.9))
    assert isinstance(turn, Turn)
    pursuit = rest(pursuit, turn, 2.0)
    assert follow(pursuit, 2.2, target(0.9))[1] is None  # an old picture
    assert follow(pursuit, 2.2, target(0.9), turned_x=-0.2, is_turning=True)[1] is None
    assert follow(pursuit, 2.4, target(0.8), turned_x=-0.4)[1] is not None
    assert follow(pursuit, 2.1 + PATIENCE_S, target(0.9))[1] is not None  # it cannot turn further


def test_after_the_time_out_it_goes_home_once() -> None:
    pursuit, turn = follow(Pursuit(), 1.0, target())
    assert isinstance(turn, Turn)
    pursuit = rest(pursuit, turn, 2.0)
    pursuit, order = follow(pursuit, 10.9)
    assert order is None
    assert pursuit.is_following
    pursuit, order = follow(pursuit, 11.1)
    assert order == GoToPreset("home")
    pursuit = rest(pursuit, order, 13.0)
    assert (pursuit.is_home, pursuit.is_following) == (True, False)
    assert follow(pursuit, 30.0)[1] is None


def test_a_camera_that_need_not_turn_stays_at_home() -> None:
    pursuit, order = follow(Pursuit(), 1.0, target(0.5))
    assert (order, pursuit.is_following, pursuit.is_home) == (None, True, True)
    pursuit, order = follow(pursuit, 20.0)
    assert (order, pursuit.is_following) == (None, False)


def test_silence_is_nobody() -> None:
    pursuit, turn = follow(Pursuit(), 1.0, target())
    assert isinstance(turn, Turn)
    pursuit = rest(pursuit, turn, 2.0)
    assert step_pursuit(pursuit, None, 12.0, RULES)[1] == GoToPreset("home")


def test_who_sits_down_does_not_hold_the_camera() -> None:
    pursuit, turn = follow(Pursuit(), 1.0, target())
    assert isinstance(turn, Turn)
    pursuit = rest(pursuit, turn, 2.0)
    for now in (5.0, 8.0, 10.9):
        pursuit, order = follow(pursuit, now, target(0.5, is_stationary=True))
        assert order is None
    assert follow(pursuit, 12.0, target(0.5, is_stationary=True))[1] == GoToPreset("home")


@pytest.mark.parametrize(
    ("other", "is_taken"),
    [
        (target(0.55, id="2.0-b", entered_zones=()), True),  # nobody knows zones away from home
        (target(0.95, id="2.0-b"), False),
        (target(0.55, id="2.0-b", label="car"), False),
        (target(0.55, id="2.0-b", is_moving=False), False),
    ],
)
def test_who_comes_up_where_the_target_was_lost_may_be_he(other: Target, is_taken: bool) -> None:  # noqa: FBT001
    pursuit, turn = follow(Pursuit(), 1.0, target(0.9))
    assert isinstance(turn, Turn)
    pursuit = rest(pursuit, turn, 2.0)
    pursuit, _ = follow(pursuit, 3.0, other, turned_x=-0.4)
    assert (pursuit.target == other.id) is is_taken


def test_a_camera_that_somebody_moves_is_his_for_a_while() -> None:
    pursuit = give_way(5.0, RULES)
    assert not pursuit.is_home
    assert follow(pursuit, 14.9, target()) == (pursuit, None)
    assert isinstance(follow(pursuit, 15.1, target())[1], Turn)
    assert follow(pursuit, 99.0)[1] is None  # it stays where he left it


@settings(max_examples=60, deadline=None)
@given(
    speed=st.floats(0.03, 0.2),
    slope=st.floats(-0.3, 0.3),
    delay_s=st.floats(0, 1.0),
    pause_s=st.floats(0.05, 0.5),
    turn_s=st.floats(0.2, 1.0),
    error=st.floats(0.7, 1.4),
)
def test_a_walker_stays_in_the_picture(
    speed: float, slope: float, delay_s: float, pause_s: float, turn_s: float, error: float
) -> None:
    """A second of delay, motors slower or faster than measured: he stays, and it does not hunt.

    Who walks out of the picture before the camera sees that it turned is too fast for it.
    """
    round_s = 2 * delay_s + (pause_s + turn_s) * error + 2 / FPS
    assume(speed * round_s < 0.5 - DEAD_BAND)

    def walk(now: float) -> Point | None:
        return (-0.3 + speed * now, slope * speed * now) if now < 30 else None

    motors = Motors(Travel(pause_s * error, turn_s * error, turn_s * error))
    rules = replace(RULES, travel=Travel(pause_s, turn_s, turn_s))
    chase = Chase(walk, rules, motors, delay_s)
    chase.run(60)
    assert max(off for now, off in chase.offsets if now > 2) < 0.5
    assert not [turn for turn in chase.turns()[1:] if turn.pan < -0.05]
    assert len(chase.returns()) == 1
    last_turn_s = motors.travel.duration_s(Turn(1, 1))  # in which nobody looks
    assert 40 - last_turn_s - 2 / FPS <= chase.returns()[0] <= 41 + delay_s + last_turn_s
    assert motors.at(60) == HOME


@settings(max_examples=30, deadline=None)
@given(x=st.floats(-0.45, 0.45), y=st.floats(-0.45, 0.45), delay_s=st.floats(0, 1.0))
def test_one_turn_is_enough_for_who_stands(x: float, y: float, delay_s: float) -> None:
    chase = Chase(lambda now: (x + 0.001 * (int(now * 5) % 2), y), RULES, Motors(TRAVEL), delay_s)
    chase.run(20)
    assert len(chase.turns()) <= 1


def test_at_its_stop_a_camera_tries_now_and_then() -> None:
    chase = Chase(lambda now: (0.3 + 0.0001 * now, 0.0), RULES, Motors(TRAVEL, limit=0.0))
    chase.run(20)
    assert 1 < len(chase.turns()) <= 20 / PATIENCE_S
