from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from picket.domain.errors import NotFound
from picket.store.database import Database, transaction
from picket.store.events import delete_event, find_event, mark_false_positive, put_event
from picket.store.suppressions import (
    count_quieted,
    is_marked_by_suppression,
    lift_suppression,
    list_suppressions,
    put_suppression,
)
from tests.support.index_samples import EVENT, NOON, make_event, make_suppression

SUPPRESSION = make_suppression(EVENT)


@pytest.fixture(autouse=True)
def _known(db: Database) -> None:
    put_event(db, EVENT)


def is_marked(db: Database) -> bool | None:
    event = find_event(db, EVENT.id)
    assert event is not None
    return event.false_positive


def test_a_suppression_comes_back_as_it_was(db: Database) -> None:
    put_suppression(db, SUPPRESSION)
    assert list_suppressions(db) == [SUPPRESSION]
    assert list_suppressions(db, with_thumbnails=False) == [replace(SUPPRESSION, thumbnail=b"")]


def test_the_newest_is_first(db: Database) -> None:
    later = make_event(5)
    put_event(db, later)
    newer = replace(make_suppression(later), created_time=SUPPRESSION.created_time + 1)
    for one in (newer, SUPPRESSION):
        put_suppression(db, one)
    assert list_suppressions(db) == [newer, SUPPRESSION]


def test_its_event_is_marked_until_it_is_lifted(db: Database) -> None:
    put_suppression(db, SUPPRESSION)
    assert (is_marked(db), is_marked_by_suppression(db, EVENT.id)) == (True, True)
    lift_suppression(db, SUPPRESSION.id)
    assert (is_marked(db), is_marked_by_suppression(db, EVENT.id)) == (None, False)
    assert list_suppressions(db) == []


def test_a_worker_s_newer_row_does_not_unmark_the_event(db: Database) -> None:
    put_suppression(db, SUPPRESSION)
    put_event(db, replace(EVENT, end_time=NOON + 99))
    assert is_marked(db) is True


@pytest.mark.parametrize("is_reported_first", [True, False])
def test_what_was_reported_as_false_stays_so(db: Database, is_reported_first: bool) -> None:  # noqa: FBT001
    if is_reported_first:
        mark_false_positive(db, EVENT.id)
    put_suppression(db, SUPPRESSION)
    if not is_reported_first:
        mark_false_positive(db, EVENT.id)
    assert not is_marked_by_suppression(db, EVENT.id)
    lift_suppression(db, SUPPRESSION.id)
    assert is_marked(db) is True


def test_the_same_event_again_is_the_same_suppression(db: Database) -> None:
    put_suppression(db, SUPPRESSION)
    count_quieted(db, SUPPRESSION.id, NOON + 40)
    again = replace(SUPPRESSION, note="the gnome", score=0.5, created_time=NOON + 99)
    put_suppression(db, again)
    (kept,) = list_suppressions(db)
    assert kept == replace(
        SUPPRESSION, note="the gnome", score=0.5, quieted=1, quieted_time=NOON + 40
    )
    lift_suppression(db, SUPPRESSION.id)
    assert is_marked(db) is None


def test_a_suppression_outlives_its_event(db: Database) -> None:
    put_suppression(db, SUPPRESSION)
    delete_event(db, EVENT.id)
    assert list_suppressions(db) == [SUPPRESSION]
    lift_suppression(db, SUPPRESSION.id)
    assert list_suppressions(db) == []


def test_what_is_gone_is_not_found(db: Database) -> None:
    with pytest.raises(NotFound, match=r"Event not found: 1\.0-nobody"):
        put_suppression(db, replace(SUPPRESSION, id="1.0-nobody"))
    with pytest.raises(NotFound, match=r"Suppression not found: 1\.0-nobody"):
        lift_suppression(db, "1.0-nobody")
    count_quieted(db, "1.0-nobody", NOON)
    assert list_suppressions(db) == []


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 50), unique=True).map(sorted), st.data())
def test_what_is_told_twice_is_counted_once(
    db: Database, seconds: list[int], data: st.DataObject
) -> None:
    times = [NOON + second for second in seconds]
    told = data.draw(st.integers(0, len(times)))
    with transaction(db):
        if list_suppressions(db):
            lift_suppression(db, SUPPRESSION.id)
        put_suppression(db, SUPPRESSION)
        for time in (*times[:told], *times):  # a sender begins anew with what it was not told of
            count_quieted(db, SUPPRESSION.id, time)
    (kept,) = list_suppressions(db)
    assert (kept.quieted, kept.quieted_time) == (len(times), max(times, default=None))
