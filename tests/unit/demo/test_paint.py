from __future__ import annotations

import numpy as np
import pytest

from picket.demo.body import Part
from picket.demo.lens import Ball
from picket.demo.paint import Sprite, draw_figure, draw_shadow, figure_bounds, lay_over
from picket.domain.geometry import Box

GREY = (100, 100, 100)
BALL = Part(((Ball(0.0, 1.0, 5.0, 0.2),),), GREY)  # 40 px in radius


def test_a_ball_is_painted_round_and_as_large_as_the_lens_sees_it() -> None:
    sprite = draw_figure([BALL])
    bounds = figure_bounds([BALL])
    assert (bounds.width, bounds.height) == pytest.approx((80, 80), abs=2)
    assert sprite.cover.sum() == pytest.approx(np.pi * 40**2, rel=0.02)
    assert sprite.box.contains(bounds)


def test_light_falls_from_the_upper_left() -> None:
    color = draw_figure([BALL]).color[..., 0]
    middle = color.shape[0] // 2
    assert color[middle - 20, middle - 20] > color[middle + 20, middle + 20] + 20


def test_later_parts_hide_earlier_ones() -> None:
    red = Part(BALL.hulls, (0, 0, 200))
    color = draw_figure([BALL, red]).color
    blue, _, strong = color[color.shape[0] // 2, color.shape[1] // 2]
    assert blue < 1
    assert strong > 100


def test_a_shadow_lies_on_the_ground_to_the_right_of_what_casts_it() -> None:
    shadow, figure = draw_shadow([BALL]), draw_figure([BALL])
    assert shadow.box.y1 > figure.box.y2
    assert shadow.box.center[0] > figure.box.center[0] + 50
    assert 0.3 < shadow.cover.max() < 0.6
    assert not shadow.color.any()


def test_what_sticks_out_of_the_frame_is_cut_off() -> None:
    picture = np.zeros((20, 20, 3), np.uint8)
    white = Sprite(
        Box(-5, 15, 5, 25), np.full((10, 10, 3), 255, np.float32), np.ones((10, 10), np.float32)
    )
    lay_over(picture, white)
    assert picture[15:, :5].min() == 255
    assert picture.sum() == 5 * 5 * 3 * 255


def test_a_sprite_outside_the_frame_changes_nothing() -> None:
    picture = np.full((20, 20, 3), 7, np.uint8)
    lay_over(picture, draw_figure([BALL]))
    assert (picture == 7).all()
