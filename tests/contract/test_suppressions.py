"""What is called false over the door: made, listed, undone, and beside the labelling service."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import cv2
import httpx
import numpy as np
import pytest

from picket.api.app import create_app
from picket.api.running_config import RunningConfig
from picket.config.load import load_text
from picket.domain.event import Event, EventData
from picket.domain.frame import Frame, Picture
from picket.domain.geometry import Box
from picket.domain.status import CameraState, CameraStatus
from picket.domain.suppression import Suppression
from picket.ipc.changes import MarkFalsePositive
from picket.media.appearance import describe, likeness
from picket.media.draw import THUMBNAIL_HEIGHT_PX, crop_square
from picket.media.jpeg import encode_png, to_frame
from picket.media.plane_jpeg import encode_frame
from picket.plus.account import Account, Key
from picket.store.events import delete_event, put_event
from picket.store.suppressions import count_quieted, list_suppressions, put_suppression
from tests.contract.conftest import CONFIG, NOW, Door
from tests.support.http_client import HttpClient
from tests.support.index_samples import EVENT, NOON, make_event, make_suppression
from tests.support.labelling_service import NAME, PASSWORD, labelling_service
from tests.support.yaml_text import yaml_text

WIDTH, HEIGHT = 640, 360
BOX = Box(320, 180, 400, 300)
SUPPRESS = "POST /api/events/{event_id}/suppress"
LIST = "GET /api/suppressions"
LIFT = "DELETE /api/suppressions/{event_id}"


def yard(seed: int = 1) -> Picture:
    """A yard of soft patches, BGR, as large as the camera's detect stream."""
    coarse = np.random.default_rng(seed).integers(20, 230, (18, 32, 3), np.uint8)
    drawn: Picture = cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)  # type: ignore[assignment]
    return drawn


def make_thumbnail(frame: Frame, box: Box) -> bytes:
    square = crop_square(box, frame.width, frame.height)
    return encode_frame(frame, part=square, height=THUMBNAIL_HEIGHT_PX)


def gnome(**changes: Any) -> Event:
    """An ended event in the yard, with its thumbnail."""
    data = replace(EVENT.data, box=BOX.relative(WIDTH, HEIGHT), score=0.7, top_score=0.75)
    thumbnail = make_thumbnail(to_frame(yard()), BOX)
    return replace(EVENT, data=data, thumbnail=thumbnail, **changes)


def suppress(door: Door, event: Event, body: object = None) -> httpx.Response:
    return door.client.request("POST", f"/api/events/{event.id}/suppress", json=body)


def refusal(answer: httpx.Response, status: int) -> str:
    assert answer.status_code == status, answer.text
    body: dict[str, Any] = answer.json()
    assert body.keys() == {"success", "message"}
    assert body["success"] is False
    return str(body["message"])


def only(door: Door) -> Suppression:
    (kept,) = list_suppressions(door.db)
    return kept


@pytest.mark.endpoint(SUPPRESS, "body.note")
@pytest.mark.endpoint(LIST)
def test_an_event_that_is_called_false_is_marked_and_listed(door: Door) -> None:
    event = gnome()
    put_event(door.db, event)
    answer = suppress(door, event, {"note": "the garden gnome"})
    assert answer.status_code == 200, answer.text
    assert answer.json().keys() == {"success", "message", "id"}
    assert (answer.json()["success"], answer.json()["id"]) == (True, event.id)
    assert f"/api/suppressions/{event.id}" in answer.json()["message"]
    assert door.client.get(f"/api/events/{event.id}").json()["false_positive"] is True
    count_quieted(door.db, event.id, NOON + 77)
    assert door.client.get("/api/suppressions").json() == [
        {
            "id": event.id,
            "camera": "front",
            "label": "person",
            "box": list(BOX.relative(WIDTH, HEIGHT)),
            "score": 0.75,
            "note": "the garden gnome",
            "created_time": NOW,
            "quieted": 1,
            "quieted_time": NOON + 77,
            "thumbnail": base64.b64encode(event.thumbnail).decode(),
        }
    ]


@pytest.mark.endpoint(LIST)
def test_without_suppressions_the_list_is_empty(door: Door) -> None:
    assert door.client.get("/api/suppressions").json() == []


@pytest.mark.endpoint(SUPPRESS)
@pytest.mark.parametrize("end_time", [None, NOON + 30], ids=["running", "ended"])
def test_what_it_looks_like_is_taken_from_the_thumbnail(door: Door, end_time: float | None) -> None:
    event = gnome(end_time=end_time)
    put_event(door.db, event)
    assert suppress(door, event).status_code == 200
    assert likeness(only(door).appearance, describe(to_frame(yard()), BOX)) > 0.95
    assert likeness(only(door).appearance, describe(to_frame(yard(2)), BOX)) < 0.7
    assert only(door).note == ""


@pytest.mark.endpoint(SUPPRESS)
def test_the_clean_picture_is_preferred_whatever_its_size(door: Door) -> None:
    event = gnome()
    put_event(door.db, replace(event, thumbnail=b"no picture"))
    doubled = cv2.resize(yard(), (2 * WIDTH, 2 * HEIGHT), interpolation=cv2.INTER_CUBIC)
    clean = door.paths.clips / f"front-{event.id}-clean.png"
    clean.write_bytes(encode_png(doubled))  # type: ignore[arg-type]
    assert suppress(door, event).status_code == 200
    assert likeness(only(door).appearance, describe(to_frame(yard()), BOX)) > 0.98


@pytest.mark.endpoint(SUPPRESS)
def test_the_size_of_the_running_camera_wins_over_the_configured_one(door: Door) -> None:
    event = gnome()
    large = to_frame(cv2.resize(yard(), (1280, 720)))  # type: ignore[arg-type]
    box = Box(640, 360, 800, 600)
    put_event(door.db, replace(event, thumbnail=make_thumbnail(large, box)))
    door.live.statuses["front"] = CameraStatus(
        "front", CameraState.ONLINE, NOON, width=1280, height=720
    )
    assert suppress(door, event).status_code == 200
    assert likeness(only(door).appearance, describe(large, box)) > 0.95


@pytest.mark.endpoint(LIFT)
def test_undoing_it_takes_the_mark_away_and_is_done_once(door: Door) -> None:
    event = gnome()
    put_event(door.db, event)
    suppress(door, event)
    answer = door.client.request("DELETE", f"/api/suppressions/{event.id}")
    assert answer.status_code == 200
    assert answer.json().keys() == {"success", "message"}
    assert door.client.get(f"/api/events/{event.id}").json()["false_positive"] is None
    assert door.client.get("/api/suppressions").json() == []
    again = door.client.request("DELETE", f"/api/suppressions/{event.id}")
    assert refusal(again, 404) == f"Suppression not found: {event.id}"


@pytest.mark.endpoint(LIFT)
def test_it_outlives_its_event_and_can_still_be_undone(door: Door) -> None:
    event = gnome()
    put_event(door.db, event)
    suppress(door, event)
    delete_event(door.db, event.id)
    assert [one["id"] for one in door.client.get("/api/suppressions").json()] == [event.id]
    assert door.client.request("DELETE", f"/api/suppressions/{event.id}").status_code == 200


@pytest.mark.endpoint(SUPPRESS)
def test_what_cannot_be_known_again_is_refused_with_the_reason(door: Door) -> None:
    placeless = gnome(id="1705320001.0-manual")
    blank = gnome(id="1705320002.0-blanks")
    stranger = gnome(id="1705320003.0-gonecm", camera="gone")
    for event in (
        replace(placeless, data=EventData(type="api")),
        replace(blank, thumbnail=b""),
        stranger,
    ):
        put_event(door.db, event)
    assert "has no box" in refusal(suppress(door, placeless), 400)
    assert "no picture of event" in refusal(suppress(door, blank), 404)
    assert refusal(suppress(door, stranger), 404) == "Camera not found"
    assert refusal(suppress(door, make_event(9)), 404) == f"Event not found: {make_event(9).id}"
    assert list_suppressions(door.db) == []


@pytest.mark.endpoint(SUPPRESS, "body.note")
def test_a_note_that_is_a_story_is_refused(door: Door) -> None:
    event = gnome()
    put_event(door.db, event)
    assert "note" in refusal(suppress(door, event, {"note": "x" * 201}), 400)
    assert suppress(door, event, {"note": None}).status_code == 200


@pytest.mark.endpoint(SUPPRESS)
def test_a_camera_that_has_shown_nothing_yet_is_waited_for(door: Door) -> None:
    event = gnome()
    put_event(door.db, event)
    cameras = {"front": {"ffmpeg": CONFIG["cameras"]["front"]["ffmpeg"]}}
    config = load_text(yaml_text({**CONFIG, "cameras": cameras}), "config.yml", {})
    settings = RunningConfig(config, door.config_file, door.program)
    app = create_app(replace(door.context, settings=settings))
    client = HttpClient(app)
    answer = client.request("POST", f"/api/events/{event.id}/suppress")
    client.close()
    app.state.services.readers.close()
    assert "has shown no picture yet" in refusal(answer, 503)


@pytest.mark.endpoint(SUPPRESS)
def test_a_full_list_is_refused_with_the_cure(door: Door) -> None:
    for number in range(50):
        event = make_event(number)
        put_event(door.db, event)
        put_suppression(door.db, make_suppression(event))
    last = gnome()
    put_event(door.db, last)
    assert "undo one" in refusal(suppress(door, last), 400)


@pytest.mark.endpoint(SUPPRESS)
@pytest.mark.endpoint(LIFT)
def test_a_silent_keeper_is_told(door: Door) -> None:
    event = gnome()
    put_event(door.db, event)
    door.commands.is_silent = True
    assert "try again" in refusal(suppress(door, event), 503)
    answer = door.client.request("DELETE", f"/api/suppressions/{event.id}")
    assert "try again" in refusal(answer, 503)


@pytest.fixture
def client(door: Door) -> Iterator[HttpClient]:
    """The door of an installation with a key for the labelling service."""
    with labelling_service() as service:
        account = Account(Key(NAME, PASSWORD), service.url, problem="")
        app = create_app(replace(door.context, plus=account))
        client = HttpClient(app)
        yield client
        client.close()
        app.state.services.submissions.close()
        app.state.services.readers.close()


@pytest.mark.endpoint("PUT /api/events/{event_id}/false_positive")
@pytest.mark.endpoint(LIFT)
def test_a_suppressed_event_can_be_reported_once_and_stays_marked(
    door: Door, client: HttpClient
) -> None:
    event = gnome()
    put_event(door.db, event)
    (door.paths.clips / f"front-{event.id}-clean.png").write_bytes(encode_png(yard()))
    assert suppress(door, event).status_code == 200
    report = f"/api/events/{event.id}/false_positive"
    assert client.request("PUT", report).status_code == 200
    assert door.commands.done[-1] == MarkFalsePositive(event.id)
    assert "already reported" in refusal(client.request("PUT", report), 400)
    client.request("DELETE", f"/api/suppressions/{event.id}")
    assert client.get(f"/api/events/{event.id}").json()["false_positive"] is True


@pytest.mark.endpoint("PUT /api/events/{event_id}/false_positive")
@pytest.mark.endpoint(LIST)
def test_a_report_to_the_service_suppresses_nothing(door: Door, client: HttpClient) -> None:
    event = gnome()
    put_event(door.db, event)
    (door.paths.clips / f"front-{event.id}-clean.png").write_bytes(encode_png(yard()))
    assert client.request("PUT", f"/api/events/{event.id}/false_positive").status_code == 200
    assert client.get("/api/suppressions").json() == []
