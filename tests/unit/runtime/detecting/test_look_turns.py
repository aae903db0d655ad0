from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from picket.domain.geometry import Box
from picket.domain.look import Ask, Urgency
from picket.runtime.detecting.look_turns import (
    ALLOWED_S,
    HANDICAP_S,
    IDLE_S,
    LookTurns,
    begin_frame,
    note_asked,
    note_made,
    take_turns,
)
from tests.unit.runtime.detector_hour import INTERVAL_S, STEP_S, Camera, Hour

NEW, MOVING, RESTING = Urgency
BUSY = (NEW, MOVING, RESTING)


def ask(urgency: Urgency, number: int = 0) -> Ask:
    return Ask(Box(number, 0, number + 100, 100), urgency)


def after(*steps: tuple[str, float, Urgency]) -> LookTurns:
    turns = LookTurns()
    for what, now, kind in steps:
        if what == "asked":
            turns = note_asked(turns, {kind}, now)
        else:
            turns = note_made(turns, {kind}, 0.0, now)
    return turns


def test_what_begins_together_is_asked_for_by_urgency_and_then_as_it_was_named() -> None:
    turns = note_asked(LookTurns(), BUSY, 100.0)
    asks = [ask(RESTING), ask(NEW, 1), ask(MOVING), ask(NEW, 2)]
    found = take_turns(turns, asks, 100.0, 100.0)
    assert [one.ask for one in found] == [asks[1], asks[3], asks[2], asks[0]]
    assert [one.due - 100 for one in found] == [0, 0, HANDICAP_S[MOVING], HANDICAP_S[RESTING]]
    allowed = [one.until - 100 for one in found]
    assert allowed == pytest.approx([ALLOWED_S[one.ask.urgency] for one in found])


def test_what_waited_for_longer_than_its_handicap_comes_first_and_may_wait_as_long() -> None:
    turns = after(("asked", 98.5, MOVING), ("asked", 99.9, MOVING), ("asked", 99.9, NEW))
    moving, new = take_turns(turns, [ask(NEW), ask(MOVING)], 100.0, 100.0)
    assert (moving.ask.urgency, new.ask.urgency) == (MOVING, NEW)
    assert moving.until == new.until == 100 + ALLOWED_S[NEW]


def test_only_the_first_look_of_a_kind_stands_for_the_time_that_the_kind_has_waited() -> None:
    turns = after(("asked", 99.0, NEW), ("asked", 99.9, NEW))
    found = take_turns(turns, [ask(NEW), ask(NEW, 1)], 100.0, 100.0)
    assert [one.due for one in found] == [99, 100]


def test_who_was_served_or_wanted_nothing_for_a_while_begins_anew() -> None:
    served = after(("asked", 90.0, NEW), ("made", 91.0, NEW), ("asked", 91.2, NEW))
    assert served.waits[NEW].since == 91.0
    idle = after(("asked", 90.0, NEW), ("asked", 90.1 + IDLE_S, NEW))
    assert idle.waits[NEW].since == 90.1 + IDLE_S
    asking = after(("asked", 90.0, NEW), ("asked", 89.9 + IDLE_S, NEW))
    assert asking.waits[NEW].since == 90.0


def test_a_frame_that_was_decoded_late_waits_only_for_what_is_due() -> None:
    turns = note_asked(LookTurns(), BUSY, 100.0)
    found = take_turns(turns, [ask(kind) for kind in BUSY], 98.0, 100.0)
    assert [one.until for one in found] == pytest.approx([100.4, 98.3, 98.2])


def test_who_is_late_because_of_looks_waits_that_much_less_until_it_has_caught_up() -> None:
    turns = note_made(note_asked(LookTurns(), {NEW}, 99.0), {NEW}, 0.5, 99.5)
    waits_s = []
    for begun in (99.5, 99.6, 99.7, 99.8, 99.9):
        turns = note_asked(begin_frame(turns, 0.3), {NEW}, begun)
        waits_s.append(take_turns(turns, [ask(NEW)], 98.0, begun)[0].until - begun)
    assert waits_s == pytest.approx([0.05, 0.2, 0.35, 0.4, 0.4])


def four(wants: tuple[Urgency, ...]) -> list[Camera]:
    return [Camera(wants, phase_s=0.05 * n) for n in range(4)]


def test_a_detector_that_is_quick_enough_leaves_nothing_out() -> None:
    hour = Hour(four((NEW, MOVING)), look_s=0.02)
    hour.pass_by(30)
    assert all(not camera.shed for camera in hour.cameras)
    assert all(camera.frames >= 30 / INTERVAL_S - 3 for camera in hour.cameras)


@pytest.mark.parametrize("look_s", [0.06, 0.2])
def test_a_slow_detector_leaves_out_what_is_least_urgent_and_no_frame(look_s: float) -> None:
    hour = Hour(four(BUSY), look_s)
    hour.pass_by(60)
    shares = [hour.shed_share(kind) for kind in BUSY]
    assert shares == sorted(shares)
    assert shares[2] > 0.9 > shares[0]
    assert hour.busy_s > 0.97 * 60
    for camera in hour.cameras:
        assert camera.frames >= 60 / INTERVAL_S - 5
        assert camera.longest_lag_s <= ALLOWED_S[NEW] + 3 * look_s + 5 * STEP_S
    counts = [camera.made.total() for camera in hour.cameras]
    assert min(counts) >= 0.9 * max(counts)


def test_who_only_has_what_stands_does_not_keep_others_from_what_is_new() -> None:
    calm, stirred = four((RESTING,)), four((NEW,))
    alone, together = Hour(four((NEW,)), 0.1), Hour([*calm, *stirred], 0.1)
    for hour in (alone, together):
        hour.pass_by(60)
    made = sum(camera.made[NEW] for camera in stirred)
    assert made >= 0.9 * sum(camera.made[NEW] for camera in alone.cameras)


def test_cameras_in_step_with_the_detector_all_have_their_looks() -> None:
    hour = Hour([Camera((NEW,), phase_s=0.03 * n) for n in range(3)], look_s=0.1953125)
    hour.pass_by(25)
    for camera in hour.cameras:
        times = [0.0, *camera.times[NEW], hour.now]
        assert max(b - a for a, b in pairwise(times)) < 2.5


wishes = st.lists(st.sampled_from(BUSY), min_size=1, max_size=4).map(tuple)


@settings(max_examples=25, deadline=None)
@given(wants=st.lists(wishes, min_size=1, max_size=5), look_s=st.floats(0.01, 0.3))
def test_nothing_starves_no_frame_is_lost_and_no_time_is_wasted(
    wants: list[tuple[Urgency, ...]], look_s: float
) -> None:
    hour = Hour([Camera(each, phase_s=0.03 * n) for n, each in enumerate(wants)], look_s)
    hour.pass_by(25)
    assert hour.idle_in_vain == 0
    round_s = (look_s + STEP_S) * 2 * sum(len(set(each)) for each in wants) + 2 * INTERVAL_S
    for camera in hour.cameras:
        assert camera.frames >= 25 / INTERVAL_S - 8
        for kind in set(camera.wants):
            times = [0.0, *camera.times.get(kind, []), hour.now]
            assert max(b - a for a, b in pairwise(times)) <= HANDICAP_S[kind] + round_s + 1.0
