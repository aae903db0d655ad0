from __future__ import annotations

from dataclasses import replace

import pytest

from picket.store.database import Database
from picket.store.gaps import end_open_gaps, find_gaps, put_gap
from tests.support.index_samples import GAP, NOON

BACK = replace(GAP, id="2.0-gap002", camera="back")


def test_a_gap_comes_back_as_it_was(db: Database) -> None:
    put_gap(db, GAP)
    assert find_gaps(db, "front", 0, 1e10) == [GAP]


def test_a_gap_that_ends_replaces_the_open_one(db: Database) -> None:
    put_gap(db, replace(GAP, end_time=None))
    put_gap(db, GAP)
    assert find_gaps(db, "front", 0, 1e10) == [GAP]


def test_without_a_camera_all_are_found(db: Database) -> None:
    put_gap(db, GAP)
    put_gap(db, BACK)
    assert find_gaps(db, None, 0, 1e10) == [GAP, BACK]
    assert find_gaps(db, "back", 0, 1e10) == [BACK]


@pytest.mark.parametrize(
    ("after", "before", "how_many"),
    [
        (NOON + 100, NOON + 160, 1),
        (NOON + 159, NOON + 900, 1),
        (NOON + 160, NOON + 900, 0),
        (NOON, NOON + 100, 0),
    ],
)
def test_gaps_that_overlap_the_span_are_found(
    db: Database, after: float, before: float, how_many: int
) -> None:
    put_gap(db, GAP)
    assert len(find_gaps(db, "front", after, before)) == how_many


def test_a_gap_that_lasts_has_no_end(db: Database) -> None:
    put_gap(db, replace(GAP, end_time=None))
    assert find_gaps(db, "front", NOON + 9000, NOON + 9001) == [replace(GAP, end_time=None)]


def test_what_lasts_is_ended_and_what_ended_or_began_later_is_not(db: Database) -> None:
    lasting = replace(GAP, id="3.0-gap003", end_time=None)
    later = replace(lasting, id="4.0-gap004", start_time=NOON + 900)
    for gap in (GAP, lasting, later, replace(BACK, end_time=None)):
        put_gap(db, gap)
    end_open_gaps(db, NOON + 500, ["front"])
    ends = {gap.id: gap.end_time for gap in find_gaps(db, None, 0, 1e10)}
    assert ends == {GAP.id: GAP.end_time, lasting.id: NOON + 500, later.id: None, BACK.id: None}
    end_open_gaps(db, NOON + 600)
    ends = {gap.id: gap.end_time for gap in find_gaps(db, None, 0, 1e10)}
    assert (ends[BACK.id], ends[later.id]) == (NOON + 600, None)
