"""GET /api/events, /api/events/summary and /api/events/<id>."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Any

import pytest

from picket.api.schemas.events import EventOut, EventSummaryOut
from picket.api.schemas.recordings import RecordingOut
from picket.domain.event import EventData, PathPoint
from picket.store.event_paths import put_path
from picket.store.events import delete_event, put_event, set_retain, set_sub_label
from picket.store.retention_queries import end_clips
from picket.store.segments import put_segment
from tests.contract.conftest import Door
from tests.support.index_samples import EVENT, NOON, make_event, make_segment

ROW_KEYS = {
    "id",
    "camera",
    "label",
    "sub_label",
    "start_time",
    "end_time",
    "zones",
    "has_clip",
    "has_snapshot",
    "retain_indefinitely",
    "plus_id",
    "false_positive",
    "top_score",
    "box",
    "data",
}
DATA_KEYS = {"type", "score", "top_score", "box", "region", "attributes"}
MODEL_KEYS = {"area", "detector_type", "model_hash", "model_type", "ratio", "region", "score"}


def get(door: Door, query: str = "") -> list[dict[str, Any]]:
    answer = door.client.get(f"/api/events?include_thumbnails=0&{query}")
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()
    return rows


def ids(door: Door, query: str) -> list[str]:
    return [row["id"][-3:] for row in get(door, query)]


@pytest.mark.endpoint("GET /api/events")
def test_an_event_has_every_key_and_its_true_type(door: Door) -> None:
    put_event(door.db, EVENT)
    (row,) = get(door)
    assert row == {
        "id": EVENT.id,
        "camera": "front",
        "label": "person",
        "sub_label": None,
        "start_time": NOON,
        "end_time": NOON + 30.5,
        "zones": ["porch", "driveway"],
        "has_clip": True,
        "has_snapshot": True,
        "retain_indefinitely": False,
        "plus_id": None,
        "false_positive": None,
        "top_score": None,
        "box": None,
        "data": {
            "type": "object",
            "score": 0.875,
            "top_score": 0.9,
            "box": [0.25, 0.5, 0.125, 0.25],
            "region": [0.0, 0.25, 0.5, 0.75],
            "attributes": [{"label": "face", "score": 0.75, "box": [0.25, 0.5, 0.0625, 0.0625]}],
        },
    }
    for key in ("has_clip", "has_snapshot", "retain_indefinitely"):
        assert type(row[key]) is bool


@pytest.mark.endpoint("GET /api/events")
def test_a_manual_event_that_runs_has_every_key_too(door: Door) -> None:
    put_event(
        door.db, make_event(1, end_time=None, zones=(), thumbnail=b"", data=EventData(type="api"))
    )
    (row,) = get(door)
    assert row.keys() == ROW_KEYS
    assert row["data"].keys() == DATA_KEYS
    assert row["end_time"] is None
    assert row["zones"] == []
    assert row["data"]["box"] is None


@pytest.mark.endpoint("GET /api/events", "include_thumbnails")
def test_thumbnails_are_included_unless_refused(door: Door) -> None:
    put_event(door.db, EVENT)
    (row,) = door.client.get("/api/events").json()
    assert base64.b64decode(row["thumbnail"]) == EVENT.thumbnail
    assert "thumbnail" not in get(door)[0]


@pytest.mark.endpoint("GET /api/events")
def test_a_scored_sub_label_shows_its_score(door: Door) -> None:
    data = replace(EVENT.data, sub_label_score=0.5)
    put_event(door.db, replace(EVENT, sub_label="ann", data=data))
    (row,) = get(door)
    assert row["sub_label"] == "ann"
    assert row["data"]["sub_label_score"] == 0.5


@pytest.mark.endpoint(
    "GET /api/events",
    "after",
    "before",
    "camera",
    "cameras",
    "favorites",
    "has_clip",
    "has_snapshot",
    "in_progress",
    "is_submitted",
    "label",
    "labels",
    "limit",
    "max_length",
    "max_score",
    "min_length",
    "min_score",
    "sub_label",
    "sub_labels",
    "time_range",
    "timezone",
    "zone",
    "zones",
)
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["003", "002", "001"]),
        ("cameras=all&labels=all&sub_labels=all&zones=all", ["003", "002", "001"]),
        ("is_submitted=-1&favorites=0&time_range=00:00,24:00&timezone=x", ["003", "002", "001"]),
        ("cameras=front", ["003", "001"]),
        ("cameras=front,back", ["003", "002", "001"]),
        ("camera=back", ["002"]),
        ("camera=back&cameras=front", []),
        ("camera=back&cameras=front,back", ["002"]),
        ("labels=dog,cat", ["002"]),
        ("label=dog", ["002"]),
        ("label=dog&labels=person", ["003", "001"]),
        ("sub_labels=ann", ["001"]),
        ("sub_label=ann", ["001"]),
        ("sub_labels=None", ["003", "002"]),
        ("sub_labels=None,ann", ["003", "002", "001"]),
        ("zones=porch", ["003", "001"]),
        ("zone=porch", ["003", "001"]),
        ("zones=None", ["002"]),
        (f"after={NOON + 60}", ["003", "002"]),
        (f"before={NOON + 120}", ["001"]),
        (f"before={int(NOON + 121)}", ["002", "001"]),
        ("after=0&before=0", ["003", "002", "001"]),
        ("after=yesterday", ["003", "002", "001"]),
        ("has_clip=1", ["003", "001"]),
        ("has_clip=0", ["002"]),
        ("has_clip=maybe", ["003", "002", "001"]),
        ("has_snapshot=0", ["003"]),
        ("in_progress=1", ["003"]),
        ("in_progress=0", ["002", "001"]),
        ("favorites=1", ["001"]),
        ("min_score=0.5", ["003", "001"]),
        ("max_score=0.5", ["002"]),
        ("min_length=20", ["001"]),
        ("max_length=20", ["002"]),
        ("is_submitted=1", ["002"]),
        ("is_submitted=0", ["003", "001"]),
        ("cameras=front&labels=person&zones=porch&has_clip=1&in_progress=0", ["001"]),
        ("cameras=front&min_score=0.5&min_length=20&sub_labels=ann,bob", ["001"]),
        (f"labels=person,dog&after={NOON + 60}&before={NOON + 180}", ["002"]),
        ("cameras=nobody", []),
        ("labels=person&labels=dog", ["002"]),
        ("in_progress=1&min_length=0", []),
        ("limit=9223372036854775807", ["003", "002", "001"]),
        ("limit=1", ["003"]),
        ("limit=-1", ["003", "002", "001"]),
        ("limit=0", []),
        ("colour=red", ["003", "002", "001"]),
        ("time_range=12:00,12:02", ["001"]),
        ("time_range=12:01,12:04", ["003", "002"]),
        ("time_range=13:01,13:04&timezone=Europe/Berlin", ["003", "002"]),
        ("time_range=13:00,12:02&timezone=utc", ["001"]),
    ],
)
def test_each_parameter_chooses(door: Door, query: str, expected: list[str]) -> None:
    put_event(door.db, make_event(1, sub_label="bob, ann"))
    put_event(
        door.db,
        make_event(
            2,
            camera="back",
            label="dog",
            zones=(),
            has_clip=False,
            end_time=NOON + 130,
            plus_id="p",
            data=EventData(score=0.25),
        ),
    )
    put_event(door.db, make_event(3, end_time=None, has_snapshot=False))
    set_retain(door.db, make_event(1).id, retain=True)
    assert ids(door, query) == expected


@pytest.mark.endpoint("GET /api/events", "before", "limit")
def test_paging_by_the_last_start_time_visits_every_event_once(door: Door) -> None:
    for number in range(7):
        put_event(door.db, make_event(number, start_time=NOON + number / 3))
    seen: list[str] = []
    page = get(door, "limit=2")
    while page:
        seen += [row["id"][-3:] for row in page]
        page = get(door, f"limit=2&before={page[-1]['start_time']}")
    assert seen == [f"{number:03}" for number in reversed(range(7))]


@pytest.mark.endpoint("GET /api/events")
def test_a_change_is_visible_at_once(door: Door) -> None:
    put_event(door.db, EVENT)
    assert get(door)[0]["retain_indefinitely"] is False
    set_retain(door.db, EVENT.id, retain=True)
    assert get(door)[0]["retain_indefinitely"] is True


@pytest.mark.endpoint("GET /api/events/{event_id}")
def test_one_event_shows_every_column(door: Door) -> None:
    put_event(door.db, EVENT)
    row = door.client.get(f"/api/events/{EVENT.id}").json()
    assert row.keys() == ROW_KEYS | MODEL_KEYS | {"thumbnail"}
    assert row["model_hash"] == EVENT.model_hash
    assert row["detector_type"] == "onnx"
    assert row["ratio"] == 1.0
    assert row["area"] is row["score"] is row["region"] is None
    assert base64.b64decode(row["thumbnail"]) == EVENT.thumbnail


@pytest.mark.endpoint("GET /api/events/{event_id}")
def test_an_unknown_event_is_not_found(door: Door) -> None:
    answer = door.client.get("/api/events/1.0-nobody")
    assert answer.status_code == 404
    assert answer.json() == {"success": False, "message": "Event not found"}


@pytest.mark.endpoint("GET /api/events/summary", "has_clip", "has_snapshot", "timezone")
def test_the_summary_counts_by_local_day(door: Door) -> None:
    late = NOON + 11.5 * 3600
    put_event(door.db, make_event(1, start_time=late, sub_label="ann"))
    put_event(door.db, make_event(2, start_time=late + 1, sub_label="ann", has_clip=False))
    rows = door.client.get("/api/events/summary?timezone=Europe/Berlin").json()
    assert rows == [
        {
            "camera": "front",
            "label": "person",
            "sub_label": "ann",
            "day": "2024-01-16",
            "zones": ["porch", "driveway"],
            "count": 2,
        }
    ]
    (row,) = door.client.get("/api/events/summary?has_clip=1&has_snapshot=1").json()
    assert (row["day"], row["count"]) == ("2024-01-15", 1)
    assert type(row["count"]) is int


@pytest.mark.endpoint("GET /api/events/summary", "timezone", "has_clip")
def test_the_summary_is_never_older_than_the_index(door: Door) -> None:
    url = "/api/events/summary?timezone=Asia/Kathmandu&has_clip=1"

    def counts() -> list[tuple[str, str | None, int]]:
        answer = door.client.get(url)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.text.endswith("]\n")
        return [(row["day"], row["sub_label"], row["count"]) for row in answer.json()]

    assert counts() == []
    for number in (0, 1, 24 * 60):
        put_event(door.db, make_event(number))
    assert counts() == counts() == [("2024-01-16", None, 1), ("2024-01-15", None, 2)]
    set_sub_label(door.db, make_event(24 * 60).id, "ann", None)
    end_clips(door.db, [make_event(0).id])
    assert counts() == [("2024-01-16", "ann", 1), ("2024-01-15", None, 1)]
    delete_event(door.db, make_event(1).id)
    assert counts() == [("2024-01-16", "ann", 1)]


def test_rows_have_the_form_that_is_described(door: Door) -> None:
    put_event(door.db, EVENT)
    put_event(door.db, replace(EVENT, id="1.0-abcdef", end_time=None, sub_label="ann"))
    put_segment(door.db, make_segment())
    for path, form in (
        ("/api/events", EventOut),
        ("/api/events/summary", EventSummaryOut),
        ("/api/front/recordings", RecordingOut),
    ):
        rows = door.client.get(path).json()
        assert rows
        for row in rows:
            form.model_validate_json(json.dumps(row), strict=True)
            assert row.keys() <= form.model_fields.keys()


@pytest.mark.endpoint("GET /api/events/{event_id}/path")
def test_an_event_has_a_path(door: Door) -> None:
    put_event(door.db, EVENT)
    assert door.client.get(f"/api/events/{EVENT.id}/path").json() == []
    walk = [PathPoint(NOON + n / 2, (0.25 + n / 8, 0.5, 0.125, 0.25)) for n in range(3)]
    put_path(door.db, EVENT.id, walk)
    told = door.client.get(f"/api/events/{EVENT.id}/path").json()
    assert told == [
        {"time": NOON, "box": [0.25, 0.5, 0.125, 0.25]},
        {"time": NOON + 0.5, "box": [0.375, 0.5, 0.125, 0.25]},
        {"time": NOON + 1, "box": [0.5, 0.5, 0.125, 0.25]},
    ]


@pytest.mark.endpoint("GET /api/events/{event_id}/path")
def test_an_unknown_event_has_no_path(door: Door) -> None:
    answer = door.client.get("/api/events/nobody/path")
    assert (answer.status_code, answer.json()["success"]) == (404, False)
