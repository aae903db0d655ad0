from __future__ import annotations

import numpy as np

from picket.config.motion import MotionConfig
from picket.motion.rules import compile_motion


def test_the_small_copy_keeps_the_shape_of_the_frame() -> None:
    rules = compile_motion(MotionConfig(), 1280, 720)
    assert (rules.width, rules.height) == (177, 100)


def test_a_frame_is_never_enlarged() -> None:
    rules = compile_motion(MotionConfig(frame_height=400), 178, 100)
    assert (rules.width, rules.height) == (178, 100)


def test_without_a_mask_nothing_is_hidden() -> None:
    assert compile_motion(MotionConfig(), 640, 360).hidden is None


def test_only_pixels_that_are_masked_altogether_are_hidden() -> None:
    rules = compile_motion(MotionConfig(mask="0,0,324,0,324,359,0,359"), 640, 400)
    assert rules.hidden is not None
    assert (rules.hidden[:89, :81] == 255).all()
    assert (rules.hidden[:, 82:] == 0).all()
    assert (rules.hidden[91:] == 0).all()
    assert rules.hidden.dtype == np.uint8
