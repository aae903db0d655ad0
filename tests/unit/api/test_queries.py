from __future__ import annotations

import pytest

from picket.api.queries import (
    choose,
    float_or_nothing,
    instant_or_nothing,
    int_or_nothing,
    read_daytime,
    split_list,
    yes_no_or_nothing,
)
from picket.domain.errors import InvalidRequest
from picket.store.event_groups import Choice
from picket.store.event_query import DaytimeRange
from picket.store.local_time import find_zone


@pytest.mark.parametrize(
    ("text", "number"), [("1", 1), ("-3", -3), ("x", None), ("", None), ("1.5", None)]
)
def test_whole_numbers_are_read_or_ignored(text: str, number: int | None) -> None:
    assert int_or_nothing(text) == number


@pytest.mark.parametrize(
    ("text", "number"), [("1", 1.0), ("1.5", 1.5), ("x", None), ("nan", None), ("inf", None)]
)
def test_numbers_are_read_or_ignored(text: str, number: float | None) -> None:
    assert float_or_nothing(text) == number


def test_the_instant_zero_is_no_bound() -> None:
    assert instant_or_nothing("0") is None
    assert instant_or_nothing("0.5") == 0.5


@pytest.mark.parametrize(
    ("text", "wanted"), [("1", True), ("0", False), ("2", None), ("x", None), ("true", None)]
)
def test_a_filter_is_yes_no_or_absent(text: str, wanted: object) -> None:
    assert yes_no_or_nothing(text) is wanted


def test_a_list_is_split_and_all_is_no_filter() -> None:
    assert split_list("a,b,a") == ("a", "b")
    assert split_list("all") is None
    assert split_list("") is None


def test_the_list_wins_over_the_older_form() -> None:
    assert choose("a,b", "c") == Choice(("a", "b"))
    assert choose("all", "c,d") == Choice(("c,d",))
    assert choose("all", "all") is None


def test_none_means_without_a_value() -> None:
    assert choose("a,None", "all") == Choice(("a",), or_none=True)
    assert choose("all", "None") == Choice((), or_none=True)


def test_a_part_of_the_day_is_read_with_its_zone() -> None:
    zone = find_zone("Europe/Berlin")
    evening = DaytimeRange(20 * 3600 + 30 * 60, 6 * 3600, zone)
    assert read_daytime("20:30,06:00", "Europe/Berlin") == evening
    assert read_daytime("20:30,6:00", "Europe/Berlin") == evening


def test_the_whole_day_is_no_filter_and_needs_no_zone() -> None:
    assert read_daytime("00:00,24:00", "Nowhere") is None
    assert read_daytime("", "Nowhere") is None


@pytest.mark.parametrize(
    "text", ["20:30", "a,b", "25:00,26:00", "20:60,21:00", "20:30,06:00,07:00"]
)
def test_another_form_of_the_day_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequest, match="time_range"):
        read_daytime(text, "utc")


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="timezone"):
        read_daytime("20:30,06:00", "Nowhere")
