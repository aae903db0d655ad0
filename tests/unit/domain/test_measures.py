import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.measures import Histogram

LIMITS_S = (0.1, 1.0, 10.0)
durations = st.lists(st.floats(0.0, 100.0), max_size=30)


def measured(values: list[float]) -> Histogram:
    histogram = Histogram.empty(LIMITS_S)
    for value in values:
        histogram = histogram.observed(value)
    return histogram


@given(durations)
def test_every_class_counts_what_lies_in_it(values: list[float]) -> None:
    histogram = measured(values)
    for place, limit_s in enumerate(LIMITS_S):
        assert sum(histogram.counts[: place + 1]) == sum(value <= limit_s for value in values)
    assert histogram.count == len(values)
    assert histogram.sum_s == pytest.approx(sum(values))


@given(durations, durations)
def test_two_together_are_what_both_measured(one: list[float], other: list[float]) -> None:
    together = measured(one).plus(measured(other))
    assert together.counts == measured(one + other).counts
    assert together.sum_s == pytest.approx(sum(one + other))


def test_a_clock_that_was_set_back_does_not_lower_a_sum() -> None:
    assert measured([0.5, -3.0]) == Histogram(LIMITS_S, (1, 1, 0, 0), 0.5)


def test_different_classes_are_not_mixed() -> None:
    with pytest.raises(ValueError, match="classes differ"):
        measured([1.0]).plus(Histogram.empty((5.0,)))


def test_a_count_for_each_class_is_needed() -> None:
    with pytest.raises(ValueError, match="one count more"):
        Histogram((1.0, 2.0), (0, 0))
