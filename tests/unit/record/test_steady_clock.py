from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from picket.record.steady_clock import PAUSE_S, STEP_S, SteadyClock

START = SteadyClock(wall=1e9, monotonic=100.0)
seconds = st.floats(0, 1e6)


def test_a_clock_that_runs_is_trusted() -> None:
    clock = START
    for minute in range(60):
        clock = clock.look(1e9 + 60 * minute, 100.0 + 60 * minute)
        assert clock.is_trusted


def test_after_a_step_ahead_the_new_time_must_hold_for_an_hour() -> None:
    clock = START.look(2e9, 101.0)
    assert not clock.is_trusted
    assert not clock.look(2e9 + PAUSE_S - 1, 101.0 + PAUSE_S - 1).is_trusted
    assert clock.look(2e9 + PAUSE_S, 101.0 + PAUSE_S).is_trusted


def test_a_step_back_makes_everything_younger_and_needs_no_pause() -> None:
    assert START.look(1.0, 101.0).is_trusted


@given(st.lists(st.tuples(seconds, st.floats(-STEP_S, STEP_S)), max_size=20))
def test_small_corrections_never_stop_the_clean_up(looks: list[tuple[float, float]]) -> None:
    clock = START
    for elapsed_s, correction_s in looks:
        clock = clock.look(
            clock.wall + elapsed_s + correction_s * 0.99, clock.monotonic + elapsed_s
        )
        assert clock.is_trusted


@given(st.lists(seconds, min_size=1, max_size=20), st.floats(STEP_S * 1.01, 1e8))
def test_nothing_is_trusted_within_an_hour_of_a_step(elapsed: list[float], step_s: float) -> None:
    clock = START.look(START.wall + step_s, START.monotonic)
    began = clock.monotonic
    for elapsed_s in elapsed:
        clock = clock.look(clock.wall + elapsed_s, clock.monotonic + elapsed_s)
        assert clock.is_trusted == (clock.monotonic - began >= PAUSE_S)
