from __future__ import annotations

import numpy as np
import pytest

from picket.demo.lens import HEIGHT_PX, WIDTH_PX
from picket.demo.yard import render_yard


def test_the_yard_fills_the_frame_and_cannot_be_written_to() -> None:
    yard = render_yard()
    assert yard.shape == (HEIGHT_PX, WIDTH_PX, 3)
    assert yard.dtype == np.uint8
    with pytest.raises(ValueError, match="read-only"):
        yard[0, 0] = 0


def test_sky_is_blue_and_lawn_is_green() -> None:
    yard = render_yard().astype(np.float64)
    blue, _, red = yard[:60, :400].mean(axis=(0, 1))
    assert blue > red + 15
    blue, green, red = yard[480:560, 300:480].mean(axis=(0, 1))
    assert green > max(blue, red) + 15
