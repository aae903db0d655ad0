"""GET, DELETE, retain, sub_label, create and end of single events."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.api.pictures import decode
from tests.e2e.api.scene import Json, Scene

EVENT = "/api/events/{event_id}"
CREATE = "POST /api/events/{camera}/{label}/create"

ONLY_OF_ONE = {"thumbnail", "area", "detector_type", "model_hash", "model_type", "ratio"}


def change(scene: Scene, method: str, path: str, body: Json = None) -> Json:
    """Send a change that must succeed, with the card's strict idea of success."""
    answer = scene.client.request(method, path, json=body)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["success"] is True
    assert isinstance(told["message"], str)
    return told


def files_of(scene: Scene, event_id: str) -> list[str]:
    return sorted(path.name for path in (scene.picket.media / "clips").glob(f"*{event_id}*"))


@pytest.mark.endpoint(f"GET {EVENT}")
def test_one_event_has_every_column(scene: Scene) -> None:
    listed = scene.ended()
    event = scene.json(f"/api/events/{listed['id']}")
    assert set(event) == {*listed, *ONLY_OF_ONE, "region", "score"}
    assert {key: event[key] for key in listed} == listed
    assert event["model_type"] == "yolox"
    assert len(event["model_hash"]) == 32
    assert (event["data"]["type"], event["zones"]) == ("object", ["pavement"])


@pytest.mark.endpoint(f"GET {EVENT}")
@pytest.mark.endpoint(f"DELETE {EVENT}")
@pytest.mark.endpoint(f"POST {EVENT}/retain")
@pytest.mark.endpoint(f"DELETE {EVENT}/retain")
@pytest.mark.endpoint(f"POST {EVENT}/sub_label")
@pytest.mark.parametrize(
    ("method", "tail"),
    [
        ("GET", ""),
        ("DELETE", ""),
        ("POST", "/retain"),
        ("DELETE", "/retain"),
        ("POST", "/sub_label"),
    ],
)
def test_an_unknown_event_is_not_found(scene: Scene, method: str, tail: str) -> None:
    body = {"subLabel": "Ann"} if tail == "/sub_label" else None
    answer = scene.client.request(method, f"/api/events/1.0-nobody{tail}", json=body)
    assert answer.status_code == 404
    assert answer.json()["success"] is False
    assert answer.json()["message"]


@pytest.mark.endpoint(f"DELETE {EVENT}")
def test_a_deleted_event_is_gone_with_its_pictures_but_not_its_footage(scene: Scene) -> None:
    event = scene.ended()
    times = f"start/{event['start_time']}/end/{event['end_time']}"
    assert files_of(scene, event["id"])
    change(scene, "DELETE", f"/api/events/{event['id']}")
    assert scene.client.get(f"/api/events/{event['id']}").status_code == 404
    assert event["id"] not in [one["id"] for one in scene.events()]
    assert scene.json("/api/timeline", source_id=event["id"]) == []
    assert files_of(scene, event["id"]) == []
    assert scene.client.get(f"/api/street/{times}/clip.mp4").status_code == 200


@pytest.mark.endpoint(f"POST {EVENT}/retain")
@pytest.mark.endpoint(f"DELETE {EVENT}/retain")
@pytest.mark.endpoint("GET /api/events", "favorites")
def test_retain_is_seen_at_once_and_taken_back(scene: Scene) -> None:
    url = f"/api/events/{scene.ended()['id']}"
    change(scene, "POST", f"{url}/retain")
    assert scene.json(url)["retain_indefinitely"] is True
    assert [f"/api/events/{one['id']}" for one in scene.events(favorites=1)] == [url]
    change(scene, "DELETE", f"{url}/retain", {})
    assert scene.json(url)["retain_indefinitely"] is False
    assert scene.events(favorites=1) == []


@pytest.mark.endpoint(f"POST {EVENT}/sub_label", "body.subLabel", "body.subLabelScore")
@pytest.mark.endpoint("GET /api/events", "sub_labels")
@pytest.mark.endpoint("GET /api/sub_labels", "split_joined")
@pytest.mark.parametrize("state", ["ended", "running"])
def test_a_sub_label_names_the_object(scene: Scene, state: str) -> None:
    event = scene.ended() if state == "ended" else scene.running()
    url = f"/api/events/{event['id']}"
    names = f"{state}-ann, {state}-bob"
    change(scene, "POST", f"{url}/sub_label", {"subLabel": names, "subLabelScore": 0.79})
    named = scene.json(url)
    assert (named["sub_label"], named["data"]["sub_label_score"]) == (names, 0.79)
    assert [one["id"] for one in scene.events(sub_labels=f"{state}-bob")] == [event["id"]]
    assert f"{state}-bob" in scene.json("/api/sub_labels", split_joined=1)
    assert names in scene.json("/api/sub_labels")
    change(scene, "POST", f"{url}/sub_label", {"subLabel": ""})
    assert not scene.json(url)["sub_label"]


@pytest.mark.endpoint(f"POST {EVENT}/sub_label", "body.subLabel", "body.subLabelScore")
@pytest.mark.parametrize(
    "body", [{"subLabel": "x" * 101}, {"subLabel": "Ann", "subLabelScore": 1.5}, {"subLabel": 5}]
)
def test_a_sub_label_that_cannot_be_is_refused(scene: Scene, body: Json) -> None:
    url = f"/api/events/{scene.ended()['id']}"
    answer = scene.client.post(f"{url}/sub_label", json=body)
    assert answer.status_code == 400
    assert answer.json()["success"] is False
    longest = {"subLabel": "x" * 100}
    change(scene, "POST", f"{url}/sub_label", longest)


@pytest.mark.endpoint(CREATE, "body.duration", "body.sub_label", "body.include_recording")
def test_a_manual_event_is_as_its_body_says(scene: Scene) -> None:
    usual = scene.json(f"/api/events/{scene.create('usual')}")
    assert usual["end_time"] - usual["start_time"] == pytest.approx(2 + 30 + 2, abs=0.01)
    assert (usual["sub_label"], usual["has_clip"], usual["has_snapshot"]) == (None, True, True)
    assert (usual["camera"], usual["label"], usual["data"]["type"]) == ("porch", "usual", "api")
    body = {"sub_label": "post", "duration": 5, "include_recording": False}
    event = scene.json(f"/api/events/{scene.create('parcel', body)}")
    assert event["end_time"] - event["start_time"] == pytest.approx(2 + 5 + 2, abs=0.01)
    assert (event["sub_label"], event["has_clip"]) == ("post", False)


@pytest.mark.endpoint(CREATE, "body.draw")
def test_a_manual_events_boxes_are_drawn(scene: Scene) -> None:
    def picture(draw: Any) -> Any:
        event_id = scene.create("drawn", {"draw": draw})
        return decode(scene.client.get(f"/api/events/{event_id}/snapshot.jpg").content).astype(int)

    plain = picture({})
    red = picture({"boxes": [{"box": [0.5, 0.5, 0.25, 0.25]}]})
    green = picture({"boxes": [{"box": [0.5, 0.5, 0.25, 0.25], "color": [0, 255, 0], "score": 90}]})
    left, top, right, bottom = 160, 90, 240, 135
    edge = slice(top + 20, bottom - 5), slice(left - 1, left + 2)
    assert (abs(plain[edge] - 128) < 12).all()
    assert red[edge][..., 2].mean() > red[edge][..., 0].mean() + 60
    assert green[edge][..., 1].mean() > green[edge][..., 2].mean() + 60
    inside = slice(top + 20, bottom - 8), slice(left + 20, right - 20)
    assert (abs(red[inside] - 128) < 20).all()


@pytest.mark.endpoint(CREATE, "body.duration")
@pytest.mark.endpoint("PUT /api/events/{event_id}/end", "body.end_time")
def test_an_event_without_a_duration_runs_until_it_is_ended(scene: Scene) -> None:
    event_id = scene.create("gate", {"duration": None})
    url = f"/api/events/{event_id}"
    event = scene.json(url)
    assert event["end_time"] is None
    assert event_id in [one["id"] for one in scene.events(in_progress=1)]
    end_time = event["start_time"] + 4.5
    change(scene, "PUT", f"{url}/end", {"end_time": end_time})
    assert scene.json(url)["end_time"] == end_time
    assert scene.client.get(f"{url}/snapshot.jpg").status_code == 200


@pytest.mark.endpoint(CREATE)
def test_a_manual_event_of_a_strange_camera_is_refused(scene: Scene) -> None:
    answer = scene.client.post("/api/events/nobody/gate/create")
    assert answer.status_code == 404
    assert answer.json()["success"] is False
    assert scene.client.post("/api/events/porch/gate/create").status_code == 200  # no body
