"""GET /api/<camera> and /api/<camera>/latest.jpg."""

from __future__ import annotations

import numpy as np
import pytest

from picket.domain.frame import Picture
from picket.domain.geometry import Box
from picket.domain.overlay import FrameNotes, ObjectView
from picket.domain.status import CameraState, CameraStatus
from picket.media.jpeg import decode_picture
from tests.contract.conftest import NOW, Door
from tests.support.fake_live import make_frame

PERSON = ObjectView(
    id="1.0-abc123",
    camera="front",
    label="person",
    frame_time=NOW,
    start_time=NOW,
    end_time=None,
    score=0.9,
    top_score=0.9,
    false_positive=False,
    box=Box(400, 100, 500, 300),
    region=Box(300, 0, 620, 320),
    is_seen=True,
    stationary=False,
    motionless_count=0,
    position_changes=1,
)
NOTES = FrameNotes(
    NOW, motion=(Box(420, 120, 480, 200),), regions=(Box(300, 20, 620, 340),), objects=(PERSON,)
)


def latest(door: Door, query: str = "") -> Picture:
    answer = door.client.get(f"/api/front/latest.jpg?{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "no-store"
    return decode_picture(answer.content)


def is_coloured(picture: Picture) -> bool:
    spread = picture.max(axis=2).astype(int) - picture.min(axis=2)
    return int(spread.max()) > 40


@pytest.mark.endpoint("GET /api/{camera}/latest.jpg")
def test_the_newest_frame_is_shown_in_its_own_size(door: Door) -> None:
    door.live.show("front", make_frame(NOW, luma=60))
    dark = latest(door)
    door.live.show("front", make_frame(NOW, luma=200))
    assert dark.shape == (360, 640, 3)
    assert dark.mean() < 80
    assert latest(door).mean() > 180


@pytest.mark.endpoint("GET /api/{camera}/latest.jpg", "h")
@pytest.mark.parametrize(("h", "width"), [(180, 320), (90, 160), (720, 1280)])
def test_the_height_can_be_chosen(door: Door, h: int, width: int) -> None:
    door.live.show("front", make_frame(NOW))
    assert latest(door, f"h={h}").shape == (h, width, 3)


@pytest.mark.endpoint("GET /api/{camera}/latest.jpg", "quality")
def test_the_quality_can_be_chosen(door: Door) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (540, 640), np.uint8)
    frame = make_frame(NOW)
    frame.yuv[:] = noise
    door.live.show("front", frame)
    sizes = [
        len(door.client.get(f"/api/front/latest.jpg?{query}").content)
        for query in ("quality=5", "", "quality=70", "quality=x", "quality=100", "quality=400")
    ]
    low, *usual, high, beyond = sizes
    assert low < min(usual)
    assert len(set(usual)) == 1
    assert max(usual) < high == beyond


@pytest.mark.endpoint("GET /api/{camera}/latest.jpg", "bbox", "motion", "regions", "zones")
@pytest.mark.parametrize("overlay", ["bbox", "zones", "motion", "regions"])
def test_each_coloured_overlay_is_drawn_only_if_wanted(door: Door, overlay: str) -> None:
    door.live.show("front", make_frame(NOW), NOTES)
    assert not is_coloured(latest(door))
    assert not is_coloured(latest(door, f"{overlay}=0"))
    assert not is_coloured(latest(door, f"{overlay}=yes"))
    assert is_coloured(latest(door, f"{overlay}=1"))


@pytest.mark.endpoint("GET /api/{camera}/latest.jpg", "mask")
def test_the_mask_is_black(door: Door) -> None:
    door.live.show("front", make_frame(NOW, luma=200))
    picture = latest(door, "mask=1")
    assert picture[320:].max() < 30
    assert picture[:280].min() > 150


@pytest.mark.endpoint("GET /api/{camera}/latest.jpg", "timestamp")
def test_the_time_stands_in_the_upper_left(door: Door) -> None:
    door.live.show("front", make_frame(NOW, luma=60))
    assert latest(door, "timestamp=1")[:60, :320].max() > 200
    assert latest(door)[:60, :320].max() < 100


@pytest.mark.endpoint("GET /api/{camera}/latest.jpg", "h")
def test_a_silent_camera_says_so_after_ten_seconds(door: Door) -> None:
    door.live.show("front", make_frame(NOW, luma=200))
    door.times[0] = NOW + 9
    assert latest(door).mean() > 180
    door.times[0] = NOW + 11
    notice = latest(door)
    assert notice.mean() < 100
    assert is_coloured(notice)
    assert latest(door, "h=90").shape == (90, 160, 3)


@pytest.mark.endpoint("GET /api/{camera}/latest.jpg")
def test_a_camera_that_comes_back_is_shown_again(door: Door) -> None:
    door.live.show("front", make_frame(NOW, luma=200))
    door.times[0] = NOW + 60
    assert latest(door).mean() < 100
    door.live.show("front", make_frame(NOW + 60, luma=200))
    assert latest(door).mean() > 180


@pytest.mark.endpoint("GET /api/{camera}/latest.jpg")
def test_a_camera_that_never_showed_anything_says_so(door: Door) -> None:
    assert latest(door).shape == (360, 640, 3)
    offline = CameraStatus("front", CameraState.OFFLINE, NOW - 60, "refused", width=800, height=600)
    door.live.statuses["front"] = offline
    assert latest(door).shape == (600, 800, 3)


@pytest.mark.endpoint("GET /api/{camera}")
@pytest.mark.endpoint("GET /api/{camera}/latest.jpg")
def test_an_unknown_camera_is_not_found(door: Door) -> None:
    for path in ("/api/nobody/latest.jpg", "/api/nobody"):
        answer = door.client.get(path)
        assert answer.status_code == 404
        assert answer.json() == {"success": False, "message": "Camera not found"}


@pytest.mark.endpoint("GET /api/{camera}", "bbox", "fps", "h")
def test_a_stream_is_made_of_parts_until_the_client_goes(door: Door) -> None:
    door.live.show("front", make_frame(NOW), NOTES)
    parts = door.client.stream("/api/front", "fps=30&h=180&bbox=1", parts=3)
    head = b"--frame\r\nContent-Type: image/jpeg\r\n\r\n"
    for part in parts:
        assert part.startswith(head)
        assert part.endswith(b"\r\n\r\n")
        picture = decode_picture(part[len(head) : -4])
        assert picture.shape == (180, 320, 3)
        assert is_coloured(picture)


@pytest.mark.endpoint(
    "GET /api/{camera}", "bbox", "zones", "motion", "regions", "timestamp", "mask"
)
@pytest.mark.parametrize("overlay", ["bbox", "zones", "motion", "regions", "timestamp", "mask"])
def test_a_stream_has_the_overlays_of_the_still_picture(door: Door, overlay: str) -> None:
    door.live.show("front", make_frame(NOW, luma=60), NOTES)
    plain, drawn = (
        door.client.stream("/api/front", f"{overlay}={switch}", parts=1)[0] for switch in (0, 1)
    )
    assert plain != drawn
    still = door.client.get(f"/api/front/latest.jpg?{overlay}=1").content
    assert drawn.partition(b"\r\n\r\n")[2][:-4] == still


@pytest.mark.endpoint("GET /api/{camera}")
def test_a_stream_names_its_boundary_and_has_a_default_height(door: Door) -> None:
    door.live.show("front", make_frame(NOW, width=1280, height=720))
    answer = door.client.request("HEAD", "/api/front")
    assert answer.headers["content-type"] == "multipart/x-mixed-replace; boundary=frame"
    (part,) = door.client.stream("/api/front", parts=1)
    assert decode_picture(part.partition(b"\r\n\r\n")[2][:-4]).shape == (360, 640, 3)


@pytest.mark.endpoint("GET /api/{camera}", "fps")
def test_a_frame_is_encoded_once_for_all_who_want_it_alike(door: Door) -> None:
    door.live.show("front", make_frame(NOW))
    for _ in range(3):
        door.client.stream("/api/front", "fps=60", parts=3)
    assert door.live.fetched == 1
    door.live.show("front", make_frame(NOW))
    door.client.stream("/api/front", "fps=60", parts=3)
    assert door.live.fetched == 2
