from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.capture.clock import (
    LONGEST_HOLD_S,
    advance_clock,
    has_stepped,
    hold_at,
    start_clock,
)


def test_the_first_packet_is_now() -> None:
    clock = start_clock(5.0, now=1000.0)
    assert 5.0 + clock.offset == 1000.0


def test_a_late_first_packet_is_corrected_without_going_back() -> None:
    clock = start_clock(0.0, now=1002.0)  # two seconds were buffered on the way
    walls = []
    for n in range(1, 3000):
        pts = n / 25
        clock = advance_clock(clock, pts, now=1000.0 + pts)
        walls.append(pts + clock.offset)
    assert all(a < b for a, b in pairwise(walls))
    assert abs(clock.offset - 1000.0) < 0.001


def test_a_camera_that_drifts_is_followed() -> None:
    clock = start_clock(0.0, now=1000.0)
    pts = 0.0
    for n in range(25 * 600):
        pts = n / 25
        clock = advance_clock(clock, pts, now=1000.0 + pts * 1.0005)  # 500 ppm slow
    assert abs(pts + clock.offset - (1000.0 + pts * 1.0005)) < 0.05


def test_a_jump_of_a_clock_is_noticed_and_jitter_is_not() -> None:
    clock = start_clock(0.0, now=1000.0)
    assert has_stepped(clock, 1.0, now=4601.0)
    assert has_stepped(clock, 1.0, now=-2599.0)
    assert not has_stepped(clock, 1.0, now=1003.0)


@given(st.lists(st.floats(0.0, 2.0), min_size=2, max_size=200))
def test_time_never_runs_backwards_whatever_the_network_does(delays: list[float]) -> None:
    clock = start_clock(0.0, now=1000.0 + delays[0])
    last = clock.offset
    for n, delay in enumerate(delays[1:], start=1):
        pts = n / 25
        clock = advance_clock(clock, pts, now=1000.0 + pts + delay)
        wall = pts + clock.offset
        assert wall > last
        last = wall


DAY_S = 86_400


@pytest.mark.parametrize("drift", [-500e-6, 500e-6])
def test_a_day_of_drift_is_followed_without_a_jump(drift: float) -> None:
    clock = start_clock(0.0, now=1000.0)
    last = 1000.0
    for second in range(1, DAY_S):
        pts_s, now = second * (1 + drift), 1000.0 + second
        assert not has_stepped(clock, pts_s, now)
        clock = advance_clock(clock, pts_s, now)
        wall = pts_s + clock.offset
        assert wall > last
        assert abs(wall - now) < 0.05
        last = wall


@given(
    behind_s=st.floats(-7200, 2 * LONGEST_HOLD_S),
    elapsed_s=st.lists(st.floats(0.01, 600), min_size=1, max_size=100),
)
def test_held_time_rises_nears_the_machine_and_never_undercuts_it(
    behind_s: float, elapsed_s: list[float]
) -> None:
    wall, floor_time = 1_800_000_000.0, 1_800_000_000.0 + behind_s
    hold = hold_at(floor_time, wall, 5.0)
    times = [hold.time(wall + after_s, 5.0 + after_s) for after_s in accumulate(elapsed_s)]
    assert all(a < b for a, b in pairwise(times))
    for time, after_s in zip(times, accumulate(elapsed_s), strict=True):
        assert time >= wall + after_s
        if behind_s <= LONGEST_HOLD_S:
            assert time >= floor_time
        else:
            assert time == wall + after_s


def test_a_held_hour_is_over_within_a_day_or_so() -> None:
    hold = hold_at(1_800_003_600.0, 1_800_000_000.0, 0.0)
    later_s = 3600 / 0.04
    assert hold.time(1_800_000_000.0 + later_s, later_s) == pytest.approx(1_800_000_000.0 + later_s)


def test_a_clock_that_was_never_set_is_not_believed() -> None:
    assert hold_at(1_800_000_000.0, 12.0, 0.0).time(12.0, 0.0) == pytest.approx(1_800_000_000.0)
    assert hold_at(0.0, 12.0, 0.0).time(12.0, 0.0) == 12.0  # nothing is recorded yet


def test_a_clock_that_went_back_far_is_believed() -> None:
    assert hold_at(1_830_000_000.0, 1_800_000_000.0, 0.0).ahead_s == 0.0
