"""The common picture: stills, MJPEG, /live/jsmpeg/birdseye, and its switches."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from picket.domain.frame import Picture
from picket.domain.overlay import FrameNotes, LastActivity
from picket.media.jpeg import decode_picture
from tests.contract.conftest import NOW, Door
from tests.contract.test_jsmpeg import PATIENCE_S, decode, encoders, pieces, watching
from tests.support.fake_live import make_frame
from tests.support.servers import wait_for
from tests.support.socket_server import Served, serving

LATEST = "GET /api/birdseye/latest.jpg"
STREAM = "GET /api/birdseye"


@pytest.fixture
def served(door: Door) -> Iterator[Served]:
    with serving(door.context) as running:
        yield running


def walk(door: Door, camera: str, luma: int) -> None:
    """An object walks there now."""
    now = door.times[0]
    notes = FrameNotes(now, activity=LastActivity(object_time=now))
    door.live.show(camera, make_frame(now, luma), notes)


def latest(door: Door, query: str = "") -> Picture:
    answer = door.client.get(f"/api/birdseye/latest.jpg?{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "no-store"
    door.times[0] += 1
    return decode_picture(answer.content)


@pytest.mark.endpoint(LATEST)
def test_cameras_come_when_something_happens_and_leave_when_it_is_over(door: Door) -> None:
    assert latest(door).mean() < 60
    walk(door, "front", 200)
    alone = latest(door)
    assert alone.shape == (720, 1280, 3)
    assert alone.mean() > 190
    door.times[0] += 10
    walk(door, "back", 60)
    both = latest(door)
    assert both[360, 320].mean() < 70  # `back` comes first by its name
    assert both[360, 960].mean() > 190
    assert both[20, 320].mean() < 20
    door.times[0] = NOW + 35
    assert latest(door)[360, 640].mean() < 70
    door.times[0] = NOW + 60
    assert latest(door).std() < 20


@pytest.mark.endpoint(LATEST, "h", "quality")
def test_height_and_quality_can_be_chosen(door: Door) -> None:
    assert latest(door, "h=180").shape == (180, 320, 3)
    small, large = (
        len(door.client.get(f"/api/birdseye/latest.jpg?quality={q}").content) for q in (5, 100)
    )
    assert small < large
    assert latest(door, "quality=x").shape == (720, 1280, 3)


@pytest.mark.endpoint(LATEST, "h")
@pytest.mark.parametrize("h", ["0", "-1", "abc", "99999"])
def test_a_height_that_makes_no_picture_is_refused(door: Door, h: str) -> None:
    answer = door.client.get(f"/api/birdseye/latest.jpg?h={h}")
    assert answer.status_code == 400
    assert answer.json()["success"] is False


@pytest.mark.endpoint(LATEST)
@pytest.mark.endpoint(STREAM)
def test_what_is_switched_off_is_not_there(door: Door) -> None:
    door.client.request("PUT", "/api/config/set?birdseye.enabled=false")
    for path in ("/api/birdseye/latest.jpg", "/api/birdseye"):
        answer = door.client.get(path)
        assert answer.status_code == 404
        message = "Birdseye is off: set `birdseye.enabled` to true"
        assert answer.json() == {"success": False, "message": message}


@pytest.mark.endpoint(STREAM, "fps", "h")
def test_the_stream_is_made_of_the_same_pictures(door: Door) -> None:
    walk(door, "front", 200)
    head = b"--frame\r\nContent-Type: image/jpeg\r\n\r\n"
    parts = door.client.stream("/api/birdseye", "fps=30&h=180", parts=2)
    for part in parts:
        assert part.startswith(head)
        assert decode_picture(part[len(head) : -4]).shape == (180, 320, 3)
    still = door.client.get("/api/birdseye/latest.jpg?h=180").content
    assert parts[0][len(head) : -4] == still
    assert door.live.fetched == 1  # composed once for all


@pytest.mark.endpoint(STREAM, "fps")
@pytest.mark.parametrize("fps", ["0", "61", "x"])
def test_a_rate_that_cannot_be_is_refused(door: Door, fps: str) -> None:
    assert door.client.get(f"/api/birdseye?fps={fps}").status_code == 400


def test_the_video_has_its_own_size_and_one_encoder(
    door: Door, served: Served, tmp_path: Path
) -> None:
    door.client.request("PUT", "/api/config/set?birdseye.width=480&birdseye.height=270")
    walk(door, "front", 200)
    with watching(served, "birdseye") as one:
        first = pieces(one, 1)
        with watching(served, "birdseye") as other:
            late = pieces(other, 1)
            assert encoders() == ["live:birdseye"]
        door.times[0] += 1
        walk(door, "back", 60)
        rest = pieces(one, 2)
    seen = decode(first + rest, tmp_path, (270, 480))
    assert seen[0].mean() > 190
    assert seen[-1][135, 120].mean() < 70
    assert decode(late, tmp_path, (270, 480))[0].mean() > 190
    wait_for(lambda: not encoders(), PATIENCE_S, "end of the encoder")


def refusal(served: Served, path: str) -> tuple[int, str]:
    with pytest.raises(InvalidStatus) as refused, connect(f"ws://{served.host}{path}"):
        pass
    response = refused.value.response
    assert response.body is not None
    told = json.loads(response.body)
    assert told["success"] is False
    return response.status_code, told["message"]


def test_there_are_no_packets_and_the_refusal_says_what_there_is(served: Served) -> None:
    status, message = refusal(served, "/live/mse/birdseye")
    assert status == 404
    assert "H.264" in message
    assert "/live/jsmpeg/birdseye" in message


def test_no_video_is_made_of_what_is_switched_off(door: Door, served: Served) -> None:
    door.client.request("PUT", "/api/config/set?birdseye.enabled=false")
    status, message = refusal(served, "/live/jsmpeg/birdseye")
    assert (status, message) == (404, "Birdseye is off: set `birdseye.enabled` to true")


@pytest.mark.endpoint(LATEST)
def test_cameras_are_switched_and_their_mode_is_chosen_at_run_time(door: Door) -> None:
    walk(door, "front", 200)
    assert door.settings.switch("front", "birdseye", "OFF") == {
        "front/birdseye/state": "OFF",
        "front/birdseye_mode/state": "OFF",
    }
    assert latest(door).mean() < 60
    assert door.settings.switch("front", "birdseye_mode", "MOTION") == {}
    door.settings.switch("front", "birdseye", "ON")
    told = door.settings.switch("front", "birdseye_mode", "CONTINUOUS")
    assert told == {"front/birdseye_mode/state": "CONTINUOUS"}
    door.times[0] += 300
    door.live.show("front", make_frame(door.times[0], 200))
    assert latest(door).mean() > 190
    shown = door.client.get("/api/config").json()["cameras"]["front"]["birdseye"]
    assert shown == {"enabled": True, "mode": "continuous", "order": 0}
