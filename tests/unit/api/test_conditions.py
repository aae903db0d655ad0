"""Conditions and ranges: what RFC 9110 says, and that no header is too odd."""

from __future__ import annotations

from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from picket.api.conditions import ByteRange, Validators, find_range, is_known, read_date

MADE = Validators('"tag-1"', modified_time=1_705_320_000.75)
SIZE = 1000

header_texts = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"))
sizes = st.integers(0, 2**50)


def wanted(**values: str) -> Headers:
    return Headers({name.replace("_", "-"): value for name, value in values.items()})


def test_validators_are_told_as_headers() -> None:
    assert MADE.headers() == {
        "ETag": '"tag-1"',
        "Last-Modified": "Mon, 15 Jan 2024 12:00:00 GMT",
    }
    assert Validators('"x"').headers() == {"ETag": '"x"'}


@pytest.mark.parametrize("tags", ['"tag-1"', 'W/"tag-1"', '"a,b", "tag-1"', '"a",W/"tag-1"', "*"])
def test_a_copy_with_this_tag_is_known(tags: str) -> None:
    assert is_known(wanted(if_none_match=tags), MADE)


@pytest.mark.parametrize("tags", ['"tag-12"', '"xtag-1"', "tag-1", '"*"', "", '"a", *', '"tag-1'])
def test_a_copy_with_another_tag_is_not(tags: str) -> None:
    assert not is_known(wanted(if_none_match=tags), MADE)


def test_several_lines_of_tags_are_one_list() -> None:
    lines = [(b"if-none-match", b'"other"'), (b"if-none-match", b'"tag-1"')]
    assert is_known(Headers(raw=lines), MADE)


@given(seconds=st.integers(-100, 100))
def test_a_copy_is_known_unless_it_is_older(seconds: int) -> None:
    since = formatdate(1_705_320_000 + seconds, usegmt=True)
    assert is_known(wanted(if_modified_since=since), MADE) == (seconds >= 0)


def test_tags_win_over_dates() -> None:
    later = formatdate(2e9, usegmt=True)
    assert not is_known(wanted(if_none_match='"other"', if_modified_since=later), MADE)


def test_what_has_no_date_is_not_known_by_one() -> None:
    assert not is_known(wanted(if_modified_since=formatdate(2e9, usegmt=True)), Validators('"x"'))


@given(start=st.integers(0, SIZE - 1), length=st.integers(1, 2 * SIZE))
def test_a_range_is_what_it_says_within_the_size(start: int, length: int) -> None:
    found = find_range(wanted(range=f"bytes={start}-{start + length - 1}"), MADE, SIZE)
    assert found == ByteRange(start, min(start + length, SIZE))


@given(last=st.integers(1, 2 * SIZE))
def test_the_last_bytes_can_be_asked_for(last: int) -> None:
    found = find_range(wanted(range=f"bytes=-{last}"), MADE, SIZE)
    assert found == ByteRange(max(SIZE - last, 0), SIZE)


@pytest.mark.parametrize("text", ["bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=5-4"])
def test_a_range_without_a_byte_is_empty(text: str) -> None:
    found = find_range(wanted(range=text), MADE, SIZE)
    assert found is not None
    assert found.start == found.end


def test_nothing_has_no_range() -> None:
    found = find_range(wanted(range="bytes=-5"), MADE, 0)
    assert found == ByteRange(0, 0)


@pytest.mark.parametrize(
    "text",
    ["", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=0-1,5-6", "pages=0-1", "bytes=1--2",
     f"bytes=0-{'9' * 5000}", "bytes=+1-2", "bytes=0x1-2"],
)  # fmt: skip
def test_what_is_no_single_range_stands_for_everything(text: str) -> None:
    assert find_range(wanted(range=text), MADE, SIZE) is None


@pytest.mark.parametrize("text", ["BYTES=5-14", " bytes=5-14 ", "bytes= 5-14"])
def test_a_range_may_be_written_loosely(text: str) -> None:
    assert find_range(wanted(range=text), MADE, SIZE) == ByteRange(5, 15)


@pytest.mark.parametrize("same", ['"tag-1"', "Mon, 15 Jan 2024 12:00:00 GMT"])
def test_a_part_of_the_same_version_is_continued(same: str) -> None:
    found = find_range(wanted(range="bytes=5-14", if_range=same), MADE, SIZE)
    assert found == ByteRange(5, 15)


@pytest.mark.parametrize(
    "other", ['"tag-2"', 'W/"tag-1"', "Mon, 15 Jan 2024 12:00:01 GMT", "", "tag-1"]
)
def test_a_part_of_another_version_begins_anew(other: str) -> None:
    assert find_range(wanted(range="bytes=5-14", if_range=other), MADE, SIZE) is None


@given(text=header_texts, if_range=header_texts, size=sizes)
def test_every_range_lies_within_the_size(text: str, if_range: str, size: int) -> None:
    for headers in (wanted(range=f"bytes={text}"), wanted(range=text, if_range=if_range)):
        found = find_range(headers, MADE, size)
        assert found is None or 0 <= found.start <= found.end <= size


@given(tags=header_texts, date=header_texts)
def test_no_condition_is_too_odd(tags: str, date: str) -> None:
    assert is_known(wanted(if_none_match=tags), MADE) == (tags.strip() == "*" or '"tag-1"' in tags)
    is_known(wanted(if_modified_since=date), MADE)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "Mon, 15 Jan 99999999 12:00:00 GMT", "Mon, 45 Foo 2024 1:2:3 GMT"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text) is None
