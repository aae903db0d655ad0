import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.errors import InvalidRequest
from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.media.jpeg import (
    crop,
    decode_picture,
    encode_jpeg,
    encode_png,
    pad_to_wide,
    resize_to_height,
    shrink_to,
    to_frame,
    to_picture,
)

RED = np.full((120, 160, 3), (0, 0, 255), np.uint8)


def test_a_frame_becomes_a_picture_of_its_size_and_brightness() -> None:
    yuv = np.full((180, 160), 128, np.uint8)
    yuv[:120] = 235  # white in video range
    picture = to_picture(Frame(0.0, yuv))
    assert picture.shape == (120, 160, 3)
    assert (picture > 250).all()


@pytest.mark.parametrize("size", [(120, 160), (121, 160), (120, 161), (3, 3)])
def test_a_picture_becomes_a_frame_of_its_even_part(size: tuple[int, int]) -> None:
    height, width = size
    frame = to_frame(np.full((height, width, 3), (20, 90, 200), np.uint8), 7.0)
    assert (frame.frame_time, frame.height, frame.width) == (7.0, height // 2 * 2, width // 2 * 2)
    back = to_picture(frame).astype(int)
    assert np.abs(back - (20, 90, 200)).max() < 6


def test_a_single_row_is_no_frame() -> None:
    with pytest.raises(ValueError, match="two rows and columns"):
        to_frame(np.zeros((1, 160, 3), np.uint8))


def test_a_jpeg_decodes_to_nearly_the_same() -> None:
    back = decode_picture(encode_jpeg(RED, 90)).astype(int)
    assert np.abs(back - RED).max() < 8


def test_quality_beyond_its_bounds_is_clamped() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (120, 160, 3), np.uint8)
    assert encode_jpeg(noise, 500) == encode_jpeg(noise, 100)
    assert encode_jpeg(noise, -3) == encode_jpeg(noise, 0)
    assert len(encode_jpeg(noise, 10)) < len(encode_jpeg(noise, 90))


def test_a_png_loses_nothing() -> None:
    assert (decode_picture(encode_png(RED)) == RED).all()


@pytest.mark.parametrize("data", [b"", b"no picture"])
def test_other_bytes_are_no_picture(data: bytes) -> None:
    with pytest.raises(ValueError, match="no picture"):
        decode_picture(data)


def test_a_height_keeps_the_shape() -> None:
    assert resize_to_height(RED, 60).shape == (60, 80, 3)
    assert resize_to_height(RED, 240).shape == (240, 320, 3)
    assert resize_to_height(RED, 120) is RED


@pytest.mark.parametrize("height", [0, -1, 100_000])
def test_an_impossible_height_is_refused(height: int) -> None:
    with pytest.raises(InvalidRequest):
        resize_to_height(RED, height)


@given(width=st.integers(1, 300), height=st.integers(1, 300), longest=st.integers(1, 300))
def test_a_picture_is_shrunk_to_its_longer_side_and_never_grows(
    width: int, height: int, longest: int
) -> None:
    picture = np.zeros((height, width, 3), np.uint8)
    small = shrink_to(picture, longest)
    assert max(small.shape[:2]) == min(longest, max(width, height))
    share = max(small.shape[:2]) / max(width, height)
    assert abs(small.shape[1] - width * share) <= 1
    assert abs(small.shape[0] - height * share) <= 1


def test_a_crop_is_a_copy_of_what_lies_inside() -> None:
    part = crop(RED, Box(150, 100, 200, 140))
    assert part.shape == (20, 10, 3)
    part[:] = 0
    assert (RED[100:] == (0, 0, 255)).all()
    with pytest.raises(ValueError, match="outside"):
        crop(RED, Box(200, 0, 210, 10))


def test_a_square_is_padded_to_two_by_one() -> None:
    wide = pad_to_wide(np.full((100, 100, 3), 9, np.uint8))
    assert wide.shape == (100, 200, 3)
    assert (wide[:, :50] == 0).all()
    assert (wide[:, 50:150] == 9).all()
