from __future__ import annotations

from picket.domain.status import ModelInfo
from picket.pipeline.rules import DetectorInUse, Switches, compile_rules
from tests.unit.pipeline.scene import HEIGHT, WIDTH, camera


def test_both_detection_and_motion_can_be_switched_off() -> None:
    config = camera()
    assert compile_rules(config, WIDTH, HEIGHT).switches == Switches(detect=True, motion=True)
    blind = config.model_copy(
        update={"detect": config.detect.model_copy(update={"enabled": False})}
    )
    assert compile_rules(blind, WIDTH, HEIGHT).switches == Switches(detect=False, motion=True)
    still = config.model_copy(
        update={"motion": config.motion.model_copy(update={"enabled": False})}
    )
    assert compile_rules(still, WIDTH, HEIGHT).switches == Switches(detect=True, motion=False)


def test_recordings_switched_off_keep_no_clip() -> None:
    config = camera()
    off = config.model_copy(update={"record": config.record.model_copy(update={"enabled": False})})
    assert compile_rules(config, WIDTH, HEIGHT).events.clip.is_enabled
    rules = compile_rules(off, WIDTH, HEIGHT)
    assert not rules.events.clip.is_enabled
    assert rules.events.snapshot.is_enabled


def test_regions_are_at_least_as_large_as_the_model() -> None:
    model = ModelInfo("yolox", "yolox", 416, 320, "bgr", ("person",), md5="abc")
    rules = compile_rules(camera(), WIDTH, HEIGHT, DetectorInUse("onnx", model))
    assert rules.regions.input_side == 416
    assert rules.events.facts.model_hash == "abc"


def test_a_detector_that_takes_any_size_gets_the_usual_regions() -> None:
    hog = ModelInfo("hog", "hog", 0, 0, "bgr", ("person",))
    rules = compile_rules(camera(), WIDTH, HEIGHT, DetectorInUse("hog", hog))
    assert rules.regions.input_side == 320
    assert rules.events.facts.model_hash is None


def test_regions_have_the_room_that_the_model_wants() -> None:
    model = ModelInfo("hog", "hog", 320, 320, "bgr", ("person",), object_room=2.0)
    plain = compile_rules(camera(), WIDTH, HEIGHT)
    wide = compile_rules(camera(), WIDTH, HEIGHT, DetectorInUse("hog", model))
    assert plain.regions.object_room < wide.regions.object_room == 2.0
