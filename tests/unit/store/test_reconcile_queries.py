from __future__ import annotations

from picket.domain.timespan import TimeSpan
from picket.store.database import Database
from picket.store.events import put_event
from picket.store.reconcile_queries import (
    count_open_events,
    count_segments,
    files_between,
    indexed_span,
)
from picket.store.segments import put_segment
from tests.support.index_samples import NOON, make_event, make_segment


def test_an_empty_index_has_no_span(db: Database) -> None:
    assert indexed_span(db) is None
    assert count_segments(db) == 0


def test_rows_of_a_span_are_those_that_began_in_it(db: Database) -> None:
    for number in range(4):
        put_segment(db, make_segment(number, is_closed=number != 2))
    found = files_between(db, TimeSpan(NOON + 10, NOON + 30))
    assert [(one.path, one.is_closed) for one in found] == [
        ("2024-01-15/12/front/00.10.mp4", True),
        ("2024-01-15/12/front/00.20.mp4", False),
    ]
    assert indexed_span(db) == TimeSpan(NOON, NOON + 30)
    assert count_segments(db) == 4


def test_events_without_an_end_are_counted(db: Database) -> None:
    put_event(db, make_event(1))
    put_event(db, make_event(2, end_time=None))
    assert count_open_events(db) == 1
