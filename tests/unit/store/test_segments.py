from __future__ import annotations

from dataclasses import replace

import pytest

from picket.domain.segment import MEDIA_TIMESCALE
from picket.store.database import Database
from picket.store.segments import (
    LONG_SEGMENT_S,
    delete_segments,
    find_outlines,
    find_segment,
    find_segments,
    footage_end,
    has_footage,
    open_segments,
    put_segment,
    set_activity,
)
from tests.support.index_samples import NOON, make_segment


def test_a_segment_comes_back_as_it_was(db: Database) -> None:
    segment = make_segment(motion=5, objects=2, dbfs=-40)
    put_segment(db, segment)
    assert find_segment(db, segment.id) == segment


def test_a_growing_segment_keeps_its_newest_state(db: Database) -> None:
    grown = make_segment()
    begun = replace(grown, fragments=grown.fragments[:1], end_time=NOON + 1, is_closed=False)
    put_segment(db, begun)
    assert open_segments(db) == [begun]
    put_segment(db, grown)
    assert open_segments(db) == []
    assert find_segment(db, grown.id) == grown


def test_activity_is_not_lost_when_the_row_is_written_again(db: Database) -> None:
    put_segment(db, make_segment())
    set_activity(db, make_segment().id, motion=7, objects=3)
    put_segment(db, make_segment())
    assert find_segment(db, make_segment().id) == make_segment(motion=7, objects=3)


def test_activity_of_an_unknown_segment_is_left_alone(db: Database) -> None:
    set_activity(db, "1.0-nobody", motion=7, objects=3)
    assert find_segment(db, "1.0-nobody") is None


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (NOON, NOON + 30, ["000", "001", "002"]),
        (NOON + 5, NOON + 6, ["000"]),
        (NOON + 10, NOON + 20, ["001"]),
        (NOON + 25, NOON + 1000, ["002", "003"]),
        (NOON - 100, NOON, []),
        (NOON + 40, NOON + 50, []),
    ],
)
def test_segments_that_overlap_a_span_are_found(
    db: Database, start: float, end: float, expected: list[str]
) -> None:
    for number in (3, 1, 0, 2):
        put_segment(db, make_segment(number))
    put_segment(db, make_segment(9, camera="back", start_time=NOON, end_time=NOON + 100))
    assert [one.id[-3:] for one in find_segments(db, "front", start, end)] == expected


def test_a_very_long_segment_is_found_by_its_end(db: Database) -> None:
    end = NOON + 10 * LONG_SEGMENT_S
    put_segment(db, make_segment(0))
    put_segment(db, make_segment(1, end_time=end))
    assert [one.id[-3:] for one in find_segments(db, "front", end - 1, end)] == ["001"]


def test_deleted_segments_are_gone(db: Database) -> None:
    for number in range(3):
        put_segment(db, make_segment(number))
    delete_segments(db, [make_segment(0).id, make_segment(2).id])
    assert [one.id[-3:] for one in find_segments(db, "front", NOON, NOON + 60)] == ["001"]


def test_footage_ends_where_the_last_segment_before_ends(db: Database) -> None:
    for number in (2, 0, 1):
        put_segment(db, make_segment(number))
    put_segment(db, make_segment(5, camera="back"))
    assert footage_end(db, "front", NOON + 20) == NOON + 20
    assert footage_end(db, "front", NOON + 1000) == NOON + 30
    assert footage_end(db, "front", NOON) is None
    assert footage_end(db, "side", NOON + 1000) is None


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (NOON, NOON + 1, True),
        (NOON + 9.5, NOON + 900, True),
        (NOON - 900, NOON + 900, True),
        (NOON + 10, NOON + 900, False),
        (NOON - 900, NOON, False),
    ],
)
def test_footage_is_there_where_a_segment_overlaps(
    db: Database, start: float, end: float, *, expected: bool
) -> None:
    put_segment(db, make_segment())
    assert has_footage(db, "front", start, end) is expected
    assert not has_footage(db, "back", start, end)


def test_an_outline_sums_up_the_fragments_before_the_end(db: Database) -> None:
    whole, last, empty = make_segment(0), make_segment(1), make_segment(2, fragments=())
    for segment in (whole, last, empty):
        put_segment(db, segment)
    first, second = find_outlines(db, "front", NOON, NOON + 13.2)
    assert (first.id, first.fragments, first.duration_s) == (whole.id, 10, whole.duration_s)
    assert (first.media_bytes, first.codecs, first.width) == (5000, whole.codecs, whole.width)
    assert (second.id, second.fragments, second.media_ticks) == (last.id, 4, 4 * MEDIA_TIMESCALE)
    assert [one.id for one in find_outlines(db, "front", NOON, NOON + 10)] == [whole.id]
    assert find_outlines(db, "front", NOON + 20, NOON + 30) == []
