"""GET /api/events: every parameter, on events that really happened."""

from __future__ import annotations

import base64
import statistics
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.e2e.api.pictures import decode
from tests.e2e.api.scene import CAMERAS, Json, Scene
from tests.support.servers import wait_for

EVENTS = "GET /api/events"
KOLKATA = ZoneInfo("Asia/Kolkata")

Keeps = Callable[[Json], bool]

SHAPE: dict[str, Any] = {
    "id": str,
    "camera": str,
    "label": str,
    "sub_label": (str, type(None)),
    "start_time": (int, float),
    "end_time": (int, float, type(None)),
    "zones": list,
    "has_clip": bool,
    "has_snapshot": bool,
    "retain_indefinitely": bool,
    "plus_id": (str, type(None)),
    "top_score": type(None),
    "false_positive": (bool, type(None)),
    "box": (list, type(None)),
    "data": dict,
}


@pytest.fixture(scope="module", autouse=True)
def _(scene: Scene) -> None:
    """Beside visits: one event without a clip, and a short one."""
    scene.create("parcel", {"include_recording": False})
    scene.create("doorbell", {"duration": 1})


def expect_filtered(
    scene: Scene, keeps: Keeps, params: dict[str, Any], *, all_match: bool = False
) -> None:
    """The answer is exactly what `keeps` of everything; and the parameter did something."""

    def attempt() -> tuple[list[Json], list[Json], list[Json]] | None:
        before, found, after = scene.events(), scene.events(**params), scene.events()
        is_steady = [e["id"] for e in before if keeps(e)] == [e["id"] for e in after if keeps(e)]
        return (before, found, after) if is_steady else None

    everything, found, _ = wait_for(attempt, 20, "moment in which no event changes")
    assert [e["id"] for e in found] == [e["id"] for e in everything if keeps(e)]
    assert found
    assert all_match or len(found) < len(everything)


def any_event(_: Json) -> bool:
    return True


def length(event: Json) -> float | None:
    return None if event["end_time"] is None else event["end_time"] - event["start_time"]


@pytest.mark.endpoint(EVENTS)
def test_events_are_a_list_of_complete_rows_newest_first(scene: Scene) -> None:
    events = scene.json("/api/events")
    for event in events:
        assert set(event) == {*SHAPE, "thumbnail"}
        for key, kind in SHAPE.items():
            assert isinstance(event[key], kind), (key, event[key])
        assert {"type", "score", "top_score"} <= set(event["data"])
        if event["data"]["type"] == "object":
            x, y, width, height = event["data"]["box"]
            assert 0 <= x < x + width <= 1
            assert 0 <= y < y + height <= 1
            assert len(event["data"]["region"]) == 4  # may stick out of a flat picture
            assert event["data"]["attributes"] == []
    starts = [event["start_time"] for event in events]
    assert starts == sorted(starts, reverse=True)


@pytest.mark.endpoint(EVENTS, "cameras", "labels", "zones")
@pytest.mark.parametrize(
    ("key", "values", "keeps"),
    [
        ("cameras", "garden", lambda e: e["camera"] == "garden"),
        ("cameras", "garden,yard", lambda e: e["camera"] in ("garden", "yard")),
        ("labels", "dog", lambda e: e["label"] == "dog"),
        ("labels", "dog,doorbell", lambda e: e["label"] in ("dog", "doorbell")),
        ("zones", "pavement", lambda e: e["zones"] == ["pavement"]),
        ("zones", "None", lambda e: e["zones"] == []),
    ],
)
def test_events_of_some_cameras_labels_or_zones(
    scene: Scene, key: str, values: str, keeps: Keeps
) -> None:
    expect_filtered(scene, keeps, {key: values})


@pytest.mark.endpoint(EVENTS, "cameras", "labels", "zones")
def test_events_of_all_and_of_nothing_known(scene: Scene) -> None:
    for key in ("cameras", "labels", "zones"):
        expect_filtered(scene, any_event, {key: "all"}, all_match=True)
        assert scene.events(**{key: "nothing"}) == []


@pytest.mark.endpoint(EVENTS, "has_snapshot", "has_clip", "in_progress")
@pytest.mark.parametrize(
    ("switch", "is_on"),
    [
        ("has_snapshot", lambda e: e["has_snapshot"]),
        ("has_clip", lambda e: e["has_clip"]),
        ("in_progress", lambda e: e["end_time"] is None),
    ],
)
def test_events_by_switch(scene: Scene, switch: str, is_on: Keeps) -> None:
    expect_filtered(scene, is_on, {switch: 1})
    expect_filtered(scene, lambda e: not is_on(e), {switch: 0})


@pytest.mark.endpoint(EVENTS, "is_submitted")
def test_events_that_are_submitted_are_none_yet(scene: Scene) -> None:
    assert scene.events(is_submitted=1) == []
    for value in (0, -1):
        expect_filtered(scene, any_event, {"is_submitted": value}, all_match=True)


@pytest.mark.endpoint(EVENTS, "min_score", "max_score")
def test_events_by_score(scene: Scene) -> None:
    limit = statistics.median_low(e["data"]["score"] for e in scene.events(in_progress=0))
    expect_filtered(scene, lambda e: e["data"]["score"] >= limit, {"min_score": limit})
    expect_filtered(scene, lambda e: e["data"]["score"] <= limit, {"max_score": limit})


@pytest.mark.endpoint(EVENTS, "min_length", "max_length")
def test_events_by_length(scene: Scene) -> None:
    expect_filtered(scene, lambda e: (length(e) or 0) >= 5.5, {"min_length": 5.5})
    expect_filtered(scene, lambda e: (length(e) or 99) <= 5.5, {"max_length": 5.5})


@pytest.mark.endpoint(EVENTS, "before", "after")
def test_events_before_and_after_an_instant_exclude_it(scene: Scene) -> None:
    events = scene.events()
    instant = events[len(events) // 2]["start_time"]
    expect_filtered(scene, lambda e: e["start_time"] < instant, {"before": instant})
    expect_filtered(scene, lambda e: e["start_time"] > instant, {"after": instant})
    whole = int(instant)
    expect_filtered(scene, lambda e: e["start_time"] < whole, {"before": whole})


@pytest.mark.endpoint(EVENTS, "before", "limit")
def test_events_are_paged_by_the_last_start_time(scene: Scene) -> None:
    everything = scene.events(in_progress=0, camera="street")
    last = everything[0]["start_time"]
    older = [e for e in everything if e["start_time"] < last]  # two may come in one frame
    page = scene.events(in_progress=0, camera="street", before=last, limit=1)
    assert [e["id"] for e in page] == [older[0]["id"]]


@pytest.mark.endpoint(EVENTS, "limit")
def test_events_limit_takes_the_newest(scene: Scene) -> None:
    assert len(scene.events(limit=2)) == 2
    assert scene.events(limit=0) == []
    refused = scene.client.get("/api/events?limit=some")
    assert refused.status_code == 400
    assert "limit" in refused.json()["message"]


@pytest.mark.endpoint(EVENTS, "include_thumbnails")
def test_events_have_thumbnails_unless_told_otherwise(scene: Scene) -> None:
    for event in scene.json("/api/events", in_progress=0, limit=5):
        assert decode(base64.b64decode(event["thumbnail"])).shape[0] == 175
    for event in scene.json("/api/events", include_thumbnails=0):
        assert "thumbnail" not in event


@pytest.mark.endpoint(EVENTS, "time_range", "timezone")
def test_events_of_a_time_of_day_in_a_zone(scene: Scene) -> None:
    newest = scene.ended()
    local = datetime.fromtimestamp(newest["start_time"], KOLKATA)
    around = f"{local - timedelta(minutes=2):%H:%M},{local + timedelta(minutes=2):%H:%M}"

    def found(**params: str) -> set[str]:
        return {event["id"] for event in scene.events(**params)}

    assert newest["id"] in found(time_range=around, timezone="Asia/Kolkata")
    assert found(time_range=around, timezone="utc") == set()  # 5:30 hours away
    other = f"{local + timedelta(minutes=2):%H:%M},{local - timedelta(minutes=2):%H:%M}"
    assert newest["id"] not in found(time_range=other, timezone="Asia/Kolkata")
    assert newest["id"] in found(time_range="00:00,24:00", timezone="Asia/Kolkata")


@pytest.mark.endpoint("GET /api/events/summary", "timezone", "has_clip", "has_snapshot")
def test_events_summary_counts_by_day(scene: Scene) -> None:
    scene.create("crate", {"include_recording": False})
    rows = scene.json("/api/events/summary", timezone="Asia/Kolkata", has_clip=0)
    (row,) = [row for row in rows if row["label"] == "crate"]
    day = datetime.now(KOLKATA).strftime("%Y-%m-%d")
    assert row == {
        "camera": "porch",
        "count": 1,
        "day": day,
        "label": "crate",
        "sub_label": None,
        "zones": [],
    }
    without = scene.json("/api/events/summary", has_snapshot=0)
    assert {row["camera"] for row in without} == {"yard"}
    everyone = {row["camera"] for row in scene.json("/api/events/summary")}
    assert everyone == set(CAMERAS)


@pytest.mark.endpoint("GET /api/timeline", "source_id", "camera", "limit")
def test_timeline_tells_the_moments_of_an_event(scene: Scene) -> None:
    event = scene.ended()
    rows = scene.json("/api/timeline", source_id=event["id"])
    assert [row["class_type"] for row in rows] == ["visible", "entered_zone", "gone"]
    for row in rows:
        assert set(row) == {"timestamp", "camera", "source", "source_id", "class_type", "data"}
        assert (row["camera"], row["source"]) == ("street", "tracked_object")
        assert row["data"]["label"] == "person"
        assert len(row["data"]["box"]) == 4
    assert rows[1]["data"]["zones"] == ["pavement"]
    times = [row["timestamp"] for row in rows]
    assert times == sorted(times)
    assert scene.json("/api/timeline", source_id=event["id"], limit=1) == rows[:1]
    assert {row["camera"] for row in scene.json("/api/timeline", camera="yard")} == {"yard"}
    assert scene.json("/api/timeline", source_id="nobody") == []
