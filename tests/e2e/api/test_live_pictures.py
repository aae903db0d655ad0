"""GET /api/<camera_name> and GET /api/<camera_name>/latest.jpg."""

from __future__ import annotations

import time
from functools import partial

import httpx
import pytest

from tests.e2e.api.pictures import (
    BLUE,
    GREEN,
    PERSON,
    Pixels,
    count_color,
    decode,
    differing,
    pair,
    read_picture,
    size,
)
from tests.e2e.api.scene import Scene
from tests.support.servers import wait_for

LATEST = "GET /api/{camera}/latest.jpg"
STREAM = "GET /api/{camera}"


def latest(scene: Scene, camera: str, query: str = "") -> httpx.Response:
    return scene.client.get(f"/api/{camera}/latest.jpg?{query}")


def stream(scene: Scene, camera: str, query: str, count: int = 1) -> list[bytes]:
    """The first pictures of the MJPEG stream."""
    pictures: list[bytes] = []
    with scene.client.stream("GET", f"/api/{camera}?{query}") as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "multipart/x-mixed-replace; boundary=frame"
        rest = b""
        for data in answer.iter_bytes():
            *parts, rest = (rest + data).split(b"\r\n--frame\r\n")
            pictures += [part.split(b"\r\n\r\n", 1)[1].removesuffix(b"\r\n") for part in parts]
            if len(pictures) >= count:
                break
    return pictures


def first_picture(scene: Scene, camera: str, query: str) -> Pixels:
    return decode(stream(scene, camera, query)[0])


@pytest.mark.endpoint(LATEST, "h")
def test_latest_jpg_is_as_large_as_the_detect_stream_or_as_high_as_asked(scene: Scene) -> None:
    answer = latest(scene, "street")
    assert size(read_picture(answer)) == (626, 360)
    assert answer.headers["cache-control"] == "no-store"
    width, height = size(read_picture(latest(scene, "street", "h=300")))
    assert height == 300
    assert width == pytest.approx(626 * 300 / 360, abs=1)


@pytest.mark.endpoint(LATEST, "quality")
def test_latest_jpg_quality_makes_it_smaller_or_larger(scene: Scene) -> None:
    sizes = [len(latest(scene, "garden", f"quality={q}").content) for q in (10, 70, 100)]
    assert sizes[0] * 2 < sizes[1] < sizes[2] / 2


@pytest.mark.endpoint(LATEST, "timestamp")
def test_latest_jpg_timestamp_is_written_in_the_upper_left(scene: Scene) -> None:
    plain = read_picture(latest(scene, "porch"))
    written = read_picture(latest(scene, "porch", "timestamp=1"))
    corner = slice(0, 20), slice(0, 160)
    assert differing(plain[corner], written[corner]) > 100
    assert differing(plain[60:], written[60:]) == 0


@pytest.mark.endpoint(LATEST, "zones")
def test_latest_jpg_zones_are_outlined(scene: Scene) -> None:
    plain, zones = map(decode, pair(partial(latest, scene, "porch"), "zones=1"))
    changed = differing(plain, zones)
    assert 2 * (160 + 90) < changed < 8 * (160 + 90)  # its edge, not its inside


@pytest.mark.endpoint(LATEST, "mask")
def test_latest_jpg_mask_is_black(scene: Scene) -> None:
    plain, masked = map(decode, pair(partial(latest, scene, "porch"), "mask=1"))
    assert plain[150:].mean() > 100
    assert masked[150:].mean() < 5
    assert differing(plain[:140], masked[:140]) == 0


@pytest.mark.endpoint(LATEST, "bbox")
def test_latest_jpg_bbox_frames_what_was_detected(scene: Scene) -> None:
    def framed() -> bool:
        plain, boxes = map(
            decode,
            pair(
                partial(
                    latest,
                    scene,
                    "garden",
                ),
                "bbox=1",
            ),
        )
        return differing(plain, boxes) > 500

    wait_for(framed, 20, "box of the woman")


@pytest.mark.endpoint(LATEST, "regions")
def test_latest_jpg_regions_are_green(scene: Scene) -> None:
    assert count_color(read_picture(latest(scene, "street", "quality=95")), GREEN) < 20
    wait_for(
        lambda: count_color(read_picture(latest(scene, "street", "regions=1")), GREEN) > 300,
        20,
        "green region",
    )


@pytest.mark.endpoint(LATEST, "motion")
def test_latest_jpg_motion_is_blue(scene: Scene) -> None:
    assert count_color(read_picture(latest(scene, "street", "quality=95")), BLUE) < 20
    wait_for(
        lambda: count_color(read_picture(latest(scene, "street", "motion=1")), BLUE) > 100,
        20,
        "blue box of motion",
    )


@pytest.mark.endpoint(LATEST)
def test_latest_jpg_of_a_strange_camera_or_height_is_refused(scene: Scene) -> None:
    for path, status in (("nobody/latest.jpg", 404), ("street/latest.jpg?h=0", 400)):
        answer = scene.client.get(f"/api/{path}")
        assert answer.status_code == status
        assert answer.json()["success"] is False


@pytest.mark.endpoint(STREAM, "h")
def test_stream_is_360_pixels_high_or_as_asked(scene: Scene) -> None:
    assert size(first_picture(scene, "porch", "")) == (640, 360)
    assert size(first_picture(scene, "porch", "h=90")) == (160, 90)


@pytest.mark.endpoint(STREAM, "fps")
def test_stream_fps_is_the_pace_of_pictures(scene: Scene) -> None:
    def seconds_for_five(fps: int) -> float:
        started = time.monotonic()
        assert len(stream(scene, "porch", f"fps={fps}&h=90", 5)) >= 5
        return time.monotonic() - started

    assert seconds_for_five(1) > 3.9  # five pictures are four intervals, and the next one's head
    assert seconds_for_five(50) < 3.9


@pytest.mark.endpoint(STREAM, "timestamp", "zones", "mask")
@pytest.mark.parametrize("overlay", ["timestamp", "zones", "mask"])
def test_stream_draws_over_a_still_picture(scene: Scene, overlay: str) -> None:
    plain = first_picture(scene, "porch", f"{overlay}=0")
    drawn = first_picture(scene, "porch", f"{overlay}=1")
    assert differing(plain, drawn) > 300


@pytest.mark.endpoint(STREAM, "regions", "motion")
@pytest.mark.parametrize(("overlay", "color"), [("regions", GREEN), ("motion", BLUE)])
def test_stream_draws_where_things_move(
    scene: Scene, overlay: str, color: tuple[int, int, int]
) -> None:
    assert count_color(first_picture(scene, "street", ""), color) < 20
    drawn = stream(scene, "street", f"fps=10&{overlay}=1", 40)
    assert max(count_color(decode(one), color) for one in drawn) > 100


@pytest.mark.endpoint(STREAM, "bbox")
def test_stream_frames_what_was_detected(scene: Scene) -> None:
    def most_of_its_color(query: str) -> int:
        pictures = stream(scene, "garden", f"fps=10&{query}", 15)
        return max(count_color(decode(one), PERSON) for one in pictures)

    assert most_of_its_color("bbox=1") > most_of_its_color("bbox=0") + 300


@pytest.mark.endpoint("GET /api/{camera}/grid.jpg", "color")
def test_grid_jpg_draws_what_past_objects_taught(scene: Scene) -> None:
    scene.ended()
    answer = wait_for(lambda: _found(scene, "/api/street/grid.jpg?color=green"), 30, "grid")
    picture = read_picture(answer)
    assert size(picture) == (626, 360)
    assert count_color(picture, GREEN) > 200


def _found(scene: Scene, path: str) -> httpx.Response | None:
    answer = scene.client.get(path)
    return answer if answer.status_code == 200 else None
