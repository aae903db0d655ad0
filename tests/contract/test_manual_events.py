"""POST /api/events/<camera>/<label>/create and PUT /api/events/<id>/end."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from picket.domain.event import Event
from picket.domain.frame import Picture
from picket.media.jpeg import decode_picture
from picket.store.events import find_event, put_event
from tests.contract.conftest import NOW, Door
from tests.support.fake_live import make_frame
from tests.support.index_samples import EVENT

CREATE = "/api/events/front/doorbell/create"
BOX = [0.5, 0.5, 0.25, 0.25]


def create(door: Door, body: object = None, url: str = CREATE) -> Event:
    answer = door.client.request("POST", url, json=body)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    assert told.keys() == {"success", "message", "event_id"}
    assert told["success"] is True
    assert told["message"] == "Successfully created event."
    assert re.fullmatch(r"\d+\.\d+-[a-z0-9]{6}", told["event_id"])
    event = find_event(door.db, told["event_id"])
    assert event is not None
    return event


def snapshot(door: Door, event: Event) -> Picture:
    answer = door.client.get(f"/api/events/{event.id}/snapshot.jpg")
    assert answer.status_code == 200
    picture: Picture = decode_picture(answer.content)
    return picture


@pytest.mark.endpoint("POST /api/events/{camera}/{label}/create")
def test_an_event_without_a_body_lasts_half_a_minute_and_its_surroundings(door: Door) -> None:
    answer = door.client.request("POST", CREATE)
    event = find_event(door.db, answer.json()["event_id"])
    assert event is not None
    assert event.id.startswith(f"{NOW}-")
    assert (event.camera, event.label) == ("front", "doorbell")
    assert (event.start_time, event.end_time) == (NOW - 5, NOW + 30 + 5)
    assert (event.sub_label, event.zones) == (None, ())
    assert (event.data.type, event.data.score, event.data.top_score) == ("api", 0.0, 0.0)


@pytest.mark.endpoint(
    "POST /api/events/{camera}/{label}/create",
    "body.duration",
    "body.score",
    "body.source_type",
    "body.sub_label",
)
def test_every_wish_is_kept(door: Door) -> None:
    body = {"sub_label": "ring", "duration": 2.5, "score": 0.5, "source_type": "audio"}
    event = create(door, body)
    assert event.end_time == NOW + 2.5 + 5
    assert event.sub_label == "ring"
    assert (event.data.type, event.data.score, event.data.top_score) == ("audio", 0.5, 0.5)
    shown = door.client.get(f"/api/events/{event.id}").json()
    assert shown["data"]["type"] == "audio"
    assert shown["model_type"] is None


@pytest.mark.endpoint("POST /api/events/{camera}/{label}/create", "body.duration", "body.sub_label")
def test_an_empty_sub_label_is_none(door: Door) -> None:
    assert create(door, {"sub_label": "", "duration": 30}).sub_label is None


@pytest.mark.endpoint("POST /api/events/{camera}/{label}/create", "body.draw")
def test_the_snapshot_has_the_boxes_in_their_colours(door: Door) -> None:
    door.live.show("front", make_frame(NOW))
    event = create(door, {"draw": {"boxes": [{"box": BOX}, {"box": [0, 0, 0.1, 1], "score": 90}]}})
    assert event.has_snapshot
    picture = snapshot(door, event)
    assert picture.shape == (360, 640, 3)
    blue, green, red = picture[225, 320].astype(int)  # the left edge of the first box
    assert red - blue > 80
    assert red - green > 80
    assert np.ptp(picture[225, 400]) < 10  # inside of it


@pytest.mark.endpoint("POST /api/events/{camera}/{label}/create", "body.draw")
def test_a_box_has_the_colour_that_was_asked_as_red_green_blue(door: Door) -> None:
    door.live.show("front", make_frame(NOW))
    event = create(door, {"draw": {"boxes": [{"box": BOX, "color": [0, 0, 255]}]}})
    blue, _, red = snapshot(door, event)[225, 320].astype(int)
    assert blue - red > 80


@pytest.mark.endpoint("POST /api/events/{camera}/{label}/create", "body.draw")
def test_the_clean_copy_has_nothing_drawn_on_it(door: Door) -> None:
    door.live.show("front", make_frame(NOW))
    event = create(door, {"draw": {"boxes": [{"box": BOX}]}})
    clean = decode_picture((door.paths.clips / f"front-{event.id}-clean.png").read_bytes())
    assert clean.shape == (360, 640, 3)
    assert np.ptp(clean) <= 1


@pytest.mark.endpoint("POST /api/events/{camera}/{label}/create")
def test_the_thumbnail_is_the_whole_frame(door: Door) -> None:
    door.live.show("front", make_frame(NOW))
    event = create(door)
    answer = door.client.get(f"/api/events/{event.id}/thumbnail.jpg")
    assert decode_picture(answer.content).shape == (175, 311, 3)


@pytest.mark.endpoint("POST /api/events/{camera}/{label}/create", "body.draw")
@pytest.mark.parametrize("box", [[1, 1, 0, 0], [0, 0, 0, 0], [0.9, 0.9, 1, 1]])
def test_a_box_at_the_edge_is_drawn_inside(door: Door, box: list[float]) -> None:
    door.live.show("front", make_frame(NOW))
    assert create(door, {"draw": {"boxes": [{"box": box}]}}).has_snapshot


@pytest.mark.endpoint("POST /api/events/{camera}/{label}/create")
@pytest.mark.parametrize("age_s", [None, 60.0])
def test_a_silent_camera_gives_an_event_without_a_picture(door: Door, age_s: float | None) -> None:
    if age_s is not None:
        door.live.show("front", make_frame(NOW - age_s))
    event = create(door)
    assert not event.has_snapshot
    assert event.thumbnail == b""
    assert list(door.paths.clips.iterdir()) == []


@pytest.mark.endpoint("POST /api/events/{camera}/{label}/create", "body.include_recording")
def test_a_camera_that_is_not_recorded_gives_no_clip(door: Door) -> None:
    assert not create(door, {"include_recording": True}).has_clip


@pytest.mark.endpoint("POST /api/events/{camera}/{label}/create", "body.draw")
def test_a_label_may_hold_spaces_and_letters_of_any_language(door: Door) -> None:
    door.live.show("front", make_frame(NOW))
    body = {"draw": {"boxes": [{"box": BOX}]}}
    event = create(door, body, "/api/events/front/T%C3%BCr%20auf/create")
    assert event.label == "Tür auf"
    assert create(door, None, "/api/events/front/door%2520open/create").label == "door open"


@pytest.mark.endpoint(
    "POST /api/events/{camera}/{label}/create",
    "body.draw",
    "body.duration",
    "body.score",
    "body.sub_label",
)
@pytest.mark.parametrize(
    "body",
    [
        {"duration": "long"},
        {"duration": -1},
        {"score": 2},
        {"sub_label": "x" * 101},
        {"draw": {"boxes": [{"box": [0.5, 0.5, 0.25]}]}},
        {"draw": {"boxes": [{"box": [50, 50, 25, 25]}]}},
        {"draw": {"boxes": [{"box": BOX, "color": [300, 0, 0]}]}},
        [1],
    ],
)
def test_a_wish_that_cannot_be_fulfilled_creates_nothing(door: Door, body: object) -> None:
    door.live.show("front", make_frame(NOW))
    answer = door.client.request("POST", CREATE, json=body)
    assert answer.status_code == 400
    assert answer.json().keys() == {"success", "message"}
    assert door.commands.done == []
    assert list(door.paths.clips.iterdir()) == []


@pytest.mark.endpoint("POST /api/events/{camera}/{label}/create")
def test_an_unknown_camera_is_not_found(door: Door) -> None:
    answer = door.client.request("POST", "/api/events/nowhere/doorbell/create", json={})
    assert answer.status_code == 404
    assert answer.json() == {"success": False, "message": "Camera not found"}


@pytest.mark.endpoint("PUT /api/events/{event_id}/end")
def test_an_open_event_lasts_until_it_is_ended(door: Door) -> None:
    event = create(door, {"duration": None})
    assert event.end_time is None
    running = door.client.get("/api/events?in_progress=1").json()
    assert [one["id"] for one in running] == [event.id]
    door.times[0] = NOW + 99
    answer = door.client.request("PUT", f"/api/events/{event.id}/end", json={})
    assert answer.status_code == 200
    assert answer.json().keys() == {"success", "message"}
    assert door.client.get(f"/api/events/{event.id}").json()["end_time"] == NOW + 99


@pytest.mark.endpoint("PUT /api/events/{event_id}/end", "body.end_time")
@pytest.mark.parametrize("end_time", [NOW + 7, NOW + 7.25])
def test_the_end_may_be_told(door: Door, end_time: float) -> None:
    event = create(door, {"duration": None})
    body = {"end_time": end_time}
    door.client.request("PUT", f"/api/events/{event.id}/end", json=body)
    assert door.client.get(f"/api/events/{event.id}").json()["end_time"] == end_time


@pytest.mark.endpoint("PUT /api/events/{event_id}/end", "body.end_time")
@pytest.mark.parametrize("body", [{"end_time": NOW - 60}, {"end_time": "soon"}])
def test_an_end_that_cannot_be_is_refused(door: Door, body: dict[str, object]) -> None:
    event = create(door, {"duration": None})
    answer = door.client.request("PUT", f"/api/events/{event.id}/end", json=body)
    assert answer.status_code == 400
    assert answer.json()["success"] is False
    assert find_event(door.db, event.id) == event


@pytest.mark.endpoint("PUT /api/events/{event_id}/end")
def test_a_tracked_object_cannot_be_ended(door: Door) -> None:
    put_event(door.db, EVENT)
    answer = door.client.request("PUT", f"/api/events/{EVENT.id}/end")
    assert answer.status_code == 400
    assert find_event(door.db, EVENT.id) == EVENT


@pytest.mark.endpoint("PUT /api/events/{event_id}/end")
def test_an_unknown_event_cannot_be_ended(door: Door) -> None:
    answer = door.client.request("PUT", "/api/events/1.0-nobody/end", json={})
    assert answer.status_code == 404


@pytest.mark.endpoint("POST /api/events/{camera}/{label}/create")
def test_a_full_disk_costs_the_picture_and_not_the_event(door: Door) -> None:
    door.live.show("front", make_frame(NOW))
    door.paths.clips.rmdir()
    event = create(door)
    assert not event.has_snapshot
    assert event.thumbnail
