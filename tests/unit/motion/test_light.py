from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.frame import Gray
from picket.motion.light import UNCHANGED, Light, Luma, fit_light


def textured(seed: int = 1) -> Luma:
    blocks = np.random.default_rng(seed).integers(30, 140, (20, 30)).astype(np.float32)
    return np.kron(blocks, np.ones((5, 6), np.float32))


def lit(before: Luma, light: Light) -> Gray:
    return (before * light.gain + light.offset).clip(0, 255).round().astype(np.uint8)


lights = st.builds(Light, st.floats(0.6, 1.7), st.floats(-15, 15))


@given(light=lights)
def test_gain_and_offset_are_found(light: Light) -> None:
    before = textured()
    found = fit_light(before, lit(before, light))
    expected = lit(before, light).astype(int)
    assert np.abs(lit(before, found).astype(int) - expected).max() <= 3


@given(light=lights, left=st.integers(0, 120))
def test_an_object_does_not_pass_for_light(light: Light, left: int) -> None:
    before = textured()
    now = lit(before, light)
    now[20:90, left : left + 50] = 240  # a fifth of the picture
    found = fit_light(before, now)
    elsewhere = np.ones(now.shape, np.bool_)
    elsewhere[20:90, left : left + 50] = False
    error = np.abs(lit(before, found).astype(int) - lit(before, light).astype(int))
    assert error[elsewhere].max() <= 6


def test_the_same_picture_is_in_the_same_light() -> None:
    before = textured()
    assert fit_light(before, before.astype(np.uint8)) == UNCHANGED


def test_a_black_picture_tells_nothing_of_the_light() -> None:
    before = textured()
    assert fit_light(before, np.zeros(before.shape, np.uint8)) == UNCHANGED


def test_a_flat_picture_keeps_its_gain() -> None:
    flat = np.full((100, 180), 80, np.float32)
    found = fit_light(flat, np.full((100, 180), 110, np.uint8))
    assert found.gain == pytest.approx(1.0, abs=0.01)
    assert found.gain * 80 + found.offset == pytest.approx(110, abs=0.5)


@given(light=st.builds(Light, st.floats(0.7, 1.4), st.floats(-5, 5)))
def test_light_can_be_taken_from_a_picture_again(light: Light) -> None:
    picture = textured().astype(np.uint8)
    again = light.take_from(light.shine_on(picture))
    assert np.abs(again.astype(int) - picture.astype(int)).max() <= 2


def test_light_is_clipped_as_a_sensor_clips() -> None:
    picture = np.array([[10, 200]], np.uint8)
    assert Light(2.0, -40.0).shine_on(picture).tolist() == [[0, 255]]


@pytest.mark.parametrize(
    ("gain", "is_switched"), [(0.4, True), (0.6, False), (1.8, False), (2.5, True)]
)
def test_a_gain_beyond_that_of_any_exposure_is_a_switch(gain: float, *, is_switched: bool) -> None:
    assert Light(gain).is_switched == is_switched
