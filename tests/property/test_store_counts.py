"""What is counted beside the rows, against counting the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from picket.domain.errors import NotFound
from picket.domain.event import Event
from picket.domain.segment import Segment
from picket.store.counts import counts_agree, rebuild_counts
from picket.store.database import Database, transaction
from picket.store.event_query import UNLIMITED, EventQuery, find_events
from picket.store.event_summary import event_summary, local_days
from picket.store.events import (
    close_open_events,
    delete_event,
    end_abandoned_events,
    end_event,
    put_event,
    set_retain,
    set_sub_label,
)
from picket.store.local_time import day_name, find_zone
from picket.store.recordings import recorded_hours
from picket.store.retention_queries import end_clips, end_snapshots
from picket.store.segments import (
    delete_segments,
    find_outlines,
    find_segment,
    footage_stamp,
    put_segment,
    set_activity,
)
from tests.support.index_samples import EVENT, make_segment

Act = Callable[[Database], object]

ZONES = [find_zone(name) for name in ("utc", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns")]
CHANGE = int(datetime(2024, 3, 31, 1, tzinfo=UTC).timestamp())  # of the clock in Berlin
DAY_S = 86_400
CAMERAS, WORDS = ["a", "b"], ["x", "y"]

cameras, numbers = st.sampled_from(CAMERAS), st.integers(0, 5)
times = st.integers(-4 * 36, 4 * 36).map(lambda step: CHANGE + 600.0 * step + 0.5)
events = st.builds(
    lambda number, start, length_s, **changes: replace(
        EVENT,
        id=f"e{number}",
        start_time=start,
        end_time=None if length_s is None else start + length_s,
        **changes,
    ),
    numbers,
    times,
    st.none() | st.just(20.0),
    camera=cameras,
    label=st.sampled_from(WORDS),
    sub_label=st.none() | st.sampled_from(WORDS),
    zones=st.lists(st.sampled_from(WORDS), max_size=2, unique=True).map(tuple),
    has_clip=st.booleans(),
    has_snapshot=st.booleans(),
)
segments = st.builds(
    lambda number, start, camera, motion: make_segment(
        id=f"s{number}", camera=camera, start_time=start, end_time=start + 10, motion=motion
    ),
    numbers,
    times,
    cameras,
    st.none() | st.just(3),
)
event_ids, segment_ids = numbers.map("e{}".format), numbers.map("s{}".format)
names = st.none() | st.sampled_from(WORDS)

acts: st.SearchStrategy[Act] = st.one_of(
    events.map(lambda one: lambda db: put_event(db, one)),
    st.builds(lambda id_, name: lambda db: set_sub_label(db, id_, name, None), event_ids, names),
    event_ids.map(lambda id_: lambda db: set_retain(db, id_, retain=True)),
    event_ids.map(lambda id_: lambda db: end_event(db, id_, CHANGE + 1e6)),
    event_ids.map(lambda id_: lambda db: delete_event(db, id_)),
    event_ids.map(lambda id_: lambda db: end_clips(db, [id_, "unknown"])),
    event_ids.map(lambda id_: lambda db: end_snapshots(db, [id_, "unknown"])),
    st.just(lambda db: close_open_events(db, CHANGE + 1e6)),
    st.just(lambda db: end_abandoned_events(db, CAMERAS, CHANGE + 1e6)),
    segments.map(lambda one: lambda db: put_segment(db, one)),
    segment_ids.map(lambda id_: lambda db: set_activity(db, id_, motion=7, objects=1)),
    st.lists(segment_ids, max_size=3).map(lambda ids: lambda db: delete_segments(db, ids)),
    st.just(rebuild_counts),
)


def derived(db: Database) -> dict[str, list[dict[str, Any]]]:
    """Everything that is counted, with groups told by their words instead of their numbers."""
    words = "g.camera, g.label, g.sub_label, g.zones, g.has_clip, g.has_snapshot"
    queries = {
        "groups": f"SELECT {words}, g.events FROM event_group AS g",
        "counts": f"SELECT {words}, c.quarter, c.events FROM event_count AS c"
        " JOIN event_group AS g ON g.id = c.group_id",
        "events": f"SELECT e.id, e.quarter, e.length_s, {words} FROM event AS e"
        " JOIN event_group AS g ON g.id = e.group_id",
        "clips": "SELECT camera, quarter, events FROM clip_count",
        "footage": "SELECT camera, quarter, segments, duration_s, size_bytes, motion, objects"
        " FROM footage_quarter",
    }
    return {
        name: sorted((dict(row) for row in db.rows(sql)), key=repr) for name, sql in queries.items()
    }


def perform(db: Database, act: Act) -> None:
    with transaction(db), suppress(NotFound):
        act(db)


def clear(db: Database) -> None:
    with transaction(db):
        for event in find_events(db, EventQuery(limit=UNLIMITED)):
            delete_event(db, event.id)
        delete_segments(db, [f"s{number}" for number in range(6)])


def days_of(found: list[Event], zone: ZoneInfo) -> Counter[tuple[object, ...]]:
    """The summary of plain events."""
    return Counter(
        (
            *(one.camera, one.label, one.sub_label, one.zones),
            datetime.fromtimestamp(one.start_time, zone).date().isoformat(),
        )
        for one in found
    )


def hours_of(db: Database, camera: str, zone: ZoneInfo) -> Counter[int]:
    """Seconds of footage by the hour of the local clock."""
    seconds: Counter[int] = Counter()
    found: list[Segment] = [one for n in range(6) if (one := find_segment(db, f"s{n}"))]
    for one in found:
        if one.camera == camera:
            local = datetime.fromtimestamp(one.start_time, zone).replace(tzinfo=UTC)
            seconds[int(local.timestamp()) // 3600] += 10
    return seconds


def check_all(db: Database) -> None:
    kept, counted = derived(db), counts_agree(db)
    with transaction(db):
        rebuild_counts(db)
    assert kept == derived(db)
    assert counted


def test_counts_are_as_if_made_anew_and_summaries_as_if_from_the_rows(db: Database) -> None:
    @settings(max_examples=100, deadline=None)
    @given(some=st.lists(acts, max_size=12), zone=st.sampled_from(ZONES))
    def check(some: list[Act], zone: ZoneInfo) -> None:
        clear(db)
        for act in some:
            perform(db, act)
        check_all(db)
        found = find_events(db, EventQuery(limit=UNLIMITED))
        told = {
            (*(g.camera, g.label, g.sub_label, g.zones), g.day): one.count
            for one in event_summary(db, zone)
            for g in [one.group]
        }
        assert told == days_of(found, zone)
        for camera in CAMERAS:
            hours = {one.hour: one.duration_s for one in recorded_hours(db, camera, zone)}
            assert hours == hours_of(db, camera, zone)

    check()


def test_an_answer_that_changed_has_another_stamp(db: Database) -> None:
    @settings(max_examples=150, deadline=None)
    @given(
        some=st.lists(acts, max_size=6),
        last=acts,
        zone=st.sampled_from(ZONES),
        start=times,
        length_s=st.sampled_from([0.0, 5.0, 5000.0, 100_000.0]),
    )
    def check(some: list[Act], last: Act, zone: ZoneInfo, start: float, length_s: float) -> None:
        clear(db)
        for act in some:
            perform(db, act)

        def playlists() -> list[tuple[object, object]]:
            return [
                (footage_stamp(db, *span), find_outlines(db, *span))
                for span in ((camera, start, start + length_s) for camera in CAMERAS)
            ]

        def days() -> dict[int, tuple[object, object]]:
            return {
                day: (
                    stamp,
                    sorted(event_summary(db, zone, days=range(day, day + 1)), key=repr),
                )
                for day, stamp in local_days(db, zone).items()
            }

        old_playlists, old_days = playlists(), days()
        perform(db, last)
        for (stamp, old), (new_stamp, new) in zip(old_playlists, playlists(), strict=True):
            assert old == new or stamp != new_stamp
        for day, (new_stamp, rows) in days().items():
            stamp, before = old_days.get(day, (None, None))
            assert stamp != new_stamp or before == rows

    check()


def test_one_day_of_the_summary_is_that_day_of_all(db: Database) -> None:
    with transaction(db):
        for number in range(60):
            start = CHANGE - DAY_S + 3000.0 * number
            put_event(db, replace(EVENT, id=f"e{number}", start_time=start))

    @given(zone=st.sampled_from(ZONES), day=st.integers(CHANGE // DAY_S - 2, CHANGE // DAY_S + 2))
    @settings(max_examples=20, deadline=None)
    def check(zone: ZoneInfo, day: int) -> None:
        whole = [one for one in event_summary(db, zone) if one.group.day == day_name(day)]
        assert event_summary(db, zone, days=range(day, day + 1)) == whole

    check()


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM event",
        "UPDATE event SET group_id = NULL",
        "DELETE FROM event_count",
        "DELETE FROM clip_count",
        "DELETE FROM segment",
        "DELETE FROM footage_quarter",
    ],
)
def test_counts_that_were_left_behind_are_noticed_and_mended(db: Database, damage: str) -> None:
    put_event(db, EVENT)
    put_segment(db, make_segment())
    assert counts_agree(db)
    db.execute(damage)
    assert not counts_agree(db)
    with transaction(db):
        rebuild_counts(db)
    assert counts_agree(db)
