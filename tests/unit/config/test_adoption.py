from __future__ import annotations

from typing import Any

import pytest

from picket.config.adoption import adopt
from picket.config.load import parse_config
from tests.unit.config.samples import CAMERA, config

ZONE = {"yard": {"coordinates": "0,0,100,0,100,100"}}


@pytest.mark.parametrize(
    "camera",
    [
        {"zones": ZONE},
        {"motion": {"mask": "0,0,10,0,10,10", "threshold": 20}},
        {"objects": {"track": ["person", "car"], "filters": {"car": {"min_area": 5}}}},
        {"snapshots": {"enabled": True}},
        {"record": {"retain": {"days": 3}}},
        {"detect": {"enabled": False, "max_disappeared": 9}},
        {"audio": {"min_volume": 200, "listen": ["bark"], "max_not_heard": 5}},
        {"ui": {"order": 4}, "webui_url": "http://front/"},
    ],
)
def test_what_is_asked_for_every_frame_comes_into_effect_at_once(camera: dict[str, Any]) -> None:
    adoption = adopt(config(), config(camera))
    assert adoption.waiting == ()
    assert adoption.config == config(camera)


@pytest.mark.parametrize(
    ("camera", "waiting"),
    [
        ({"detect": {"width": 640, "height": 480}}, {"width", "height"}),
        ({"onvif": {"host": "10.0.0.9"}}, {"host"}),
        ({"enabled": False}, {"enabled"}),
        ({"record": {"enabled": True}}, {"enabled"}),
    ],
)
def test_what_is_built_into_connections_waits(camera: dict[str, Any], waiting: set[str]) -> None:
    adoption = adopt(config(), config(camera))
    assert {key.rpartition(".")[2] for key in adoption.waiting} == waiting
    assert adoption.config == config()


def test_the_frame_rate_waits_and_what_follows_from_it_does_not_wait_for_it() -> None:
    adoption = adopt(config(), config({"detect": {"fps": 10}}))
    assert adoption.waiting == ("cameras.front.detect.fps",)
    assert adoption.config.cameras["front"].detect.fps == 5


def test_recording_that_ran_at_the_start_can_be_paused_by_the_file() -> None:
    adoption = adopt(config({"record": {"enabled": True}}), config())
    assert adoption.waiting == ()
    assert not adoption.config.cameras["front"].record.enabled
    again = adopt(adoption.config, config({"record": {"enabled": True}}))
    assert again.waiting == ()
    assert again.config.cameras["front"].record.enabled


def test_another_camera_or_detector_waits() -> None:
    wanted = parse_config(
        {"cameras": {"front": CAMERA, "back": CAMERA}, "detectors": {"cpu": {"type": "cpu"}}}
    )
    adoption = adopt(config(), wanted)
    assert set(adoption.waiting) == {"cameras.back", "detectors.hog", "detectors.cpu"}
    assert adoption.config == config()
