from __future__ import annotations

from datetime import datetime

from picket.store.database import Database
from picket.store.events import put_event
from picket.store.local_time import HOUR_S, find_zone
from picket.store.recordings import (
    CameraUsage,
    FootageAmount,
    RecordedHour,
    Recording,
    camera_usage,
    find_recordings,
    footage_amounts,
    recorded_hours,
)
from picket.store.segments import put_segment
from tests.support.index_samples import NOON, make_event, make_segment

UTC = find_zone("utc")
NOON_HOUR = int(NOON) // HOUR_S


def test_recordings_are_listed_oldest_first_without_their_fragments(db: Database) -> None:
    put_segment(db, make_segment(1))
    put_segment(db, make_segment(0, motion=5, objects=1))
    first, second = find_recordings(db, "front", NOON, NOON + 15)
    assert first == Recording(make_segment(0).id, NOON, NOON + 10, 1_000_000, 5, 1)
    assert (second.motion, second.objects) == (None, None)


def test_both_ends_of_the_span_count(db: Database) -> None:
    for number in range(4):
        put_segment(db, make_segment(number))
    found = find_recordings(db, "front", NOON + 20, NOON + 30)
    assert [one.id[-3:] for one in found] == ["001", "002", "003"]


def test_hours_come_newest_first_with_their_sums(db: Database) -> None:
    put_segment(db, make_segment(0, motion=5, objects=1))
    put_segment(db, make_segment(1, motion=6, objects=None))
    put_segment(db, make_segment(360))
    put_event(db, make_event(1))
    put_event(db, make_event(2, has_clip=False))
    assert recorded_hours(db, "front", UTC) == [
        RecordedHour(NOON_HOUR + 1, 10.0, None, None, 0),
        RecordedHour(NOON_HOUR, 20.0, 11, 1, 1),
    ]
    assert recorded_hours(db, "back", UTC) == []


def test_an_hour_that_the_clock_shows_twice_is_one_hour(db: Database) -> None:
    change = datetime.fromisoformat("2024-10-27T01:00:00+00:00").timestamp()
    for number, start in enumerate((change - 10, change)):
        put_segment(
            db, make_segment(number, start_time=start, end_time=start + 10, motion=1, objects=1)
        )
        put_event(db, make_event(number, start_time=start))
    (hour,) = recorded_hours(db, "front", find_zone("Europe/Berlin"))
    assert (hour.hour % 24, hour.duration_s) == (2, 20.0)
    assert (hour.motion, hour.objects, hour.events) == (2, 2, 2)


def test_space_is_summed_by_camera(db: Database) -> None:
    put_segment(db, make_segment(0))
    put_segment(db, make_segment(1))
    put_segment(db, make_segment(2, camera="back"))
    assert camera_usage(db) == {
        "front": CameraUsage(2_000_000, 2_000_000, 20.0),
        "back": CameraUsage(1_000_000, 1_000_000, 10.0),
    }


def test_how_much_of_each_camera_is_stored_and_since_when(db: Database) -> None:
    assert footage_amounts(db) == []
    for number, camera in ((1, "front"), (0, "front"), (3, "back")):
        put_segment(db, make_segment(number, id=f"{number}-{camera}", camera=camera))
    found = {one.camera: one for one in footage_amounts(db)}
    assert found == {
        "front": FootageAmount("front", 2_000_000, NOON),
        "back": FootageAmount("back", 1_000_000, NOON + 30),
    }
