"""The door over an index in a file and over one in PostgreSQL: the same answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from picket.config.database import DatabaseUrl
from picket.store.events import put_event
from picket.store.gaps import put_gap
from picket.store.segments import put_segment
from picket.store.timeline import add_timeline
from tests.contract.conftest import Door
from tests.support.index_samples import EVENT, GAP, MOMENT, NOON, make_event, make_segment


@pytest.fixture
def index_place(place: Path | DatabaseUrl) -> Path | DatabaseUrl:
    return place


@pytest.fixture
def filled(door: Door) -> Door:
    put_event(door.db, EVENT)
    put_event(door.db, make_event(1, label="dog", sub_label="rex, fido", end_time=None))
    put_event(door.db, make_event(2, camera="back", has_clip=False))
    add_timeline(door.db, MOMENT)
    put_gap(door.db, GAP)
    for number in range(6):
        put_segment(door.db, make_segment(number, motion=number, objects=1))
    return door


def ask(door: Door, path: str) -> Any:
    answer = door.client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ids(events: list[dict[str, Any]]) -> list[str]:
    return [event["id"] for event in events]


@pytest.mark.endpoint("GET /api/events", "labels", "min_score", "time_range", "timezone")
@pytest.mark.endpoint("GET /api/events", "in_progress", "sub_labels", "cameras", "limit")
def test_events_are_found_by_every_kind_of_filter(filled: Door) -> None:
    dog, back = make_event(1).id, make_event(2).id
    assert ids(ask(filled, "/api/events")) == [back, dog, EVENT.id]
    assert ids(ask(filled, "/api/events?labels=dog&min_score=0.5")) == [dog]
    assert ids(ask(filled, "/api/events?sub_labels=fido&in_progress=1")) == [dog]
    assert ids(ask(filled, "/api/events?cameras=back,front&limit=1")) == [back]
    noon = "/api/events?time_range=12:59,13:01&timezone=Europe/Berlin"
    assert ids(ask(filled, noon)) == [EVENT.id]


@pytest.mark.endpoint("GET /api/events/summary", "timezone", "has_clip")
@pytest.mark.endpoint("GET /api/sub_labels", "split_joined")
@pytest.mark.endpoint("GET /api/labels")
def test_counts_and_words(filled: Door) -> None:
    days = ask(filled, "/api/events/summary?timezone=Asia/Kathmandu&has_clip=1")
    counted = {(day["day"], day["label"], day["sub_label"]): day["count"] for day in days}
    assert counted == {
        ("2024-01-15", "person", None): 1,
        ("2024-01-15", "dog", "rex, fido"): 1,
    }
    assert ask(filled, "/api/sub_labels?split_joined=1") == ["fido", "rex"]
    assert sorted(ask(filled, "/api/labels")) == ["dog", "person"]


@pytest.mark.endpoint("GET /api/{camera}/recordings", "after", "before")
@pytest.mark.endpoint("GET /api/{camera}/recordings/summary", "timezone")
@pytest.mark.endpoint("GET /api/gaps", "camera")
@pytest.mark.endpoint("GET /api/timeline", "camera", "limit")
def test_recordings_gaps_and_moments(filled: Door) -> None:
    rows = ask(filled, f"/api/front/recordings?after={NOON + 15}&before={NOON + 35}")
    assert [row["motion"] for row in rows] == [1, 2, 3]
    (day,) = ask(filled, "/api/front/recordings/summary?timezone=utc")
    (hour,) = day["hours"]
    assert (hour["duration"], hour["motion"], hour["objects"]) == (60, 15, 6)
    assert [gap["reason"] for gap in ask(filled, "/api/gaps?camera=front")] == [GAP.reason.value]
    assert [one["class_type"] for one in ask(filled, "/api/timeline?camera=front&limit=5")] == [
        "visible"
    ]


@pytest.mark.endpoint("POST /api/events/{event_id}/sub_label", "body.subLabel")
@pytest.mark.endpoint("DELETE /api/events/{event_id}")
def test_a_client_s_changes_are_seen_at_once(filled: Door) -> None:
    name = {"subLabel": "ann"}
    answer = filled.client.request("POST", f"/api/events/{EVENT.id}/sub_label", json=name)
    assert answer.status_code == 200, answer.text
    assert ask(filled, f"/api/events/{EVENT.id}")["sub_label"] == "ann"
    assert filled.client.request("DELETE", f"/api/events/{EVENT.id}").status_code == 200
    assert filled.client.get(f"/api/events/{EVENT.id}").status_code == 404
