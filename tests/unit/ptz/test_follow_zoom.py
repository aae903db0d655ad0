"""How much closer a camera looks at whom it follows, alone and in the closed loop."""

from __future__ import annotations

from dataclasses import replace
from math import exp
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from picket.domain.gaze import Glance, Target
from picket.ptz.commands import Turn, ZoomBy
from picket.ptz.follow import FollowRules, Pursuit, step_pursuit
from picket.ptz.follow_zoom import (
    CLOSER,
    FIRST_STEP,
    LARGEST_STEP,
    ROOM,
    Zoomed,
    ZoomRules,
    believed_growth,
    learn_zoom,
    wanted_side,
    zoom_in,
    zoom_out,
)
from picket.ptz.travel import Travel
from tests.unit.ptz.pursued import FPS, HOME, Chase, Motors, Point

ZOOM = ZoomRules("relative", wanted_side(0.3))
TRAVEL = Travel(0.3, 0.5, 0.5)
RULES = FollowRules(("person",), ("gate",), 10, "home", TRAVEL, ZOOM)
PAUSES_S = st.floats(0.05, 0.5)
CLOSE = Zoomed(share=0.3, times=2.0, gain=2.3)


def target(height: float = 0.2, x: float = 0.5, x_speed: float = 0.0, **changes: Any) -> Target:
    person = Target(
        *("1.0-a", "person", x, 0.5, x_speed, 0.0),
        is_sure=True,
        is_moving=True,
        is_stationary=False,
        width=height / 4,
        height=height,
    )
    return replace(person, **changes)


@pytest.mark.parametrize(("factor", "side"), [(0.1, 0.078), (0.3, 0.427), (0.75, 0.711)])
def test_the_factor_is_a_share_of_the_picture(factor: float, side: float) -> None:
    assert wanted_side(factor) == pytest.approx(side, abs=0.001)


def test_the_first_step_is_small_and_the_next_as_large_as_that_taught() -> None:
    assert zoom_in(target(), Zoomed(), ZOOM) == ZoomBy(FIRST_STEP, "relative")
    known = Zoomed(0.05, 1.2, gain=4.0)
    step = zoom_in(target(0.3), known, ZOOM)
    assert step is not None
    assert 0.3 * exp(4.0 * step.closer) == pytest.approx(ZOOM.side)
    slow = zoom_in(target(), Zoomed(0.05, 1.04, gain=0.8), ZOOM)
    assert slow == ZoomBy(LARGEST_STEP, "relative")


@pytest.mark.parametrize(
    "other",
    [
        target(ZOOM.side / 1.15),  # large enough
        target(0.1, x=0.85),  # near the edge
        target(0.1, x_speed=0.2),  # too fast
    ],
)
def test_who_might_leave_the_picture_or_is_large_is_left_alone(other: Target) -> None:
    assert zoom_in(other, CLOSE, ZOOM) is None


@pytest.mark.parametrize(
    ("other", "times"),
    [
        (target(ZOOM.side / 0.85), 0.85),  # too large
        (target(x=0.95), ROOM / 0.475),  # over the edge
        (target(2 * ZOOM.side), 1 / 1.5),  # no further than that at once
    ],
)
def test_it_zooms_out_for_who_is_large_or_at_the_edge(other: Target, times: float) -> None:
    step = zoom_out(other, CLOSE, ZOOM)
    assert step is not None
    assert exp(step.closer * 2.3) == pytest.approx(times)


def test_it_never_looks_wider_than_at_home() -> None:
    assert zoom_out(target(0.9), Zoomed(), ZOOM) is None
    step = zoom_out(target(0.9), Zoomed(0.02, 1.05, gain=2.3), ZOOM)
    assert step == ZoomBy(-0.02, "relative")
    assert learn_zoom(Zoomed(0.02, 1.05, gain=2.3), step, 0.95) == Zoomed(gain=2.3)


@given(
    st.builds(target, st.floats(0.02, 1), st.floats(0, 1), st.floats(-1, 1), y=st.floats(0, 1)),
    st.floats(0.1, 0.75),
)
def test_what_was_just_zoomed_needs_no_zoom_back(person: Target, factor: float) -> None:
    rules = ZoomRules("absolute", wanted_side(factor))
    step = zoom_in(person, CLOSE, rules)
    if step is not None:
        times = exp(step.closer * 2.3)
        assert times >= CLOSER - 0.001
        after = replace(
            person,
            x=(person.x - 0.5) * times + 0.5,
            y=(person.y - 0.5) * times + 0.5,
            x_speed=person.x_speed * times,
            width=person.width * times,
            height=person.height * times,
        )
        assert zoom_out(after, CLOSE, rules) is None


def test_at_its_stop_a_camera_is_not_asked_again() -> None:
    stuck = learn_zoom(CLOSE, ZoomBy(0.1, "relative"), 1.01)
    assert (stuck.share, stuck.times) == (CLOSE.share, CLOSE.times)
    assert zoom_in(target(), stuck, ZOOM) is None
    free = learn_zoom(stuck, ZoomBy(-0.1, "relative"), 0.8)
    assert zoom_in(target(), free, ZOOM) is not None


def test_where_people_fill_the_picture_his_box_knows_better() -> None:
    before, now = Glance(1.0), Glance(2.0, enlarged=1.5)
    assert believed_growth(before, target(0.2), now, target(0.29)) == 1.5
    assert believed_growth(before, target(0.2), now, target(0.21)) == pytest.approx(1.05)
    assert believed_growth(before, target(0.2), now, target(0.2, id="2.0-b")) == 1.5


def decide(person: Target, zoomed: Zoomed) -> object:
    return step_pursuit(Pursuit(zoomed=zoomed), Glance(9.0, (person,)), 9.0, RULES)[1]


def test_out_comes_before_a_turn_and_in_after_it() -> None:
    assert isinstance(decide(target(x=0.95, entered_zones=("gate",)), CLOSE), ZoomBy)
    assert isinstance(decide(target(x=0.95, entered_zones=("gate",)), Zoomed()), Turn)
    assert isinstance(decide(target(0.1, x=0.7, entered_zones=("gate",)), CLOSE), Turn)
    assert isinstance(decide(target(0.1, entered_zones=("gate",)), CLOSE), ZoomBy)


def test_a_turn_takes_less_time_the_closer_it_looks() -> None:
    walker = target(ZOOM.side, x=0.7, x_speed=0.1, entered_zones=("gate",))
    turn = decide(walker, CLOSE)
    assert isinstance(turn, Turn)
    met_at = 0.7 + 0.1 * (TRAVEL.pause_s + TRAVEL.pan_s / CLOSE.times * turn.pan)
    assert turn.pan / 2 + 0.5 == pytest.approx(met_at, abs=0.003)


@settings(max_examples=80, deadline=None)
@given(
    velocity=st.tuples(st.floats(0.01, 0.1), st.floats(-0.03, 0.03)),
    height=st.floats(0.05, 0.5),
    delay_s=st.floats(0, 1.0),
    travel=st.builds(lambda pause_s, s: Travel(pause_s, s, s), PAUSES_S, st.floats(0.2, 1.0)),
    range_log=st.floats(0.7, 3.2),
    factor=st.floats(0.1, 0.75),
)
def test_a_walker_stays_in_a_picture_that_zooms(
    velocity: Point,
    height: float,
    delay_s: float,
    travel: Travel,
    range_log: float,
    factor: float,
) -> None:
    """Cameras that enlarge 2 to 25 times: it neither loses him nor hunts.

    A loop that takes longer than two and a half seconds is too slow for who is close.
    """
    assume(2 * delay_s + travel.duration_s(Turn(1.0)) + 2 / FPS < 2.5)

    def walk(now: float) -> Point | None:
        return (-0.2 + velocity[0] * now, velocity[1] * now) if now < 40 else None

    motors = Motors(travel, optics=lambda share: exp(range_log * share))
    rules = replace(RULES, travel=travel, zoom=ZoomRules("relative", wanted_side(factor)))
    chase = Chase(walk, rules, motors, delay_s, width=height / 4, height=height)
    chase.run(70)
    assert max(off for now, off in chase.offsets if now > 2) < 0.5
    assert max(chase.sides) <= max(2 * ROOM * 1.05, height)
    assert min(chase.enlarged) >= 1 - 1e-9
    assert len(chase.zooms()) <= 20
    assert len(chase.returns()) == 1
    assert motors.at(70) == HOME


@settings(max_examples=30, deadline=None)
@given(
    height=st.floats(0.05, 0.7),
    delay_s=st.floats(0, 1.0),
    range_log=st.floats(0.7, 3.2),
    factor=st.floats(0.1, 0.75),
)
def test_who_stands_is_shown_about_as_large_as_wanted(
    height: float, delay_s: float, range_log: float, factor: float
) -> None:
    """Unless he is larger at home, or the camera reaches no further."""
    optics = Motors(TRAVEL, optics=lambda share: exp(range_log * share))
    rules = replace(RULES, zoom=ZoomRules("relative", wanted_side(factor)))
    stands = Chase(
        lambda now: (0.001 * (int(now * 5) % 2), 0.0), rules, optics, delay_s, height / 4, height
    )
    stands.run(60)
    wanted = min(wanted_side(factor), height * exp(range_log))
    assert stands.sides[-1] == pytest.approx(max(wanted, height), rel=0.21)
    assert len(stands.zooms()) <= 15


@settings(max_examples=60, deadline=None)
@given(
    speed=st.floats(0.01, 0.06),
    height=st.floats(0.05, 0.3),
    range_log=st.floats(0.7, 3.2),
    is_blind=st.booleans(),
    longest=st.floats(0.0, 1.0),
)
def test_boxes_that_tremble_and_pictures_that_cannot_tell_lose_nobody(
    speed: float,
    height: float,
    range_log: float,
    is_blind: bool,  # noqa: FBT001
    longest: float,
) -> None:
    """By a twentieth, as boxes of walkers do; at home the camera may be zoomed in already."""

    def walk(now: float) -> Point | None:
        return (-0.2 + speed * now, 0.0) if now < 40 else None

    motors = Motors(TRAVEL, optics=lambda share: exp(range_log * share), longest=longest)
    chase = Chase(walk, RULES, motors, 0.3, height / 4, height, tremble=0.05, is_blind=is_blind)
    chase.run(70)
    assert max(off for now, off in chase.offsets if now > 2) < 0.5
    assert min(chase.enlarged) >= 1 - 1e-9
    assert len(chase.zooms()) <= 25
    assert motors.at(70) == HOME
