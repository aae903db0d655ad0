from __future__ import annotations

from typing import Any

import pytest

from picket.config.checks import check_name, find_unbuilt, find_warnings
from picket.config.load import load_text, parse_config
from tests.unit.config.samples import config, mistakes

YARD = {"yard": {"coordinates": "0,0,640,0,640,360"}}
FRONT = "cameras.front"


@pytest.mark.parametrize(
    ("mqtt", "key"),
    [
        ({}, "mqtt.host"),
        ({"host": "h", "user": "u"}, "mqtt.user"),
        ({"host": "h", "password": "p"}, "mqtt.password"),
        ({"host": "h", "tls_client_cert": "c"}, "mqtt.tls_client_cert"),
    ],
)
def test_a_broker_needs_an_address_and_whole_credentials(mqtt: dict[str, str], key: str) -> None:
    assert list(mistakes(mqtt=mqtt)) == [key]


def test_a_broker_that_is_switched_off_needs_nothing() -> None:
    assert mistakes(mqtt={"enabled": False}) == {}


def test_zones_need_a_shape_a_free_name_and_tracked_labels() -> None:
    told = mistakes(
        {
            "zones": {
                "front": YARD["yard"],
                "odd": {"coordinates": "1,2,3"},
                "empty": {"coordinates": []},
                "cats": {**YARD["yard"], "objects": ["cat", "person"]},
            }
        }
    )
    assert set(told) == {
        f"{FRONT}.zones.front",
        f"{FRONT}.zones.odd.coordinates",
        f"{FRONT}.zones.empty.coordinates",
        f"{FRONT}.zones.cats.objects",
    }
    assert told[f"{FRONT}.zones.cats.objects"].startswith("cat is not tracked")


@pytest.mark.parametrize(
    ("camera", "key"),
    [
        ({"record": {"events": {"required_zones": ["yrad"]}}}, "record.events.required_zones"),
        ({"snapshots": {"required_zones": ["yrad"]}}, "snapshots.required_zones"),
        ({"mqtt": {"required_zones": ["yrad"]}}, "mqtt.required_zones"),
        ({"onvif": {"autotracking": {"enabled": True}}}, "onvif.autotracking.required_zones"),
        ({"motion": {"mask": ["1,2", "3,x"]}}, "motion.mask"),
        ({"objects": {"mask": "1,2,3"}}, "objects.mask"),
        ({"objects": {"filters": {"person": {"mask": "1"}}}}, "objects.filters.person.mask"),
        ({"detect": {"width": 641}}, "detect.width"),
    ],
)
def test_a_camera_that_does_not_fit_together_is_told_where(
    camera: dict[str, Any], key: str
) -> None:
    assert list(mistakes({"zones": YARD, **camera})) == [f"{FRONT}.{key}"]


@pytest.mark.parametrize("name", ["front door", "a/b", "é", ""])
def test_names_of_cameras_are_safe_in_paths_and_topics(name: str) -> None:
    (finding,) = check_name(name)
    assert "front_door" in finding.message
    assert not list(check_name("Front-door_2"))


def test_a_stricter_continuous_mode_is_warned_about() -> None:
    record = {"retain": {"days": 1, "mode": "active_objects"}}
    (warning,) = find_warnings(config({"record": record}))
    assert warning.path == ("cameras", "front", "record", "retain", "mode")
    assert not list(find_warnings(config({"record": {"retain": {"days": 1, "mode": "all"}}})))


@pytest.mark.parametrize("zooming", ["disabled", "absolute", "relative"])
def test_a_camera_that_follows_without_an_address_is_warned_about(zooming: str) -> None:
    tracking = {"enabled": True, "required_zones": ["yard"], "zooming": zooming}
    (warning,) = find_warnings(config({"zones": YARD, "onvif": {"autotracking": tracking}}))
    assert warning.path == ("cameras", "front", "onvif", "autotracking", "enabled")
    onvif = {"host": "camera", "autotracking": tracking}
    assert not list(find_warnings(config({"zones": YARD, "onvif": onvif})))


def test_a_camera_that_has_the_name_of_the_common_picture_is_warned_about() -> None:
    source = {"ffmpeg": {"inputs": [{"path": "rtsp://h/1", "roles": ["detect"]}]}}
    (warning,) = find_warnings(parse_config({"cameras": {"birdseye": source}}))
    assert warning.path == ("cameras", "birdseye")


def test_a_zone_of_two_corners_is_warned_about() -> None:
    (warning,) = find_warnings(config({"zones": {"line": {"coordinates": "0,0,9,9"}}}))
    assert "corners" in warning.message


def test_detectors_that_are_not_built_are_told_and_others_not() -> None:
    detectors = {"a": {"type": "rknn"}, "b": {"type": "openvino"}}
    (finding,) = find_unbuilt(config(detectors=detectors))
    assert finding.path == ("detectors", "a", "type")
    assert "use onnx" in finding.message


@pytest.mark.parametrize(
    ("written", "mode"), [("on", "on"), ("off", "off"), ('"off"', "off"), ("auto", "auto")]
)
def test_discovery_may_be_written_without_quotes(written: str, mode: str) -> None:
    text = f"mqtt: {{host: broker, discovery: {written}}}\ncameras: {{}}\n"
    assert load_text(text, "config.yml", {}).mqtt.discovery == mode


@pytest.mark.parametrize("key", ["topic_prefix", "discovery_prefix"])
def test_a_prefix_is_no_pattern(key: str) -> None:
    assert list(mistakes(mqtt={"host": "broker", key: "house/#"})) == [f"mqtt.{key}"]
