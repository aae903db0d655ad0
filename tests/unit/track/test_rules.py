from __future__ import annotations

from picket.config.detect import DetectConfig
from picket.track.rules import compile_tracking


def test_rules_follow_the_frame_rate() -> None:
    rules = compile_tracking(DetectConfig(fps=10))
    assert (rules.min_initialized, rules.max_disappeared) == (5.0, 50)
    assert rules.stationary_threshold == 100


def test_the_limit_of_a_label_goes_before_the_common_one() -> None:
    config = DetectConfig.model_validate(
        {"stationary": {"max_frames": {"default": 100, "objects": {"car": 7}}}}
    )
    rules = compile_tracking(config)
    assert (rules.stationary_limit("car"), rules.stationary_limit("person")) == (7, 100)
    assert compile_tracking(DetectConfig()).stationary_limit("car") is None
