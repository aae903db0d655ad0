from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from picket.domain.event import Event, EventData
from picket.store.database import Database, transaction
from picket.store.event_groups import Choice
from picket.store.event_query import UNLIMITED, DaytimeRange, EventQuery, Gathering, find_events
from picket.store.events import put_event
from picket.store.local_time import find_zone
from tests.support.index_samples import NOON, make_event


def put_all(db: Database, *events: Event) -> None:
    with transaction(db):
        for event in events:
            put_event(db, event)


def ids(db: Database, query: EventQuery) -> list[str]:
    return [event.id[-3:] for event in find_events(db, query)]


def test_the_event_that_began_last_comes_first(db: Database) -> None:
    put_all(db, make_event(2), make_event(1), make_event(3))
    assert ids(db, EventQuery()) == ["003", "002", "001"]


def test_the_limit_takes_the_newest(db: Database) -> None:
    put_all(db, *(make_event(n) for n in range(5)))
    assert ids(db, EventQuery(limit=2)) == ["004", "003"]
    assert ids(db, EventQuery(limit=0)) == []
    assert len(ids(db, EventQuery(limit=UNLIMITED))) == 5


def test_thumbnails_come_only_when_asked_for(db: Database) -> None:
    put_all(db, make_event(1), make_event(2, thumbnail=b""))
    assert [one.thumbnail for one in find_events(db, EventQuery())] == [b"", b""]
    with_thumbnails = find_events(db, EventQuery(with_thumbnails=True))
    assert [one.thumbnail for one in with_thumbnails] == [b"", make_event(1).thumbnail]


def test_pages_neither_repeat_nor_skip(db: Database) -> None:
    put_all(db, *(make_event(n, start_time=NOON + n / 7) for n in range(10)))
    seen: list[str] = []
    before = None
    while page := find_events(db, EventQuery(before=before, limit=3)):
        seen += [event.id[-3:] for event in page]
        before = page[-1].start_time
    assert seen == [f"{n:03}" for n in reversed(range(10))]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (EventQuery(cameras=Choice(("front", "yard"))), ["003", "001"]),
        (EventQuery(cameras=Choice()), []),
        (EventQuery(labels=Choice(("dog",))), ["002"]),
        (EventQuery(zones=Choice(("porch",))), ["003", "001"]),
        (EventQuery(zones=Choice(("porch", "lawn"))), ["003", "002", "001"]),
        (EventQuery(zones=Choice((), or_none=True)), ["004"]),
        (EventQuery(zones=Choice(("lawn",), or_none=True)), ["004", "002"]),
        (EventQuery(zones=Choice(("nowhere",))), []),
        (EventQuery(sub_labels=Choice(("ann",))), ["002", "001"]),
        (EventQuery(sub_labels=Choice(("bob, ann",))), ["001"]),
        (EventQuery(sub_labels=Choice(("an",))), []),
        (EventQuery(sub_labels=Choice(("ANN",))), []),
        (EventQuery(sub_labels=Choice((), or_none=True)), ["004", "003"]),
        (EventQuery(zones=Choice(("porch",)), sub_labels=Choice(("ann",))), ["001"]),
        (EventQuery(after=NOON + 120), ["004", "003"]),
        (EventQuery(before=NOON + 120), ["001"]),
        (EventQuery(has_clip=True), ["004", "003", "001"]),
        (EventQuery(has_clip=False), ["002"]),
        (EventQuery(has_snapshot=False), ["003"]),
        (EventQuery(in_progress=True), ["004"]),
        (EventQuery(in_progress=False), ["003", "002", "001"]),
        (EventQuery(is_retained=True), ["001"]),
        (EventQuery(is_submitted=True), ["003"]),
        (EventQuery(is_submitted=False), ["004", "002", "001"]),
        (EventQuery(min_score=0.5), ["004", "003", "001"]),
        (EventQuery(max_score=0.5), ["002", "001"]),
        (EventQuery(min_length_s=20), ["003", "002"]),
        (EventQuery(max_length_s=20), ["002", "001"]),
    ],
)
def test_each_filter_keeps_what_it_names(
    db: Database, query: EventQuery, expected: list[str]
) -> None:
    put_all(
        db,
        make_event(
            1,
            zones=("porch", "drive"),
            sub_label="bob, ann",
            retain_indefinitely=True,
            data=EventData(score=0.5),
            end_time=NOON + 70,
        ),
        make_event(
            2,
            camera="back",
            label="dog",
            zones=("lawn",),
            sub_label="ann",
            has_clip=False,
            data=EventData(score=0.25),
            end_time=NOON + 140,
        ),
        make_event(3, zones=("porch",), has_snapshot=False, plus_id="p1"),
        make_event(4, camera="side", label="cat", zones=(), end_time=None),
    )
    assert ids(db, query) == expected


@pytest.mark.parametrize("few", [0, 5, 100])
def test_a_common_zone_is_found_as_well_as_a_rare_one(db: Database, few: int) -> None:
    put_all(
        db,
        *(make_event(n, zones=("street",)) for n in range(10)),
        make_event(10, zones=("porch",)),
    )
    gathering = Gathering(few, few)
    common = EventQuery(zones=Choice(("street",)), limit=UNLIMITED)
    assert len(find_events(db, common, gathering)) == 10
    rare = find_events(db, EventQuery(zones=Choice(("porch",)), limit=UNLIMITED), gathering)
    assert [one.zones for one in rare] == [("porch",)]


BERLIN = find_zone("Europe/Berlin")


def at(text: str, zone: str = "Europe/Berlin") -> float:
    return datetime.fromisoformat(text).replace(tzinfo=find_zone(zone)).timestamp()


def daytime(after: float, before: float) -> DaytimeRange:
    return DaytimeRange(int(after * 3600), int(before * 3600), BERLIN)


def test_the_local_clock_follows_summer_and_winter_time(db: Database) -> None:
    put_all(
        db,
        make_event(1, start_time=at("2024-01-15T08:30")),
        make_event(2, start_time=at("2024-07-15T08:30")),
        make_event(3, start_time=at("2024-07-15T09:30")),
    )
    assert ids(db, EventQuery(daytime=daytime(8, 9))) == ["002", "001"]


def test_an_evening_that_ends_in_the_morning_spans_midnight(db: Database) -> None:
    put_all(
        db,
        make_event(1, start_time=at("2024-01-15T05:59:59")),
        make_event(2, start_time=at("2024-01-15T06:00:00")),
        make_event(3, start_time=at("2024-01-15T20:00:00")),
        make_event(4, start_time=at("2024-01-15T20:00:01")),
    )
    assert ids(db, EventQuery(daytime=daytime(20, 6))) == ["004", "001"]


def test_the_local_clock_of_an_empty_index_finds_nothing(db: Database) -> None:
    assert ids(db, EventQuery(daytime=daytime(8, 9))) == []


def test_two_zones_of_one_event_give_it_once(db: Database) -> None:
    put_all(db, make_event(1, zones=("a", "b")))
    assert ids(db, EventQuery(zones=Choice(("a", "b")))) == ["001"]


def test_an_event_that_moves_in_time_is_listed_at_its_new_place(db: Database) -> None:
    put_all(db, make_event(1), make_event(2), replace(make_event(1), start_time=NOON + 600))
    assert ids(db, EventQuery()) == ["001", "002"]
