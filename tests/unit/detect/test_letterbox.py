"""Cutting regions out of frames."""

import numpy as np
import pytest

from picket.detect.letterbox import PAD_LUMA, letterbox, place
from picket.domain.detection import Detection
from picket.domain.frame import Frame, Picture
from picket.domain.geometry import Box
from picket.ipc.messages import FoundObject

WIDTH, HEIGHT = 640, 360
BLACK, WHITE = 16, 235  # limited-range luma
RED_U, RED_V = 90, 240


def frame_with(box: Box, *, red: bool = False) -> Frame:
    """Black, with one white or red rectangle; its sides are even."""
    yuv = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
    yuv[:HEIGHT] = BLACK
    yuv[box.y1 : box.y2, box.x1 : box.x2] = 81 if red else WHITE
    if red:
        planes = yuv[HEIGHT:].reshape(2, HEIGHT // 2, WIDTH // 2)
        planes[0, box.y1 // 2 : box.y2 // 2, box.x1 // 2 : box.x2 // 2] = RED_U
        planes[1, box.y1 // 2 : box.y2 // 2, box.x1 // 2 : box.x2 // 2] = RED_V
    return Frame(1.0, yuv)


def crop_of(width: int, height: int) -> Picture:
    return np.zeros((height, width, 3), np.uint8)


def bright_box(crop: Picture) -> Box:
    rows, columns = np.nonzero(crop[:, :, 0] > 200)
    return Box(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)


@pytest.mark.parametrize(
    "region",
    [
        Box(100, 20, 420, 340),
        Box(101, 33, 401, 333),
        Box(0, -140, 640, 500),
        Box(-60, 40, 260, 360),
        Box(400, 100, 680, 380),
    ],
)
@pytest.mark.parametrize("size", [(320, 320), (416, 416), (448, 256)])
def test_what_is_seen_in_the_crop_goes_back_to_where_it_was(
    region: Box, size: tuple[int, int]
) -> None:
    thing = Box(120, 120, 240, 280) if region.x1 < 200 else Box(440, 150, 560, 300)
    crop = crop_of(*size)
    placement = letterbox(frame_with(thing), region, crop, pixel_format="rgb")
    seen = bright_box(crop)
    found = FoundObject(
        *("person", 0.9),
        *(seen.x1 / size[0], seen.y1 / size[1], seen.x2 / size[0], seen.y2 / size[1]),
    )
    detection = placement.to_frame(found)
    assert isinstance(detection, Detection)
    assert detection.region == region
    tolerance = 2 + 2 * region.width / min(size)
    for side in ("x1", "y1", "x2", "y2"):
        assert getattr(detection.box, side) == pytest.approx(getattr(thing, side), abs=tolerance)


def test_a_square_stays_a_square() -> None:
    crop = crop_of(448, 256)
    letterbox(frame_with(Box(200, 100, 300, 200)), Box(100, 0, 400, 300), crop, pixel_format="rgb")
    seen = bright_box(crop)
    assert seen.width == pytest.approx(seen.height, abs=2)


def test_what_lies_outside_the_frame_is_grey() -> None:
    crop = crop_of(320, 320)
    letterbox(frame_with(Box(0, 0, 2, 2)), Box(0, -140, 640, 500), crop, pixel_format="rgb")
    assert (crop[:60] == PAD_LUMA).all()
    assert (crop[-60:] == PAD_LUMA).all()
    assert (crop[150:170] < 5).all()


def test_a_second_crop_in_the_same_memory_shows_nothing_of_the_first() -> None:
    crop = crop_of(320, 320)
    thing = Box(0, 0, WIDTH, HEIGHT)
    letterbox(frame_with(thing), Box(100, 20, 420, 340), crop, pixel_format="rgb")
    letterbox(frame_with(thing), Box(-320, 0, 40, 360), crop, pixel_format="rgb")
    assert (crop[:, :280] == PAD_LUMA).all()


@pytest.mark.parametrize(("pixel_format", "channel"), [("rgb", 0), ("bgr", 2)])
def test_channels_come_in_the_order_asked_for(pixel_format: str, channel: int) -> None:
    crop = crop_of(320, 320)
    scene = frame_with(Box(0, 0, WIDTH, HEIGHT), red=True)
    letterbox(scene, Box(0, 0, 320, 320), crop, pixel_format=pixel_format)
    middle = crop[160, 160]
    assert middle[channel] > 240
    assert middle[2 - channel] < 20


def test_the_frame_is_left_as_it_was() -> None:
    scene = frame_with(Box(100, 100, 200, 200))
    before = scene.yuv.copy()
    letterbox(scene, Box(-100, -100, 300, 300), crop_of(320, 320), pixel_format="bgr")
    assert (scene.yuv == before).all()


def test_an_object_in_the_padding_is_no_object_of_the_frame() -> None:
    placement = place(Box(0, -140, 640, 500), WIDTH, HEIGHT, 320, 320)
    assert placement.to_frame(FoundObject("person", 0.9, 0.1, 0.0, 0.3, 0.15)) is None


def test_a_box_that_leaves_the_frame_is_cut_at_its_edge() -> None:
    placement = place(Box(0, -140, 640, 500), WIDTH, HEIGHT, 320, 320)
    detection = placement.to_frame(FoundObject("car", 0.9, 0.5, 0.1, 1.0, 0.6))
    assert detection is not None
    assert detection.box.y1 == 0
    assert detection.box.x2 == WIDTH


def test_a_box_thinner_than_a_pixel_is_no_object() -> None:
    placement = place(Box(0, 0, 320, 320), WIDTH, HEIGHT, 320, 320)
    assert placement.to_frame(FoundObject("car", 0.9, 0.5, 0.1, 0.5001, 0.6)) is None


def test_a_region_outside_the_frame_is_refused() -> None:
    with pytest.raises(ValueError, match="outside the frame"):
        place(Box(700, 0, 1020, 320), WIDTH, HEIGHT, 320, 320)


def test_a_crop_with_an_odd_side_is_refused() -> None:
    with pytest.raises(ValueError, match="even sides"):
        place(Box(0, 0, 320, 320), WIDTH, HEIGHT, 321, 320)
