"""A window moves over a real picture: how far is known, so it can be measured."""

from __future__ import annotations

from itertools import product

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from picket.domain.frame import Gray
from picket.motion.turning import COPY_HEIGHT, measure_shift, small_copy

WIDTH, HEIGHT = 320, 180
LEFT, TOP = 160, 90


def scene() -> Gray:
    """Rough and smooth parts, as streets have them; four pictures large."""
    chance = np.random.default_rng(3)
    parts = [
        cv2.resize(
            chance.integers(0, 200 // share, (HEIGHT * 2 // step, WIDTH * 2 // step)).astype(
                np.uint8
            ),
            (WIDTH * 2, HEIGHT * 2),
            interpolation=cv2.INTER_CUBIC,
        )
        for step, share in ((40, 2), (10, 3), (3, 6))
    ]
    return np.sum(parts, axis=0, dtype=np.float64).clip(0, 255).astype(np.uint8)


SCENE = scene()


def window(x: int, y: int) -> Gray:
    return SCENE[TOP + y : TOP + y + HEIGHT, LEFT + x : LEFT + x + WIDTH].copy()


@settings(max_examples=40, deadline=None)
@given(st.integers(-90, 90), st.integers(-50, 50))
def test_a_turn_is_measured(x: int, y: int) -> None:
    shift = measure_shift(window(0, 0), window(x, y))
    assert shift is not None
    assert shift.scale == pytest.approx(1.0, abs=0.01)
    assert (shift.dx, shift.dy) == pytest.approx((-x, -y), abs=1.0)


def test_who_walks_hardly_counts() -> None:
    """White and a twelfth of the picture, he is taken for it in a few cases."""
    cases = list(product(range(-60, 61, 15), range(0, 161, 40), range(0, 61, 15)))
    right = [case for case in cases if is_measured_beside_a_walker(*case)]
    assert len(right) >= 0.95 * len(cases)


def is_measured_beside_a_walker(turn: int, before_x: int, step: int) -> bool:
    before, now = window(0, 0), window(turn, 0)
    before[60:160, before_x : before_x + 50] = 240
    now[60:160, before_x + step : before_x + step + 50] = 240
    shift = measure_shift(before, now)
    return shift is not None and (shift.dx, shift.dy) == pytest.approx((-turn, 0), abs=1.5)


def test_noise_is_no_turn() -> None:
    noisy = window(0, 0).astype(np.int16) + np.random.default_rng(1).normal(0, 6, (HEIGHT, WIDTH))
    shift = measure_shift(window(0, 0), noisy.clip(0, 255).astype(np.uint8))
    assert shift is not None
    assert max(abs(shift.dx), abs(shift.dy)) < 0.5


@settings(max_examples=40, deadline=None)
@given(st.floats(1 / 1.3, 1.3), st.integers(-20, 20), st.integers(-12, 12))
def test_a_zoom_is_measured(scale: float, x: int, y: int) -> None:
    """About the middle, and with a little of a turn."""
    shift = measure_shift(window(0, 0), closer(scale, x, y))
    assert shift is not None
    assert shift.scale == pytest.approx(scale, abs=0.015)
    middle = (shift.scale * WIDTH / 2 + shift.dx, shift.scale * HEIGHT / 2 + shift.dy)
    assert middle == pytest.approx((WIDTH / 2 - x * scale, HEIGHT / 2 - y * scale), abs=2.0)


def closer(scale: float, x: int, y: int) -> Gray:
    """What `window` shows, `scale` times as large."""
    width, height = WIDTH / scale, HEIGHT / scale
    left, top = LEFT + x + (WIDTH - width) / 2, TOP + y + (HEIGHT - height) / 2
    matrix = np.array([[scale, 0, -left * scale], [0, scale, -top * scale]])
    return cv2.warpAffine(SCENE, matrix, (WIDTH, HEIGHT)).astype(np.uint8)


def test_a_wall_tells_nothing() -> None:
    dark, bright = np.full((HEIGHT, WIDTH), 90, np.uint8), np.full((HEIGHT, WIDTH), 140, np.uint8)
    assert measure_shift(dark, bright) is None


def test_the_copy_keeps_the_shape_and_is_its_own() -> None:
    assert small_copy(np.zeros((720, 1280), np.uint8)).shape == (COPY_HEIGHT, 320)
    small = np.zeros((100, 178), np.uint8)
    copy = small_copy(small)
    copy[0, 0] = 1
    assert copy.shape == small.shape
    assert small[0, 0] == 0
