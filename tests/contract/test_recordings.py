"""GET /api/<camera>/recordings, its summary, /api/recordings/storage and /api/gaps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from picket.store.events import put_event
from picket.store.gaps import put_gap
from picket.store.segments import put_segment
from tests.contract.conftest import Door
from tests.support.index_samples import GAP, NOON, make_event, make_segment


@pytest.mark.endpoint("GET /api/{camera}/recordings")
def test_a_segment_has_the_shape_that_clients_read(door: Door) -> None:
    put_segment(door.db, make_segment(motion=5, objects=1, size_bytes=3_500_000))
    put_segment(door.db, make_segment(1))
    first, second = door.client.get("/api/front/recordings").json()
    assert first == {
        "id": make_segment().id,
        "start_time": NOON,
        "end_time": NOON + 10,
        "segment_size": 3.3,
        "motion": 5,
        "objects": 1,
    }
    assert second["motion"] is second["objects"] is None


@pytest.mark.endpoint("GET /api/{camera}/recordings", "after", "before")
def test_the_last_hour_is_listed_unless_a_span_is_given(door: Door) -> None:
    for number in (-360, 0, 3):
        put_segment(door.db, make_segment(number))

    def starts(query: str) -> list[float]:
        rows = door.client.get(f"/api/front/recordings?{query}").json()
        return [row["start_time"] - NOON for row in rows]

    assert starts("") == starts("after=x&before=y") == [0, 30]
    assert starts(f"after={NOON - 3600}&before={NOON - 1.5}") == [-3600]
    assert starts(f"after={int(NOON) + 11}") == [30]


@pytest.mark.endpoint("GET /api/{camera}/recordings")
@pytest.mark.endpoint("GET /api/{camera}/recordings/summary")
def test_an_unknown_camera_has_no_recordings(door: Door) -> None:
    assert door.client.get("/api/nobody/recordings").json() == []
    assert door.client.get("/api/nobody/recordings/summary").json() == []


@pytest.mark.endpoint("GET /api/{camera}/recordings/summary")
def test_the_summary_has_days_and_hours_newest_first(door: Door) -> None:
    for number in (0, 1, 360, 360 * 12):
        put_segment(door.db, make_segment(number, motion=number, objects=1))
    put_event(door.db, make_event(1))
    put_event(door.db, make_event(61, has_clip=False))
    days = door.client.get("/api/front/recordings/summary").json()
    assert days == [
        {
            "day": "2024-01-16",
            "events": 0,
            "hours": [{"hour": "00", "duration": 10, "events": 0, "motion": 4320, "objects": 1}],
        },
        {
            "day": "2024-01-15",
            "events": 1,
            "hours": [
                {"hour": "13", "duration": 10, "events": 0, "motion": 360, "objects": 1},
                {"hour": "12", "duration": 20, "events": 1, "motion": 1, "objects": 2},
            ],
        },
    ]
    hour = days[1]["hours"][0]
    assert type(hour["duration"]) is int
    assert type(hour["hour"]) is str


@pytest.mark.endpoint("GET /api/{camera}/recordings/summary", "timezone")
def test_the_summary_follows_the_time_zone(door: Door) -> None:
    put_segment(door.db, make_segment(motion=None))
    (day,) = door.client.get("/api/front/recordings/summary?timezone=Asia/Tokyo").json()
    assert (day["day"], day["hours"][0]["hour"]) == ("2024-01-15", "21")
    assert day["hours"][0]["motion"] is None


@pytest.mark.endpoint("GET /api/recordings/storage")
def test_storage_is_told_by_camera(door: Door) -> None:
    put_segment(door.db, make_segment(size_bytes=1 << 20))
    answer = door.client.get("/api/recordings/storage").json()
    assert answer.keys() == {"front", "back"}
    assert answer["back"] == {"bandwidth": 0.0, "usage": None}
    assert answer["front"]["usage"] == 1.0
    assert answer["front"]["bandwidth"] == 360.0
    assert 0 <= answer["front"]["usage_percent"] < 100


@pytest.mark.endpoint("GET /api/recordings/storage")
def test_storage_of_a_missing_folder_is_empty(door: Door) -> None:
    put_segment(door.db, make_segment())
    door.paths.recordings.rmdir()
    assert door.client.get("/api/recordings/storage").json() == {}


@pytest.mark.endpoint("GET /api/gaps", "after", "before", "camera")
def test_gaps_say_where_footage_is_missing_and_why(door: Door) -> None:
    put_gap(door.db, GAP)
    put_gap(door.db, replace(GAP, id="2.0-gap002", camera="back", end_time=None))
    (gap,) = door.client.get("/api/gaps?camera=front").json()
    assert gap == {
        "id": GAP.id,
        "camera": "front",
        "start_time": NOON + 100,
        "end_time": NOON + 160,
        "reason": "stalled",
        "detail": "no packets",
    }
    assert len(door.client.get("/api/gaps").json()) == 2
    (open_gap,) = door.client.get(f"/api/gaps?after={NOON + 161}").json()
    assert open_gap["end_time"] is None
    assert door.client.get(f"/api/gaps?before={NOON}").json() == []


@pytest.mark.endpoint("GET /api/{camera}/gaps", "after", "before")
def test_the_gaps_of_a_camera_are_those_of_its_own(door: Door) -> None:
    put_gap(door.db, GAP)
    put_gap(door.db, replace(GAP, id="another", camera="back"))
    (found,) = door.client.get(f"/api/front/gaps?after={NOON}&before={NOON + 3600}").json()
    assert found["reason"] == "stalled"
    assert (found["start_time"], found["end_time"]) == (NOON + 100, NOON + 160)
    assert door.client.get(f"/api/front/gaps?after={NOON + 160}").json() == []
    assert door.client.get("/api/nobody/gaps").status_code == 404


@pytest.mark.endpoint("GET /api/{camera}/activity", "after", "before", "step")
def test_a_timeline_has_a_value_for_each_step(door: Door) -> None:
    for number in (0, 1, 4):
        put_segment(door.db, make_segment(number, motion=640 * 360 * 5 * 10 // 100))
    put_event(door.db, make_event(0, start_time=NOON + 5, end_time=NOON + 15))
    query = f"after={NOON}&before={NOON + 60}&step=20"
    answer = door.client.get(f"/api/front/activity?{query}")
    assert answer.json() == {
        "step": 20.0,
        "start": NOON,
        "recorded": [1.0, 0.0, 0.5],
        "motion": [0.1, 0.0, 0.071],
        "objects": [1, 0, 0],
    }
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.endpoint("GET /api/{camera}/activity")
def test_a_timeline_is_the_last_day_in_minutes_unless_told_otherwise(door: Door) -> None:
    answer = door.client.get("/api/front/activity").json()
    assert (answer["step"], answer["start"]) == (60.0, NOON + 3600 - 86_400)
    assert len(answer["recorded"]) == len(answer["motion"]) == len(answer["objects"]) == 1440


@pytest.mark.endpoint("GET /api/{camera}/activity", "after", "before", "step")
@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("nobody/activity", 404, "Camera"),
        (f"front/activity?after={NOON}&before={NOON - 1}", 400, "before it starts"),
        (f"front/activity?after=0&before={NOON}&step=86400", 400, "seven days"),
        ("front/activity?step=0.5", 400, "step"),
        (f"front/activity?after={NOON}&before={NOON + 86_400}&step=1", 400, "longer step"),
    ],
)
def test_a_timeline_that_cannot_be_drawn_is_refused(
    door: Door, path: str, status: int, word: str
) -> None:
    answer = door.client.get(f"/api/{path}")
    assert answer.status_code == status
    assert word in answer.json()["message"]
