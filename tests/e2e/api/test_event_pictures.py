"""Thumbnails, snapshots and clips of events, by id, by label and by file name."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import httpx
import pytest

from tests.e2e.api.pictures import Pixels, decode, differing, pair, read_picture, size
from tests.e2e.api.scene import FRAMES_S, Scene
from tests.support.servers import count_frames, decode_errors

SNAPSHOT = "GET /api/events/{event_id}/snapshot.jpg"
THUMBNAIL = "GET /api/events/{event_id}/thumbnail.jpg"
CLIP = "GET /api/events/{event_id}/clip.mp4"
MONTH_S = 2592000


def snapshot(scene: Scene, event_id: str, query: str = "") -> httpx.Response:
    return scene.client.get(f"/api/events/{event_id}/snapshot.jpg?{query}")


def running_pair(scene: Scene, query: str) -> tuple[bytes, bytes]:
    """The running event's snapshot without and with a query."""
    return pair(partial(snapshot, scene, scene.running()["id"]), query)


@pytest.mark.endpoint(THUMBNAIL, "format")
@pytest.mark.parametrize("state", ["ended", "running"])
def test_a_thumbnail_is_square_and_for_android_twice_as_wide(scene: Scene, state: str) -> None:
    event = scene.ended() if state == "ended" else scene.running()
    url = f"/api/events/{event['id']}/thumbnail.jpg"
    answer = scene.client.get(url)
    assert size(read_picture(answer)) == (175, 175)
    kept = f"private, max-age={MONTH_S}" if state == "ended" else "no-store"
    assert answer.headers["cache-control"] == kept
    wide = read_picture(scene.client.get(f"{url}?format=android"))
    assert wide.shape[1] == pytest.approx(2 * wide.shape[0], abs=1)
    assert wide[:, :20].max() < 30  # black at its sides
    assert size(read_picture(scene.client.get(f"{url}?format=other"))) == (175, 175)


@pytest.mark.endpoint(SNAPSHOT, "h")
def test_a_running_snapshot_is_as_high_as_asked(scene: Scene) -> None:
    plain, small = map(decode, running_pair(scene, "h=180"))
    assert (size(plain), size(small)) == ((640, 360), (320, 180))


@pytest.mark.endpoint(SNAPSHOT, "quality")
def test_a_running_snapshot_has_the_quality_asked_for(scene: Scene) -> None:
    plain, coarse = running_pair(scene, "quality=5")
    assert len(coarse) * 2 < len(plain)
    plain, fine = running_pair(scene, "quality=100")
    assert len(fine) > len(plain) * 2


@pytest.mark.endpoint(SNAPSHOT, "bbox")
def test_a_running_snapshot_has_its_box(scene: Scene) -> None:
    plain, boxed = map(decode, running_pair(scene, "bbox=1"))
    *_, width, height = scene.running()["data"]["box"]
    perimeter_px = 2 * (width * 640 + height * 360)
    assert perimeter_px / 2 < differing(plain, boxed) < perimeter_px * 8


@pytest.mark.endpoint(SNAPSHOT, "timestamp")
def test_a_running_snapshot_has_its_time(scene: Scene) -> None:
    plain, stamped = map(decode, running_pair(scene, "timestamp=1"))
    corner = slice(0, 30), slice(0, 300)
    assert differing(plain[corner], stamped[corner]) > 100
    assert differing(plain[60:], stamped[60:]) == 0


@pytest.mark.endpoint(SNAPSHOT, "crop")
def test_a_running_snapshot_is_cropped_to_a_square(scene: Scene) -> None:
    _, cropped = map(decode, running_pair(scene, "crop=1"))
    width, height = size(cropped)
    assert width == height < 640
    _, small = map(decode, running_pair(scene, "crop=1&h=175"))
    assert size(small) == (175, 175)


@pytest.mark.endpoint(SNAPSHOT, "h", "bbox", "timestamp", "crop", "quality", "download")
def test_an_ended_snapshot_is_the_saved_one_whatever_is_asked(scene: Scene) -> None:
    event_id = scene.ended()["id"]
    saved = (scene.picket.media / "clips" / f"street-{event_id}.jpg").read_bytes()
    for query in ("", "h=100&quality=5", "bbox=0&timestamp=1&crop=1"):
        answer = snapshot(scene, event_id, query)
        assert answer.content == saved
        assert answer.headers["cache-control"] == "private, max-age=31536000"
    disposition = snapshot(scene, event_id, "download=true").headers["content-disposition"]
    assert disposition == f"attachment; filename=snapshot-{event_id}.jpg"


@pytest.mark.endpoint("GET /clips/{name}")
def test_the_saved_snapshot_has_an_address_of_its_own(scene: Scene) -> None:
    event_id = scene.ended()["id"]
    answer = scene.client.get(f"/clips/street-{event_id}.jpg")
    assert size(read_picture(answer)) == (626, 360)
    assert answer.content == snapshot(scene, event_id).content
    assert scene.client.get(f"/clips/garden-{event_id}.jpg").status_code == 404


def newest(scene: Scene, path: str) -> Pixels:
    return read_picture(scene.client.get(path))


@pytest.mark.endpoint("GET /api/{camera}/{label}/thumbnail.jpg", "format")
@pytest.mark.endpoint("GET /api/{camera}/{label}/best.jpg")
def test_the_latest_thumbnail_of_a_label_or_of_any(scene: Scene) -> None:
    rows = scene.events(camera="yard", label="dog")
    assert rows
    for label in ("dog", "any"):
        assert size(newest(scene, f"/api/yard/{label}/thumbnail.jpg")) == (175, 175)
        assert size(newest(scene, f"/api/yard/{label}/best.jpg")) == (175, 175)
    assert newest(scene, "/api/yard/dog/thumbnail.jpg?format=android").shape[1] > 340
    missing = scene.client.get("/api/yard/cat/thumbnail.jpg")
    assert (missing.status_code, missing.json()["success"]) == (404, False)


@pytest.mark.endpoint("GET /api/{camera}/{label}/snapshot.jpg", "h")
def test_the_latest_snapshot_of_a_label_with_spaces_or_of_any(scene: Scene) -> None:
    event_id = scene.create("front door bell")
    by_id = snapshot(scene, event_id).content
    for label in ("front%20door%20bell", "any"):
        answer = scene.client.get(f"/api/porch/{label}/snapshot.jpg")
        assert size(read_picture(answer)) == (320, 180)
        assert answer.content == by_id
    assert size(newest(scene, "/api/garden/person/snapshot.jpg?h=180")) == (320, 180)
    nothing = newest(scene, "/api/porch/cat/snapshot.jpg")
    assert size(nothing) == (1280, 720)
    assert nothing.max() < 3


@pytest.mark.endpoint(CLIP, "download")
def test_a_clip_is_a_whole_mp4_with_ranges(scene: Scene, tmp_path: Path) -> None:
    event = scene.ended()
    url = f"/api/events/{event['id']}/clip.mp4"
    answer = scene.client.get(url)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "video/mp4")
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(answer.content)
    assert decode_errors(clip) == ""
    recorded_since = scene.segments("street")[0]["start_time"]
    recorded_s = event["end_time"] - max(event["start_time"], recorded_since)
    settles_s = 0.6  # the camera's clock, in the first minute
    least_s, most_s = recorded_s - settles_s, recorded_s + 2 + settles_s
    assert FRAMES_S * least_s - 1 <= count_frames(clip) <= FRAMES_S * most_s
    whole = len(answer.content)
    part = scene.client.get(url, headers={"Range": f"bytes=100-{whole // 2}"})
    assert part.status_code == 206
    assert part.headers["content-range"] == f"bytes 100-{whole // 2}/{whole}"
    assert part.content == answer.content[100 : whole // 2 + 1]
    beyond = scene.client.get(url, headers={"Range": f"bytes={whole}-"})
    assert beyond.status_code == 416
    named = scene.client.get(f"{url}?download=true").headers["content-disposition"]
    assert named.startswith("attachment; filename=clip_street_")


@pytest.mark.endpoint(CLIP)
def test_there_is_no_clip_of_what_was_not_recorded(scene: Scene) -> None:
    without = scene.create("parcel", {"include_recording": False})
    for event_id in (without, "1.0-nobody"):
        answer = scene.client.get(f"/api/events/{event_id}/clip.mp4")
        assert answer.status_code == 404
        assert answer.json()["success"] is False


@pytest.mark.endpoint(THUMBNAIL)
@pytest.mark.endpoint(SNAPSHOT)
def test_an_unknown_events_pictures_are_not_found(scene: Scene) -> None:
    for name in ("thumbnail.jpg", "snapshot.jpg"):
        answer = scene.client.get(f"/api/events/1.0-nobody/{name}")
        assert answer.status_code == 404
        assert answer.json()["success"] is False
