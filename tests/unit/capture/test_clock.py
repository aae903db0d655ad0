from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from picket.capture.clock import advance_clock, has_stepped, start_clock


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
