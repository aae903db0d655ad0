from __future__ import annotations

from itertools import islice
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from picket.domain.timespan import TimeSpan
from picket.record.exports.names import (
    MAX_STEM,
    PARTIAL_PREFIX,
    STEM,
    numbered_names,
    partial_name,
    range_stem,
    wished_stem,
    with_suffix,
)
from tests.support.index_samples import NOON

cameras = st.from_regex(r"[A-Za-z0-9_-]{1,12}", fullmatch=True)
stems = st.from_regex(r"[:_A-Za-z0-9-]{1,20}", fullmatch=True)


def test_a_range_is_named_in_local_time_to_the_minute() -> None:
    span = TimeSpan(NOON + 59.9, NOON + 3600)
    assert range_stem("front", span, ZoneInfo("UTC")) == "front_2024_01_15_12_00__2024_01_15_13_00"
    berlin = range_stem("front", span, ZoneInfo("Europe/Berlin"))
    assert berlin == "front_2024_01_15_13_00__2024_01_15_14_00"


def test_a_running_one_is_told_by_prefix_and_at() -> None:
    name = "front_2024_01_15_12_00__2024_01_15_13_00.mp4"
    shown = "in_progress.front@2024_01_15_12_00__2024_01_15_13_00.mp4"
    assert partial_name("front", name) == shown
    assert partial_name("front", "party.mp4") == "in_progress.party.mp4"


def test_names_are_tried_with_numbers() -> None:
    assert list(islice(numbered_names("a"), 3)) == ["a.mp4", "a_2.mp4", "a_3.mp4"]


def test_the_ending_may_be_left_out() -> None:
    assert with_suffix("a") == with_suffix("a.mp4") == "a.mp4"


@given(wish=st.text())
def test_any_wish_becomes_a_name_that_a_client_may_choose_or_nothing(wish: str) -> None:
    stem = wished_stem(wish)
    assert not stem or STEM.fullmatch(stem)
    assert len(stem) <= MAX_STEM


@given(stem=stems)
def test_a_good_wish_is_kept_but_for_underscores_at_its_ends(stem: str) -> None:
    assert wished_stem(stem) == stem.strip("_")


@given(cameras=st.tuples(cameras, cameras), names=st.tuples(stems, stems))
def test_no_two_names_share_a_partial_file(
    cameras: tuple[str, str], names: tuple[str, str]
) -> None:
    partials = [
        partial_name(camera, f"{name}.mp4") for camera, name in zip(cameras, names, strict=True)
    ]
    assert (partials[0] == partials[1]) <= (names[0] == names[1])
    assert all(name.startswith(PARTIAL_PREFIX) for name in partials)


@given(camera=cameras, start=st.floats(0, 1e11), length=st.floats(0, 1e6))
def test_every_range_has_a_name_that_a_client_may_choose(
    camera: str, start: float, length: float
) -> None:
    stem = range_stem(camera, TimeSpan(start, start + length), ZoneInfo("Asia/Kathmandu"))
    assert STEM.fullmatch(stem)
    assert stem.startswith(f"{camera}_")
