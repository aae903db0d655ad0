from __future__ import annotations

from tests.unit.config.samples import config


def test_the_camera_wins_key_by_key() -> None:
    camera = config(
        {"motion": {"threshold": 20}}, motion={"threshold": 50, "contour_area": 99}
    ).cameras["front"]
    assert (camera.motion.threshold, camera.motion.contour_area) == (20, 99)


def test_lists_are_replaced_not_joined() -> None:
    camera = config({"objects": {"track": ["car"]}}, objects={"track": ["person", "dog"]})
    assert camera.cameras["front"].objects.track == ("car",)


def test_an_empty_section_of_a_camera_hides_nothing() -> None:
    assert config({"detect": None}, detect={"fps": 9}).cameras["front"].detect.fps == 9


def test_what_follows_from_fps_follows_the_cameras() -> None:
    loaded = config({"detect": {"fps": 10}}, detect={"fps": 4, "max_disappeared": 7})
    detect = loaded.cameras["front"].detect
    assert (detect.max_disappeared, detect.stationary.interval) == (7, 100)


def test_birdseye_passes_on_only_what_a_camera_knows() -> None:
    camera = config(birdseye={"mode": "motion", "width": 640}).cameras["front"]
    assert camera.birdseye.model_dump() == {"enabled": True, "mode": "motion", "order": 0}


def test_a_camera_s_own_kinds_of_sections_are_not_inherited() -> None:
    loaded = config(mqtt={"host": "h", "enabled": False}, ui={"timezone": "UTC"})
    assert loaded.cameras["front"].mqtt.enabled


def test_attribute_filters_reach_cameras_only_beside_written_ones() -> None:
    tracked = {"track": ["person", "face"]}
    written = config(objects={**tracked, "filters": {"person": {"min_score": 0.6}}})
    silent = config(objects=tracked)
    assert written.cameras["front"].objects.filters["face"].min_score == 0.7
    assert silent.cameras["front"].objects.filters["face"].min_score == 0.5
    assert silent.objects.filters["face"].min_score == 0.7


def test_a_detector_s_model_is_the_global_one_with_its_own_keys_over_it() -> None:
    loaded = config(
        model={"width": 416, "height": 416},
        detectors={"a": {"type": "onnx", "model": {"height": 320}}, "b": {"type": "cpu"}},
    )
    assert (loaded.detectors["a"].model.width, loaded.detectors["a"].model.height) == (416, 320)
    assert loaded.detectors["b"].model.height == 416
