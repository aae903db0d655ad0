"""What comes out is what turning the frame to BGR first would have given."""

from __future__ import annotations

import io

import av
import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.errors import InvalidRequest
from picket.domain.frame import Frame, Picture
from picket.domain.geometry import Box
from picket.media.jpeg import crop, decode_picture, resize_to_height, to_frame, to_picture
from picket.media.plane_jpeg import encode_frame

WIDTH, HEIGHT = 320, 180
QUALITY = 95
SIDES = st.integers(1, 60)


def patches() -> Frame:
    """Soft patches of every colour, with black and white among them."""
    coarse = np.random.default_rng(3).integers(0, 256, (5, 8, 3), np.uint8)
    coarse[0, 0], coarse[4, 7] = 0, 255
    drawn: Picture = cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)  # type: ignore[assignment]
    return to_frame(drawn)


FRAME = patches()
PICTURE = to_picture(FRAME)


def distance(jpeg: bytes, expected: Picture) -> float:
    """Mean difference of two pictures of one size, steps of 0..255."""
    shown = decode_picture(jpeg)
    assert shown.shape == expected.shape
    return float(np.abs(shown.astype(int) - expected).mean())


def test_colours_are_those_of_the_frame() -> None:
    assert distance(encode_frame(FRAME, QUALITY), PICTURE) < 2


@pytest.mark.parametrize("luma", [0, 16, 17, 128, 234, 235, 255])
def test_black_and_white_are_those_of_cameras(luma: int) -> None:
    yuv = np.full((96, 64), 128, np.uint8)
    yuv[:64] = luma
    frame = Frame(0.0, yuv)
    assert distance(encode_frame(frame, 100), to_picture(frame)) <= 1


@pytest.mark.parametrize("chroma", [0, 16, 100, 128, 200, 240, 255])
def test_colour_is_stretched_to_the_whole_range(chroma: int) -> None:
    yuv = np.full((96, 64), 128, np.uint8)
    yuv[64:] = chroma
    jpeg = encode_frame(Frame(0.0, yuv), 100)
    expected = min(max(round((chroma - 128) * 255 / 224) + 128, 0), 255)
    assert abs(int(decoded_planes(jpeg)[-1, 0]) - expected) <= 1


def decoded_planes(jpeg: bytes) -> Picture:
    """The planes as they lie in the JPEG."""
    with av.open(io.BytesIO(jpeg), "r", "mjpeg") as container:
        return next(container.decode(video=0)).to_ndarray().astype(np.uint8)


@pytest.mark.parametrize("height", [90, 91, 175, 360])
def test_a_height_keeps_shape_and_colours(height: int) -> None:
    expected = resize_to_height(PICTURE, height)
    assert distance(encode_frame(FRAME, QUALITY, height=height), expected) < 3


def test_nothing_is_read_behind_odd_sides() -> None:
    """Before it was mended, these sides ended the process."""
    frame = Frame(0.0, np.full((1080, 1280), 128, np.uint8))
    shown = decode_picture(encode_frame(frame, 100, height=1055))
    assert shown.shape == (1055, 1875, 3)
    assert int(shown.max()) - int(shown.min()) <= 1


def test_a_part_is_cut_out_before_anything_else() -> None:
    part = Box(40, 20, 140, 120)
    assert distance(encode_frame(FRAME, QUALITY, part=part), crop(PICTURE, part)) < 2
    small = resize_to_height(crop(PICTURE, part), 50)
    assert distance(encode_frame(FRAME, QUALITY, part=part, height=50), small) < 3


@given(x=st.integers(-30, WIDTH - 1), y=st.integers(-30, HEIGHT - 1), width=SIDES, height=SIDES)
def test_every_part_that_shows_something_is_a_picture_of_it(
    x: int, y: int, width: int, height: int
) -> None:
    part = Box(x, y, x + width, y + height)
    inside = part.clipped(WIDTH, HEIGHT)
    if inside is None:
        with pytest.raises(ValueError, match="outside"):
            encode_frame(FRAME, part=part)
        return
    shown = decode_picture(encode_frame(FRAME, part=part)).shape
    assert inside.height <= shown[0] <= inside.height + 2
    assert inside.width <= shown[1] <= inside.width + 2
    assert shown[0] % 2 == shown[1] % 2 == 0


@pytest.mark.parametrize("height", [0, -1, 100_000])
def test_an_impossible_height_is_refused(height: int) -> None:
    with pytest.raises(InvalidRequest, match="height"):
        encode_frame(FRAME, height=height)


def test_quality_is_obeyed_and_clamped_to_its_bounds() -> None:
    assert len(encode_frame(FRAME, 10)) < len(encode_frame(FRAME, 90))
    assert encode_frame(FRAME, 500) == encode_frame(FRAME, 100)
    assert encode_frame(FRAME, -3) == encode_frame(FRAME, 0)


def test_the_frame_is_left_as_it_was() -> None:
    frame = patches()
    encode_frame(frame, height=90)
    encode_frame(frame)
    assert (frame.yuv == FRAME.yuv).all()
