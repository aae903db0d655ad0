from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.errors import InvalidRequest
from picket.domain.timespan import TimeSpan
from picket.store.counts import QUARTER_S
from picket.store.local_time import day_name, find_zone, offset_periods

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Africa/Casablanca"]
SPAN_S = 3 * 365 * 86_400


@given(
    zone=st.sampled_from(ZONES),
    start=st.integers(0, 2_000_000_000),
    length=st.integers(0, SPAN_S),
    share=st.floats(0, 1),
)
def test_every_instant_of_a_span_has_the_offset_of_its_zone(
    zone: str, start: int, length: int, share: float
) -> None:
    found = offset_periods(find_zone(zone), TimeSpan(start, start + length))
    instant = start + length * share
    (offset,) = (one.offset_s for one in found if one.start_time <= instant < one.end_time)
    local = datetime.fromtimestamp(instant, UTC).astimezone(find_zone(zone))
    assert local.utcoffset() is not None
    assert offset == local.utcoffset().total_seconds()  # type: ignore[union-attr]


@given(zone=st.sampled_from(ZONES), start=st.integers(0, 2_000_000_000))
def test_periods_follow_each_other_without_a_hole(zone: str, start: int) -> None:
    found = offset_periods(find_zone(zone), TimeSpan(start, start + SPAN_S))
    assert all(a.end_time == b.start_time for a, b in pairwise(found))
    assert all(a.offset_s != b.offset_s for a, b in pairwise(found))


@pytest.mark.parametrize("name", ["utc", "UTC", "Europe/Berlin", "America/Argentina/Ushuaia"])
def test_known_zones_are_found(name: str) -> None:
    assert find_zone(name).key.lower() == name.lower()


@pytest.mark.parametrize("name", ["", "Nowhere/Land", "../../etc/passwd", "Europe/", "a" * 300])
def test_an_unknown_zone_is_an_invalid_request(name: str) -> None:
    with pytest.raises(InvalidRequest, match="Unknown timezone"):
        find_zone(name)


def test_days_have_names() -> None:
    assert [day_name(day) for day in (0, 19_737)] == ["1970-01-01", "2024-01-15"]


def test_every_clock_is_off_by_whole_quarters_and_changes_at_one() -> None:
    # What counts by quarter of UTC rests on.
    span = TimeSpan(*(datetime(year, 1, 1, tzinfo=UTC).timestamp() for year in (2024, 2030)))
    odd = {
        name
        for name in available_timezones()
        for period in offset_periods(find_zone(name), span)
        if period.offset_s % QUARTER_S or period.start_time % QUARTER_S
    }
    assert odd == set()
