from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from picket.config.database import DatabaseUrl
from picket.store.activity import EventSpan, event_spans, recorded_table
from picket.store.database import Database
from picket.store.events import put_event
from picket.store.segments import put_segment
from tests.support.index_samples import NOON, make_event, make_index, make_segment


@pytest.fixture
def db(place: Path | DatabaseUrl) -> Iterator[Database]:
    db = make_index(place)
    yield db
    db.close()


def test_segments_that_overlap_are_told_oldest_first(db: Database) -> None:
    for number in (-1, 0, 1, 2, 5):
        put_segment(db, make_segment(number, motion=number if number else None))
    put_segment(db, make_segment(3, camera="back"))
    assert recorded_table(db, "front", NOON, NOON + 25).tolist() == [
        [NOON, NOON + 10, 0],
        [NOON + 10, NOON + 20, 1],
        [NOON + 20, NOON + 30, 2],
    ]


def test_events_are_found_however_long_ago_they_began(db: Database) -> None:
    events = [
        make_event(0),
        make_event(3, camera="back"),
        make_event(-300, end_time=NOON + 5),
        make_event(-400, end_time=None),
        make_event(-500, end_time=NOON - 5),
        make_event(-2),
        make_event(1, end_time=None),
        make_event(9),
    ]
    for event in events:
        put_event(db, event)
    found = event_spans(db, "front", NOON, NOON + 300)
    assert sorted(found, key=lambda one: one.start_time) == [
        EventSpan(NOON - 24_000, None),
        EventSpan(NOON - 18_000, NOON + 5),
        EventSpan(NOON, NOON + 30),
        EventSpan(NOON + 60, None),
    ]
