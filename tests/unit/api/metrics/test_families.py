from hypothesis import given
from hypothesis import strategies as st

from picket.api.metrics.families import counter, gauge, histogram, single
from picket.domain.measures import Histogram

LIMITS_S = (0.005, 0.5, 10.0)


@given(st.lists(st.floats(0.0, 100.0), max_size=20))
def test_a_histogram_is_told_with_rising_counts_up_to_all(values: list[float]) -> None:
    measured = Histogram.empty(LIMITS_S)
    for value in values:
        measured = measured.observed(value)
    samples = histogram("a_seconds", "A.", ("who",), {("me",): measured}).samples
    buckets = {one.labels["le"]: one.value for one in samples if one.name == "a_seconds_bucket"}
    assert list(buckets) == ["0.005", "0.5", "10.0", "+Inf"]
    assert list(buckets.values()) == sorted(buckets.values())
    assert buckets["0.5"] == sum(value <= 0.5 for value in values)
    told = {one.name: one.value for one in samples if "le" not in one.labels}
    assert told == {"a_seconds_count": len(values), "a_seconds_sum": measured.sum_s}


def test_a_counter_keeps_its_name() -> None:
    (sample,) = counter("a_bytes_total", "A.", ("who",), {("me",): 7}).samples
    assert (sample.name, sample.labels, sample.value) == ("a_bytes_total", {"who": "me"}, 7)


def test_a_gauge_may_have_no_label() -> None:
    (sample,) = gauge("a_up", "A.", (), single(True)).samples  # noqa: FBT003 - what is told
    assert (sample.name, sample.labels, sample.value) == ("a_up", {}, 1)


def test_a_family_without_values_is_still_named() -> None:
    assert gauge("a_up", "A.", ("who",), {}).samples == []
