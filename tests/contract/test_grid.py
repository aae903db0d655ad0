"""grid.jpg: what past objects taught, drawn over the newest frame."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from picket.domain.frame import Picture
from picket.domain.status import DetectorStatus, ModelInfo
from picket.media.jpeg import decode_picture
from picket.store.events import put_event
from picket.store.timeline import add_timeline
from tests.contract.conftest import NOW, Door
from tests.support.fake_live import make_frame
from tests.support.index_samples import EVENT, MOMENT

URL = "/api/front/grid.jpg"


@pytest.fixture
def learned(door: Door) -> Door:
    """A camera that shows something and has seen one object."""
    door.live.show("front", make_frame(NOW))
    put_event(door.db, EVENT)
    add_timeline(door.db, MOMENT)
    return door


def shown(door: Door, query: str = "") -> Picture:
    answer = door.client.get(URL + query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "no-store"
    picture: Picture = decode_picture(answer.content)
    assert picture.shape == (360, 640, 3)
    return picture


def refused(door: Door, status: int, url: str = URL) -> str:
    answer = door.client.get(url)
    assert answer.status_code == status
    assert answer.json()["success"] is False
    return str(answer.json()["message"])


def drawn(picture: Picture) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is no longer grey."""
    rows, columns = np.nonzero((np.abs(picture.astype(int) - 128) > 60).any(axis=2))
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


@pytest.mark.endpoint("GET /api/{camera}/grid.jpg")
def test_the_cell_that_saw_an_object_is_framed(learned: Door) -> None:
    left, top, right, bottom = drawn(shown(learned))  # column 2 and row 5 of 8
    assert (left, top) == pytest.approx((160, 225), abs=4)
    assert (right, bottom) == pytest.approx((240, 270), abs=4)


@pytest.mark.endpoint("GET /api/{camera}/grid.jpg", "color")
@pytest.mark.parametrize(
    ("name", "channel"), [("red", 2), ("green", 1), ("blue", 0), ("pink", 1), ("", 1)]
)
def test_the_colour_is_as_asked_and_green_otherwise(learned: Door, name: str, channel: int) -> None:
    line = shown(learned, f"?color={name}")[225:270, 160].astype(int).mean(axis=0)
    assert int(line.argmax()) == channel


@pytest.mark.endpoint("GET /api/{camera}/grid.jpg", "color")
def test_black_and_white_are_colours_too(learned: Door) -> None:
    assert shown(learned, "?color=black")[225:270, 160].max() < 60
    assert shown(learned, "?color=white")[225:270, 160].min() > 200


@pytest.mark.endpoint("GET /api/{camera}/grid.jpg", "font_scale")
def test_letters_are_as_large_as_asked_and_garbage_is_the_default(learned: Door) -> None:
    small, usual, garbage, huge = (
        shown(learned, f"?font_scale={scale}") for scale in ("0.2", "0.5", "big", "1e300")
    )
    ink = [int((np.abs(p.astype(int) - 128) > 60).sum()) for p in (small, usual, huge)]
    assert ink[0] < ink[1] < ink[2]
    assert np.array_equal(garbage, usual)
    assert np.array_equal(usual, shown(learned))
    assert np.array_equal(huge, shown(learned, "?font_scale=5"))


@pytest.mark.endpoint("GET /api/{camera}/grid.jpg")
def test_the_model_in_use_decides_how_small_a_region_may_be(learned: Door) -> None:
    before = shown(learned)
    model = ModelInfo("m", "yolox", 416, 416, "bgr", ("person",))
    learned.live.detector_statuses["onnx"] = DetectorStatus("onnx", "onnx", 1, model=model)
    assert not np.array_equal(shown(learned), before)


@pytest.mark.endpoint("GET /api/{camera}/grid.jpg")
def test_an_unknown_camera_is_not_found(door: Door) -> None:
    assert refused(door, 404, "/api/nobody/grid.jpg") == "Camera not found"


@pytest.mark.endpoint("GET /api/{camera}/grid.jpg")
def test_without_a_fresh_frame_there_is_no_grid(learned: Door) -> None:
    learned.times[0] = NOW + 60
    assert "front shows no picture" in refused(learned, 503)
    learned.live.frames.clear()
    learned.times[0] = NOW
    assert "front shows no picture" in refused(learned, 503)


@pytest.mark.endpoint("GET /api/{camera}/grid.jpg")
def test_without_objects_nothing_is_learned(door: Door) -> None:
    door.live.show("front", make_frame(NOW))
    put_event(door.db, replace(EVENT, false_positive=True))
    add_timeline(door.db, MOMENT)
    assert "front has no region grid yet" in refused(door, 404)
