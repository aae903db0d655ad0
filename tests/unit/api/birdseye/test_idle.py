from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from picket.api.birdseye.idle import LOGO_NAME, render_idle
from picket.domain.frame import Frame, Picture
from picket.media.jpeg import encode_png, to_picture


def idle(folder: Path, width: int = 640, height: int = 360) -> Picture:
    yuv = render_idle(width, height, folder / LOGO_NAME)
    assert yuv.shape == (height * 3 // 2, width)
    return to_picture(Frame(0.0, yuv))


@pytest.mark.parametrize(("width", "height"), [(64, 64), (640, 360), (4094, 400)])
def test_there_is_a_word_on_a_dark_ground(tmp_path: Path, width: int, height: int) -> None:
    picture = idle(tmp_path, width, height)
    assert picture.mean() < 60
    assert picture.max() > 90


def test_the_logo_of_the_user_is_drawn_by_its_opacity(tmp_path: Path) -> None:
    logo = np.zeros((180, 180, 4), np.uint8)
    logo[60:120, 60:120, 3] = 255
    (tmp_path / LOGO_NAME).write_bytes(encode_png(logo))
    picture = idle(tmp_path)
    assert picture[160:200, 300:340].min() > 240
    assert picture[100:110, 240:250].max() < 60
    assert idle(tmp_path, 64, 64)[30:34, 30:34].min() > 200  # it is made smaller


@pytest.mark.parametrize("content", [b"", b"no picture", cv2.imencode(".png", np.ones((9, 9)))[1]])
def test_a_logo_that_cannot_be_drawn_is_left_out(tmp_path: Path, content: bytes) -> None:
    without = idle(tmp_path)
    (tmp_path / LOGO_NAME).write_bytes(bytes(content))
    assert np.array_equal(idle(tmp_path), without)
