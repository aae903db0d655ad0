from __future__ import annotations

import cv2
import numpy as np
import pytest

from picket.domain.frame import Frame, Picture, Yuv
from picket.domain.geometry import Box
from picket.media.jpeg import to_frame, to_picture
from picket.media.mosaic import black, paste, scaled

COLOR = (40, 90, 200)  # BGR


def colored(width: int, height: int) -> Frame:
    return to_frame(np.full((height, width, 3), COLOR, np.uint8), 7.0)


def seen(yuv: Yuv) -> Picture:
    return to_picture(Frame(0.0, yuv))


def test_black_is_black() -> None:
    assert black(64, 32).shape == (48, 64)
    assert seen(black(64, 32)).max() == 0


@pytest.mark.parametrize("size", [(64, 36), (320, 180), (400, 60), (2, 2)])
def test_a_frame_is_scaled_with_its_colours(size: tuple[int, int]) -> None:
    small = scaled(colored(128, 72), *size)
    assert (small.width, small.height, small.frame_time) == (*size, 7.0)
    assert np.abs(seen(small.yuv).astype(int) - COLOR).max() < 6


def test_halving_takes_the_mean() -> None:
    frame = colored(64, 64)
    frame.luma[:] = np.random.default_rng(1).integers(16, 235, (64, 64), np.uint8)
    expected = cv2.resize(np.asarray(frame.luma), (32, 32), interpolation=cv2.INTER_AREA)
    assert np.array_equal(scaled(frame, 32, 32).luma, expected)


def test_a_picture_is_laid_where_it_belongs_and_nowhere_else() -> None:
    ground, box = black(64, 48), Box(10, 20, 42, 38)
    paste(colored(box.width, box.height).yuv, ground, box)
    picture = seen(ground)
    inside = picture[box.y1 : box.y2, box.x1 : box.x2]
    assert np.abs(inside.astype(int) - COLOR).max() < 6
    inside[:] = 0
    assert picture.max() == 0
