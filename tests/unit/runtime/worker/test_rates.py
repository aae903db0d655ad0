from hypothesis import given
from hypothesis import strategies as st

from picket.runtime.worker.rates import WINDOW_S, RateMeter


def test_a_steady_rate_is_told_as_it_is() -> None:
    meter = RateMeter(100.0)
    for n in range(100):
        meter.add(100 + n / 5)
    assert meter.per_second(120.0) == 5.0


def test_a_meter_that_just_started_counts_over_its_own_life() -> None:
    meter = RateMeter(100.0)
    for n in range(10):
        meter.add(100 + n / 5)
    assert meter.per_second(102.0) == 5.0


def test_ten_seconds_of_silence_bring_it_to_nothing() -> None:
    meter = RateMeter(100.0)
    meter.add(101.0, 50)
    assert meter.per_second(102.0) > 0
    assert meter.per_second(101.0 + WINDOW_S + 0.1) == 0.0


@given(st.lists(st.floats(0, 60), max_size=50), st.integers(0, 4))
def test_no_rate_is_below_nothing_or_above_what_was_counted(times: list[float], each: int) -> None:
    meter = RateMeter(0.0)
    for time in sorted(times):
        meter.add(time, each)
    assert 0 <= meter.per_second(60.0) <= each * len(times)


def test_the_total_forgets_nothing() -> None:
    meter = RateMeter(0.0)
    for n in range(7):
        meter.add(n * 100.0, n)
    assert meter.total == 21
