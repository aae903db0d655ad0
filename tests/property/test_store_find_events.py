"""`find_events` against the same question asked of plain values."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from picket.domain.event import Event, EventData
from picket.store.database import Database, transaction
from picket.store.event_groups import Choice, split_sub_label
from picket.store.event_query import UNLIMITED, DaytimeRange, EventQuery, Gathering, find_events
from picket.store.events import delete_event, put_event
from picket.store.local_time import find_zone

ZONE = find_zone("Europe/Berlin")
WORDS = ["a", "b", "c"]
NAMES = ["ann", "bob", "ann, bob"]
START, END = 1_700_000_000, 1_720_000_000
SCORES = [0.0, 0.25, 0.5, 1.0]

times = st.integers(START * 4, END * 4).map(lambda quarter: quarter / 4)
parts = st.builds(
    Choice, st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(tuple), st.booleans()
)
words = st.builds(Choice, st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(tuple))
names = st.builds(
    Choice, st.lists(st.sampled_from(NAMES), max_size=2, unique=True).map(tuple), st.booleans()
)
seconds_of_day = st.integers(0, 86_400)

FILTERS: dict[str, st.SearchStrategy[object]] = {
    "cameras": words,
    "labels": words,
    "sub_labels": names,
    "zones": parts,
    "after": times,
    "before": times,
    "daytime": st.builds(DaytimeRange, seconds_of_day, seconds_of_day, st.just(ZONE)),
    "has_clip": st.booleans(),
    "has_snapshot": st.booleans(),
    "in_progress": st.booleans(),
    "is_submitted": st.booleans(),
    "is_retained": st.booleans(),
    "min_score": st.sampled_from(SCORES),
    "max_score": st.sampled_from(SCORES),
    "min_length_s": st.just(10.0),
    "max_length_s": st.just(10.0),
    "limit": st.sampled_from([UNLIMITED, 0, 1, 5]),
}


@st.composite
def queries(draw: st.DrawFn) -> EventQuery:
    """A few filters at once; with all of them hardly an event would be left."""
    wanted = draw(st.lists(st.sampled_from(sorted(FILTERS)), max_size=3, unique=True))
    chosen_filters: dict[str, Any] = {name: draw(FILTERS[name]) for name in wanted}
    return EventQuery(**chosen_filters)


@st.composite
def event_lists(draw: st.DrawFn) -> list[Event]:
    starts = draw(st.lists(times, max_size=12, unique=True))
    return [
        Event(
            id=f"{start}-{number:06}",
            camera=draw(st.sampled_from(WORDS)),
            label=draw(st.sampled_from(WORDS)),
            start_time=start,
            end_time=draw(st.none() | st.sampled_from([1.0, 20.0]).map(lambda s: start + s)),  # noqa: B023
            zones=draw(st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(tuple)),
            has_clip=draw(st.booleans()),
            has_snapshot=draw(st.booleans()),
            sub_label=draw(st.none() | st.sampled_from(NAMES)),
            retain_indefinitely=draw(st.booleans()),
            plus_id=draw(st.none() | st.just("plus")),
            data=EventData(score=draw(st.sampled_from(SCORES))),
        )
        for number, start in enumerate(starts)
    ]


def chosen(choice: Choice | None, values: tuple[str, ...]) -> bool:
    if choice is None:
        return True
    return bool(set(choice.values) & set(values)) or (choice.or_none and not values)


def in_daytime(daytime: DaytimeRange | None, start: float) -> bool:
    if daytime is None:
        return True
    local = datetime.fromtimestamp(int(start), UTC).astimezone(daytime.zone)
    second = local.hour * 3600 + local.minute * 60 + local.second
    if daytime.after_s > daytime.before_s:
        return second > daytime.after_s or second < daytime.before_s
    return daytime.after_s < second < daytime.before_s


def within(value: float | None, least: float | None, most: float | None) -> bool:
    if least is None and most is None:
        return True
    if value is None:
        return False
    return (least is None or value >= least) and (most is None or value <= most)


def answers(query: EventQuery, event: Event) -> bool:
    length = None if event.end_time is None else event.end_time - event.start_time
    states = (
        (query.has_clip, event.has_clip),
        (query.has_snapshot, event.has_snapshot),
        (query.in_progress, event.end_time is None),
        (query.is_submitted, event.plus_id is not None),
        (query.is_retained, event.retain_indefinitely),
    )
    return (
        chosen(query.cameras, (event.camera,))
        and chosen(query.labels, (event.label,))
        and chosen(query.zones, event.zones)
        and chosen(query.sub_labels, split_sub_label(event.sub_label or ""))
        and (query.after is None or event.start_time > query.after)
        and (query.before is None or event.start_time < query.before)
        and in_daytime(query.daytime, event.start_time)
        and within(event.data.score, query.min_score, query.max_score)
        and within(length, query.min_length_s, query.max_length_s)
        and all(wanted is None or wanted == is_so for wanted, is_so in states)
    )


def test_a_query_finds_what_a_plain_filter_finds(db: Database) -> None:
    @settings(max_examples=300, deadline=None)
    @given(events=event_lists(), query=queries(), few=st.sampled_from([0, 2, 100]))
    def check(events: list[Event], query: EventQuery, few: int) -> None:
        with transaction(db):
            for old in find_events(db, EventQuery(limit=UNLIMITED)):
                delete_event(db, old.id)
            for event in events:
                put_event(db, event)
        newest_first = sorted(events, key=lambda one: one.start_time, reverse=True)
        expected = [event for event in newest_first if answers(query, event)]
        limit = len(expected) if query.limit == UNLIMITED else query.limit
        assert find_events(db, query, Gathering(few, few)) == expected[:limit]

    check()
