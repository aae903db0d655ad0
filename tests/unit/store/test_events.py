from __future__ import annotations

from dataclasses import replace

import pytest

from picket.domain.errors import NotFound
from picket.domain.event import Event, EventData
from picket.store.database import Database
from picket.store.event_groups import Choice
from picket.store.event_query import EventQuery, find_events
from picket.store.events import (
    close_open_events,
    delete_event,
    end_event,
    find_event,
    latest_event,
    mark_false_positive,
    put_event,
    put_thumbnail,
    set_plus_id,
    set_retain,
    set_sub_label,
)
from picket.store.timeline import add_timeline, find_timeline
from tests.support.index_samples import EVENT, MOMENT, make_event


def stored(db: Database, event_id: str = EVENT.id) -> Event:
    event = find_event(db, event_id)
    assert event is not None
    return event


def test_an_event_comes_back_as_it_was(db: Database) -> None:
    put_event(db, EVENT)
    assert stored(db) == EVENT


def test_an_event_with_nothing_optional_comes_back_as_it_was(db: Database) -> None:
    bare = Event("1.0-bare00", "front", "knock", 1.0, None, data=EventData(type="api"))
    put_event(db, bare)
    assert stored(db, bare.id) == bare


def test_an_unknown_event_is_none(db: Database) -> None:
    assert find_event(db, "1.0-nobody") is None


def test_a_later_state_replaces_the_earlier(db: Database) -> None:
    put_event(db, replace(EVENT, end_time=None, zones=("porch",)))
    put_event(db, replace(EVENT, label="dog", data=EventData(score=0.5)))
    assert stored(db).zones == ("porch", "driveway")
    assert stored(db).label == "dog"
    assert stored(db).data == EventData(score=0.5)
    assert stored(db).end_time == EVENT.end_time


def test_the_same_state_twice_is_stored_once(db: Database) -> None:
    put_event(db, EVENT)
    put_event(db, EVENT)
    assert find_events(db, EventQuery()) == [replace(EVENT, thumbnail=b"")]


def test_what_a_user_set_is_not_overwritten(db: Database) -> None:
    put_event(db, EVENT)
    set_sub_label(db, EVENT.id, "ann", 0.5)
    set_retain(db, EVENT.id, retain=True)
    put_event(db, replace(EVENT, sub_label="bob", retain_indefinitely=False))
    assert stored(db).sub_label == "ann"
    assert stored(db).data.sub_label_score == 0.5
    assert stored(db).retain_indefinitely


def test_a_sub_label_that_a_user_cleared_stays_cleared(db: Database) -> None:
    put_event(db, replace(EVENT, sub_label="bob"))
    set_sub_label(db, EVENT.id, None, None)
    put_event(db, replace(EVENT, sub_label="bob"))
    assert stored(db).sub_label is None
    assert find_events(db, EventQuery(sub_labels=Choice(("bob",)))) == []


def test_a_recognised_sub_label_stays_when_a_later_state_has_none(db: Database) -> None:
    put_event(db, replace(EVENT, sub_label="post"))
    put_event(db, EVENT)
    assert stored(db).sub_label == "post"
    put_event(db, replace(EVENT, sub_label="parcel"))
    assert stored(db).sub_label == "parcel"


def test_a_submission_is_not_forgotten(db: Database) -> None:
    put_event(db, replace(EVENT, plus_id="plus-1", false_positive=True))
    put_event(db, replace(EVENT, plus_id=None, false_positive=None))
    assert stored(db).plus_id == "plus-1"
    assert stored(db).false_positive is True


def test_a_clip_and_a_snapshot_are_not_unsaid(db: Database) -> None:
    put_event(db, EVENT)
    put_event(db, replace(EVENT, has_clip=False, has_snapshot=False))
    assert stored(db).has_clip
    assert stored(db).has_snapshot


def test_a_clip_can_come_later(db: Database) -> None:
    put_event(db, replace(EVENT, has_clip=False))
    put_event(db, EVENT)
    assert stored(db).has_clip


def test_an_empty_thumbnail_does_not_replace_a_picture(db: Database) -> None:
    put_event(db, EVENT)
    put_event(db, replace(EVENT, thumbnail=b""))
    assert stored(db).thumbnail == EVENT.thumbnail
    put_thumbnail(db, EVENT.id, b"newer")
    assert stored(db).thumbnail == b"newer"


def test_deleting_an_event_takes_its_timeline_and_words_along(db: Database) -> None:
    put_event(db, replace(EVENT, sub_label="ann"))
    add_timeline(db, MOMENT)
    delete_event(db, EVENT.id)
    assert find_event(db, EVENT.id) is None
    assert find_timeline(db) == []
    for table in ("event_group", "event_count", "event_thumbnail"):
        assert db.rows(f"SELECT * FROM {table}") == []


def test_changing_an_unknown_event_is_an_error(db: Database) -> None:
    with pytest.raises(NotFound, match="no-such"):
        delete_event(db, "no-such")
    with pytest.raises(NotFound, match="no-such"):
        set_retain(db, "no-such", retain=True)
    with pytest.raises(NotFound, match="no-such"):
        set_sub_label(db, "no-such", "ann", None)
    with pytest.raises(NotFound, match="no-such"):
        end_event(db, "no-such", 5e9)


def test_an_event_ends_when_it_is_told(db: Database) -> None:
    put_event(db, replace(EVENT, end_time=None))
    end_event(db, EVENT.id, 5e9)
    assert stored(db).end_time == 5e9


def test_what_the_labelling_service_has_stays_when_the_row_is_written_again(db: Database) -> None:
    put_event(db, EVENT)
    set_plus_id(db, EVENT.id, "plus-1")
    assert stored(db) == replace(EVENT, plus_id="plus-1")
    mark_false_positive(db, EVENT.id)
    put_event(db, EVENT)
    assert stored(db) == replace(EVENT, plus_id="plus-1", false_positive=True)


def test_what_is_submitted_must_be_there(db: Database) -> None:
    with pytest.raises(NotFound, match=r"1\.0-nobody"):
        set_plus_id(db, "1.0-nobody", "plus-1")
    with pytest.raises(NotFound, match=r"1\.0-nobody"):
        mark_false_positive(db, "1.0-nobody")


def test_running_events_are_closed_when_those_who_ran_them_are_gone(db: Database) -> None:
    put_event(db, make_event(1, end_time=None))
    put_event(db, make_event(2))
    assert close_open_events(db, now=5e9) == 1
    assert stored(db, make_event(1).id).end_time == 5e9
    assert stored(db, make_event(2).id).end_time == make_event(2).end_time


def test_the_latest_event_is_the_one_that_began_last(db: Database) -> None:
    for event in (
        make_event(1),
        make_event(2, has_snapshot=False),
        make_event(3, label="dog"),
        make_event(4, camera="back"),
    ):
        put_event(db, event)
    assert latest_event(db, "front", "any") == make_event(3, label="dog")
    assert latest_event(db, "front", "person") == make_event(2, has_snapshot=False)
    assert latest_event(db, "front", "person", needs_snapshot=True) == make_event(1)
    assert latest_event(db, "front", "cat") is None
