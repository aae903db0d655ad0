from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from picket.domain.event import EventData
from picket.store.database import Database, Row, Values
from picket.store.events import find_event, put_event
from picket.store.retention_queries import (
    BEGINNING,
    Place,
    end_clips,
    end_snapshots,
    events_after,
    hourly_bytes,
    oldest_closed,
    retained_events,
    segments_before,
    stored_cameras,
)
from picket.store.segments import put_segment
from picket.store.sqlite import SqliteDatabase
from tests.support.index_samples import NOON, make_event, make_index, make_segment


def test_every_camera_with_a_segment_or_an_event_is_known(db: Database) -> None:
    assert stored_cameras(db) == []
    for number, camera in enumerate(("yard", "front", "front")):
        put_segment(db, make_segment(number, camera=camera))
    put_event(db, make_event(camera="attic"))
    assert stored_cameras(db) == ["attic", "front", "yard"]


def test_segments_come_in_pages_without_loss_or_repetition(db: Database) -> None:
    for number in (4, 0, 2, 1, 3):
        put_segment(db, make_segment(number))
    put_segment(db, make_segment(9, id="same-start", start_time=NOON))
    put_segment(db, make_segment(1, id="other", camera="back"))
    seen: list[str] = []
    place = BEGINNING
    while page := segments_before(db, "front", NOON + 40, place, 1):
        seen += [one.id for one in page]
        place = page[-1].place
    expected = [make_segment(number).id for number in range(4)]
    assert seen == [expected[0], "same-start", *expected[1:]]


def test_a_segment_comes_with_what_retention_must_know(db: Database) -> None:
    segment = make_segment(motion=5, objects=2, dbfs=-40, is_closed=False)
    put_segment(db, segment)
    (found,) = segments_before(db, "front", NOON + 1, BEGINNING, 10)
    for name in ("id", "camera", "path", "start_time", "end_time", "size_bytes", "is_closed"):
        assert getattr(found, name) == getattr(segment, name)
    assert (found.motion, found.objects, found.dbfs) == (5, 2, -40)


def test_the_oldest_closed_segments_come_from_all_cameras(db: Database) -> None:
    put_segment(db, make_segment(0, is_closed=False))
    put_segment(db, make_segment(2))
    put_segment(db, make_segment(1, camera="back"))
    found = oldest_closed(db, BEGINNING, 10)
    assert [one.camera for one in found] == ["back", "front"]
    assert oldest_closed(db, found[0].place, 10) == found[1:]


def test_events_come_in_pages_and_say_whether_a_client_made_them(db: Database) -> None:
    events = [
        make_event(0),
        make_event(1, data=EventData(type="api"), end_time=None),
        make_event(2, retain_indefinitely=True, has_clip=False),
    ]
    for event in events:
        put_event(db, event)
    put_event(db, make_event(0, id="other", camera="back"))
    first = events_after(db, "front", BEGINNING, 2)
    rest = events_after(db, "front", first[-1].place, 2)
    found = [*first, *rest]
    assert [one.id for one in found] == [one.id for one in events]
    assert [one.has_no_place for one in found] == [False, True, False]
    assert [one.end_time for one in found] == [one.end_time for one in events]
    assert [one.has_clip for one in found] == [True, True, False]
    assert retained_events(db) == [found[2]]


def test_clips_and_snapshots_end_one_by_one(db: Database) -> None:
    first, second = make_event(1), make_event(2)
    put_event(db, first)
    put_event(db, second)
    end_clips(db, [first.id])
    end_snapshots(db, [second.id])
    assert find_event(db, first.id) == replace(first, has_clip=False)
    assert find_event(db, second.id) == replace(second, has_snapshot=False)


def test_an_hour_is_reckoned_from_what_each_camera_wrote_last(db: Database) -> None:
    for number in range(3):
        put_segment(db, make_segment(number, size_bytes=1000))
        put_segment(db, make_segment(number, id=f"b{number}", camera="back", size_bytes=500))
    assert hourly_bytes(db, ["front"]) == 360_000
    assert hourly_bytes(db, ["front", "back", "never-recorded"]) == 540_000


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        (
            lambda db: segments_before(db, "front", NOON, Place(NOON, "x"), 5),
            r"SEARCH segment USING INDEX segment_by_camera \(camera=\? AND .*start_time>",
        ),
        (
            lambda db: events_after(db, "front", Place(NOON, "x"), 5),
            r"SEARCH event USING INDEX event_by_camera_time \(camera=\? AND .*start_time.*>",
        ),
        (
            lambda db: oldest_closed(db, Place(NOON, "x"), 5),
            r"SEARCH segment USING INDEX segment_by_time \(.*start_time.*>",
        ),
        (retained_events, r"USING INDEX event_retained"),
    ],
)
def test_a_page_is_read_through_an_index_from_its_place_on(
    tmp_path: Path, ask: Callable[[Database], object], expected: str
) -> None:
    make_index(tmp_path / "index.db").close()
    explaining = Explaining(tmp_path / "index.db")
    ask(explaining)
    explaining.close()
    assert re.search(expected, explaining.plan)


class Explaining(SqliteDatabase):
    """Asks how a query would be answered, and answers it with nothing."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, read_only=True)
        self.plan = ""

    def rows(self, sql: str, values: Values | None = None) -> list[Row]:
        steps = super().rows(f"EXPLAIN QUERY PLAN {sql}", values)
        self.plan = "; ".join(step["detail"] for step in steps)
        return []
