"""thumbnail.jpg, best.jpg and snapshot.jpg of events and of camera and label."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from picket.domain.event import Event
from picket.domain.frame import Picture
from picket.domain.overlay import SnapshotOptions
from picket.media.jpeg import decode_picture, encode_jpeg
from picket.store.events import put_event
from tests.contract.conftest import Door
from tests.support.index_samples import EVENT, make_event

GONE = "1.0-nobody"


def jpeg(width: int = 175, height: int = 175, luma: int = 90) -> bytes:
    return encode_jpeg(np.full((height, width, 3), luma, np.uint8))


def size(body: bytes) -> tuple[int, int]:
    picture: Picture = decode_picture(body)
    return picture.shape[1], picture.shape[0]


def put(door: Door, event: Event) -> Event:
    put_event(door.db, event)
    return event


def save_snapshot(door: Door, event: Event, body: bytes) -> Path:
    path = door.paths.clips / f"{event.camera}-{event.id}.jpg"
    path.write_bytes(body)
    return path


@pytest.mark.endpoint("GET /api/events/{event_id}/thumbnail.jpg")
def test_a_thumbnail_is_the_stored_picture(door: Door) -> None:
    put(door, replace(EVENT, thumbnail=jpeg()))
    answer = door.client.get(f"/api/events/{EVENT.id}/thumbnail.jpg")
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "private, max-age=2592000"
    assert answer.content == jpeg()


@pytest.mark.endpoint("GET /api/events/{event_id}/thumbnail.jpg", "format")
def test_a_thumbnail_for_phones_is_twice_as_wide_as_high(door: Door) -> None:
    put(door, replace(EVENT, thumbnail=jpeg()))
    url = f"/api/events/{EVENT.id}/thumbnail.jpg?format="
    wide, height = size(door.client.get(url + "android").content)
    assert height == 175
    assert wide in (349, 350)
    assert size(door.client.get(url + "ios").content) == (175, 175)


@pytest.mark.endpoint("GET /api/events/{event_id}/thumbnail.jpg")
def test_a_thumbnail_of_a_running_event_is_not_cached(door: Door) -> None:
    put(door, replace(EVENT, thumbnail=jpeg(), end_time=None))
    answer = door.client.get(f"/api/events/{EVENT.id}/thumbnail.jpg")
    assert answer.content == jpeg()
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.endpoint("GET /api/events/{event_id}/thumbnail.jpg")
def test_a_running_event_without_a_row_yet_has_its_live_thumbnail(door: Door) -> None:
    door.live.snapshots["back", EVENT.id] = jpeg()
    assert door.client.get(f"/api/events/{EVENT.id}/thumbnail.jpg").content == jpeg()
    assert door.live.asked[-1] == ("back", EVENT.id, SnapshotOptions(height=175, crop=True))


@pytest.mark.endpoint("GET /api/events/{event_id}/snapshot.jpg")
@pytest.mark.endpoint("GET /api/events/{event_id}/thumbnail.jpg")
@pytest.mark.parametrize("name", ["thumbnail.jpg", "snapshot.jpg"])
def test_an_unknown_event_has_no_picture(door: Door, name: str) -> None:
    answer = door.client.get(f"/api/events/{GONE}/{name}")
    assert answer.status_code == 404
    assert answer.json() == {"success": False, "message": "Event not found"}


@pytest.mark.endpoint("GET /api/events/{event_id}/snapshot.jpg", "crop", "h", "quality")
def test_a_snapshot_of_an_ended_event_is_the_file_untouched(door: Door) -> None:
    event = put(door, EVENT)
    save_snapshot(door, event, jpeg(640, 360))
    answer = door.client.get(f"/api/events/{event.id}/snapshot.jpg?h=100&crop=1&quality=1")
    assert answer.content == jpeg(640, 360)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "private, max-age=31536000"
    assert "content-disposition" not in answer.headers
    assert door.live.asked == []


@pytest.mark.endpoint("GET /api/events/{event_id}/snapshot.jpg", "download")
@pytest.mark.parametrize("value", ["1", "true", "0"])
def test_any_download_text_makes_a_file_of_it(door: Door, value: str) -> None:
    event = put(door, EVENT)
    save_snapshot(door, event, jpeg())
    answer = door.client.get(f"/api/events/{event.id}/snapshot.jpg?download={value}")
    wanted = f"attachment; filename=snapshot-{event.id}.jpg"
    assert answer.headers["content-disposition"] == wanted


@pytest.mark.endpoint(
    "GET /api/events/{event_id}/snapshot.jpg", "bbox", "crop", "h", "quality", "timestamp"
)
def test_a_snapshot_of_a_running_event_is_drawn_as_asked(door: Door) -> None:
    event = put(door, replace(EVENT, end_time=None))
    door.live.snapshots["front", event.id] = jpeg()
    answer = door.client.get(
        f"/api/events/{event.id}/snapshot.jpg?h=500&bbox=1&timestamp=1&crop=1&quality=95"
    )
    assert answer.content == jpeg()
    assert answer.headers["cache-control"] == "no-store"
    options = SnapshotOptions(500, bounding_box=True, timestamp=True, crop=True, quality=95)
    assert door.live.asked == [("front", event.id, options)]


@pytest.mark.endpoint("GET /api/events/{event_id}/snapshot.jpg", "bbox", "quality")
def test_the_options_of_a_snapshot_are_off_unless_asked(door: Door) -> None:
    event = put(door, replace(EVENT, end_time=None))
    door.live.snapshots["front", event.id] = jpeg()
    door.client.get(f"/api/events/{event.id}/snapshot.jpg?bbox=no&quality=best")
    door.client.get(f"/api/events/{event.id}/snapshot.jpg?quality=900")
    assert [options for _, _, options in door.live.asked] == [
        SnapshotOptions(),
        SnapshotOptions(quality=100),
    ]


@pytest.mark.endpoint("GET /api/events/{event_id}/snapshot.jpg", "h")
@pytest.mark.parametrize("h", ["0", "-5", "9000"])
def test_a_height_that_makes_no_picture_is_refused_while_it_is_drawn(door: Door, h: str) -> None:
    event = put(door, replace(EVENT, end_time=None))
    save_snapshot(door, event, jpeg())
    url = f"/api/events/{event.id}/snapshot.jpg?h={h}"
    answer = door.client.get(url)
    assert answer.status_code == 400
    assert answer.json()["message"].startswith("h: ")
    put(door, EVENT)
    assert door.client.get(url).content == jpeg()


@pytest.mark.endpoint("GET /api/events/{event_id}/snapshot.jpg")
def test_an_event_that_has_just_ended_has_its_file(door: Door) -> None:
    event = put(door, replace(EVENT, end_time=None))
    save_snapshot(door, event, jpeg())
    answer = door.client.get(f"/api/events/{event.id}/snapshot.jpg")
    assert answer.content == jpeg()
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.endpoint("GET /api/events/{event_id}/snapshot.jpg")
def test_an_event_without_a_snapshot_has_none(door: Door) -> None:
    event = put(door, replace(EVENT, has_snapshot=False))
    answer = door.client.get(f"/api/events/{event.id}/snapshot.jpg")
    assert answer.status_code == 404
    assert answer.json()["message"] == "Snapshot not available"


@pytest.mark.endpoint("GET /api/events/{event_id}/snapshot.jpg")
def test_a_snapshot_whose_file_is_gone_is_not_found(door: Door) -> None:
    put(door, EVENT)
    assert door.client.get(f"/api/events/{EVENT.id}/snapshot.jpg").status_code == 404


@pytest.mark.endpoint("GET /api/{camera}/{label}/best.jpg")
@pytest.mark.endpoint("GET /api/{camera}/{label}/thumbnail.jpg")
@pytest.mark.parametrize("name", ["thumbnail.jpg", "best.jpg"])
def test_the_latest_thumbnail_of_a_label(door: Door, name: str) -> None:
    put(door, make_event(1, label="traffic light", thumbnail=jpeg(luma=10)))
    put(door, make_event(2, thumbnail=jpeg(luma=20)))
    one = door.client.get(f"/api/front/traffic%20light/{name}")
    assert one.content == jpeg(luma=10)
    assert one.headers["cache-control"] == "private, max-age=60"
    assert door.client.get(f"/api/front/traffic%2520light/{name}").content == jpeg(luma=10)
    assert door.client.get(f"/api/front/any/{name}").content == jpeg(luma=20)
    assert door.client.get(f"/api/front/cat/{name}").status_code == 404


@pytest.mark.endpoint("GET /api/{camera}/{label}/snapshot.jpg")
def test_the_latest_snapshot_of_a_label(door: Door) -> None:
    first = put(door, make_event(1))
    put(door, make_event(2, has_snapshot=False))
    save_snapshot(door, first, jpeg(640, 360))
    assert door.client.get("/api/front/person/snapshot.jpg").content == jpeg(640, 360)
    assert door.client.get("/api/front/any/snapshot.jpg").content == jpeg(640, 360)


@pytest.mark.endpoint("GET /api/{camera}/{label}/best.jpg", "format")
@pytest.mark.endpoint("GET /api/{camera}/{label}/thumbnail.jpg", "format")
@pytest.mark.parametrize("name", ["thumbnail.jpg", "best.jpg"])
def test_the_latest_thumbnail_can_be_wide(door: Door, name: str) -> None:
    put(door, replace(EVENT, thumbnail=jpeg()))
    answer = door.client.get(f"/api/front/person/{name}?format=android")
    assert size(answer.content) in ((349, 175), (350, 175))


@pytest.mark.endpoint("GET /api/events/{event_id}/thumbnail.jpg", "format")
def test_a_thumbnail_that_is_no_picture_is_not_there_for_phones(door: Door) -> None:
    put(door, replace(EVENT, thumbnail=b"half a pic"))
    answer = door.client.get(f"/api/events/{EVENT.id}/thumbnail.jpg?format=android")
    assert answer.status_code == 404
    assert EVENT.id in answer.json()["message"]


@pytest.mark.endpoint(
    "GET /api/{camera}/{label}/snapshot.jpg", "h", "bbox", "timestamp", "crop", "quality"
)
def test_the_latest_snapshot_is_drawn_as_asked_while_it_runs(door: Door) -> None:
    event = put(door, replace(EVENT, end_time=None))
    door.live.snapshots["front", event.id] = jpeg()
    url = "/api/front/person/snapshot.jpg?h=500&bbox=1&timestamp=1&crop=1&quality=95"
    assert door.client.get(url).content == jpeg()
    options = SnapshotOptions(500, bounding_box=True, timestamp=True, crop=True, quality=95)
    assert door.live.asked == [("front", event.id, options)]


@pytest.mark.endpoint("GET /api/{camera}/{label}/snapshot.jpg", "download")
def test_the_latest_snapshot_can_be_made_a_file(door: Door) -> None:
    event = put(door, EVENT)
    save_snapshot(door, event, jpeg())
    answer = door.client.get("/api/front/person/snapshot.jpg?download=1")
    wanted = f"attachment; filename=snapshot-{event.id}.jpg"
    assert answer.headers["content-disposition"] == wanted


@pytest.mark.endpoint("GET /api/{camera}/{label}/snapshot.jpg")
def test_the_latest_snapshot_of_nothing_is_black(door: Door) -> None:
    answer = door.client.get("/api/nobody/person/snapshot.jpg")
    assert answer.status_code == 200
    assert size(answer.content) == (1280, 720)
    assert decode_picture(answer.content).max() <= 1
