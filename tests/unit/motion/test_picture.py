from __future__ import annotations

import numpy as np

from picket.config.motion import MotionConfig
from picket.domain.frame import Gray
from picket.motion.picture import measure_contrast, shrink
from picket.motion.rules import compile_motion


def ramp(low: int, high: int) -> Gray:
    return np.tile(np.linspace(low, high, 200).astype(np.uint8), (100, 1))


def test_contrast_lies_between_the_4th_and_the_96th_percentile() -> None:
    assert abs(measure_contrast(ramp(0, 200), None) - 184) <= 2


def test_hidden_pixels_do_not_count() -> None:
    luma = np.full((100, 100), 50, np.uint8)
    luma[:, 50:75] = 60
    luma[:, 75:] = 255
    hidden = np.zeros_like(luma)
    hidden[:, 75:] = 255
    assert measure_contrast(luma, hidden) == 10


def test_the_small_copy_shows_the_mean_of_what_each_pixel_stands_for() -> None:
    rules = compile_motion(MotionConfig(), 1280, 800)
    luma = np.zeros((800, 1280), np.uint8)
    luma[:, ::2] = 200  # finer than the small copy: samples would be 0 or 200
    small = shrink(luma, rules)
    assert small.shape == (100, 160)
    assert np.abs(small.astype(int) - 100).max() <= 1


def test_noise_fades_in_the_small_copy() -> None:
    rules = compile_motion(MotionConfig(), 1280, 720)
    noise = np.random.default_rng(1).normal(128, 20, (720, 1280)).clip(0, 255).astype(np.uint8)
    assert shrink(noise, rules).std() < 20 / 7


def test_a_frame_no_larger_than_the_small_copy_keeps_its_size() -> None:
    rules = compile_motion(MotionConfig(), 178, 100)
    assert shrink(ramp(0, 255)[:, :178], rules).shape == (100, 178)


def test_what_the_mask_hides_is_white() -> None:
    rules = compile_motion(MotionConfig(mask="0,0,319,0,319,399,0,399"), 640, 400)
    small = shrink(np.full((400, 640), 20, np.uint8), rules)
    assert (small[:, :78] == 255).all()
    assert (small[:, 82:] == 20).all()
