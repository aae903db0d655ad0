from __future__ import annotations

from datetime import datetime

from picket.store.database import Database
from picket.store.event_summary import (
    EventCount,
    EventGroup,
    event_summary,
    find_labels,
    find_sub_labels,
)
from picket.store.events import put_event
from picket.store.local_time import find_zone
from tests.support.index_samples import make_event

UTC = find_zone("utc")


def test_events_that_are_alike_are_counted_together(db: Database) -> None:
    put_event(db, make_event(1))
    put_event(db, make_event(2))
    put_event(db, make_event(3, sub_label="ann"))
    day, zones = "2024-01-15", ("porch", "driveway")
    assert event_summary(db, UTC) == [
        EventCount(EventGroup("front", "person", None, day, zones), 2),
        EventCount(EventGroup("front", "person", "ann", day, zones), 1),
    ]


def test_the_day_is_the_local_one(db: Database) -> None:
    late = datetime.fromisoformat("2024-07-15T22:30:00+00:00").timestamp()
    put_event(db, make_event(1, start_time=late))
    assert event_summary(db, UTC)[0].group.day == "2024-07-15"
    assert event_summary(db, find_zone("Europe/Berlin"))[0].group.day == "2024-07-16"
    assert event_summary(db, find_zone("America/New_York"))[0].group.day == "2024-07-15"


def test_a_day_on_which_the_clock_changes_is_one_day(db: Database) -> None:
    for number, text in enumerate(("2024-03-31T00:30+01:00", "2024-03-31T12:00+02:00")):
        put_event(db, make_event(number, start_time=datetime.fromisoformat(text).timestamp()))
    found = event_summary(db, find_zone("Europe/Berlin"))
    assert [(one.group.day, one.count) for one in found] == [("2024-03-31", 2)]


def test_only_events_with_a_clip_or_snapshot_are_counted_if_asked(db: Database) -> None:
    put_event(db, make_event(1, has_clip=False))
    put_event(db, make_event(2, has_snapshot=False))
    put_event(db, make_event(3, has_snapshot=False))
    assert [one.count for one in event_summary(db, UTC, has_clip=True)] == [2]
    assert [one.count for one in event_summary(db, UTC, has_snapshot=True)] == [1]
    assert [one.count for one in event_summary(db, UTC, has_clip=False)] == [1]


def test_an_empty_index_has_an_empty_summary(db: Database) -> None:
    assert event_summary(db, UTC) == []
    assert find_labels(db) == []
    assert find_sub_labels(db) == []


def test_labels_are_sorted_and_told_once(db: Database) -> None:
    for number, label in enumerate(("person", "car", "person", "zebra")):
        put_event(db, make_event(number, label=label, camera="back" if number == 3 else "front"))
    assert find_labels(db) == ["car", "person", "zebra"]
    assert find_labels(db, "front") == ["car", "person"]
    assert find_labels(db, "side") == []


def test_joined_sub_labels_can_be_split(db: Database) -> None:
    for number, name in enumerate(("bob, ann", "bob", None, "cid")):
        put_event(db, make_event(number, sub_label=name))
    assert find_sub_labels(db) == ["bob", "bob, ann", "cid"]
    assert find_sub_labels(db, split_joined=True) == ["ann", "bob", "cid"]
