from __future__ import annotations

import re
from typing import Any

import pytest

from picket.config.audio import AudioConfig
from picket.config.mqtt import CameraMqttConfig
from picket.config.onvif import OnvifConfig, PtzAutotrackConfig
from picket.config.root import Config
from picket.mqtt.entities import Naming, describe, stillness
from tests.unit.mqtt.samples import make_config

NAMING = Naming("frigate", "frigate", "0.1")


def entities(config: Config | None = None, naming: Naming = NAMING) -> dict[str, dict[str, Any]]:
    """Every entity by its unique id."""
    found = describe(config or make_config(), naming)
    return {
        entity["unique_id"]: entity
        for device in found.values()
        for entity in device["components"].values()
    }


def test_every_device_says_what_it_is_and_whether_it_is_there() -> None:
    devices = describe(make_config(), NAMING)
    for ident, device in devices.items():
        assert device["device"]["identifiers"] == [ident]
        assert device["origin"]["name"] == "Picket"
        assert device["availability_topic"] == "frigate/available"
        assert all(one["platform"] and one["name"] for one in device["components"].values())
    camera = devices["picket-frigate-camera-front"]["device"]
    assert (camera["name"], camera["via_device"]) == ("Front", "picket-frigate")


def test_ids_are_unique_allowed_and_differ_between_instances() -> None:
    odd = make_config(track=["person", "school bus", "school_bus"])
    count = sum(len(device["components"]) for device in describe(odd, NAMING).values())
    ours = entities(odd)
    theirs = entities(odd, Naming("frigate", "second", "0.1"))
    assert len(ours) == count
    assert not ours.keys() & theirs.keys()
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]+", ident) for ident in ours)


def test_ids_do_not_depend_on_version_or_prefix() -> None:
    assert entities().keys() == entities(naming=Naming("house", "frigate", "9.9")).keys()


def test_a_camera_shows_objects_motion_and_pictures() -> None:
    shown = entities()
    base = "picket-frigate-camera-front"
    assert shown[f"{base}-moving"]["state_topic"] == "frigate/front/motion"
    assert shown[f"{base}-person_count"]["state_topic"] == "frigate/front/person"
    occupancy = shown[f"{base}-person_occupancy"]
    assert (occupancy["platform"], occupancy["device_class"]) == ("binary_sensor", "occupancy")
    assert shown[f"{base}-person_image"]["image_topic"] == "frigate/front/person/snapshot"
    assert shown[f"{base}-car_camera"]["topic"] == "frigate/front/car/snapshot"
    assert not any("face" in ident for ident in shown)  # parts are not counted


def test_a_zone_shows_what_it_lets_in() -> None:
    zone = {ident for ident in entities() if "zone-porch" in ident}
    assert zone == {
        f"picket-frigate-zone-porch-{label}_{kind}"
        for label in ("person", "all")
        for kind in ("count", "occupancy")
    }


def test_switches_are_those_that_can_be_used() -> None:
    base = "picket-frigate-camera-front"
    assert f"{base}-recordings" not in entities()
    recorded = entities(make_config(record={"enabled": True}))
    switch = recorded[f"{base}-recordings"]
    assert switch["command_topic"] == "frigate/front/recordings/set"
    assert switch["state_topic"] == "frigate/front/recordings/state"
    threshold = recorded[f"{base}-motion_threshold"]
    assert (threshold["platform"], threshold["min"], threshold["max"]) == ("number", 1, 255)


def test_sounds_are_shown_where_they_are_listened_for() -> None:
    base = "picket-frigate-camera-front"
    assert not {f"{base}-audio", f"{base}-loudness", f"{base}-speech_sound"} & entities().keys()
    listening = AudioConfig(enabled=True, enabled_in_config=True, listen=("speech",))
    heard = entities(with_front(audio=listening))
    assert heard[f"{base}-speech_sound"]["state_topic"] == "frigate/front/audio/speech"
    assert heard[f"{base}-speech_sound"]["device_class"] == "sound"
    assert heard[f"{base}-loudness"]["state_topic"] == "frigate/front/audio/dBFS"
    assert heard[f"{base}-audio"]["command_topic"] == "frigate/front/audio/set"


def test_a_camera_that_can_follow_has_a_switch_and_says_when_it_does() -> None:
    base = "picket-frigate-camera-front"
    assert not {f"{base}-ptz_autotracker", f"{base}-following"} & entities().keys()
    tracking = PtzAutotrackConfig(enabled=True, enabled_in_config=True)
    shown = entities(with_front(onvif=OnvifConfig(host="camera", autotracking=tracking)))
    assert shown[f"{base}-ptz_autotracker"]["command_topic"] == "frigate/front/ptz_autotracker/set"
    assert shown[f"{base}-ptz_autotracker"]["state_topic"] == "frigate/front/ptz_autotracker/state"
    following = shown[f"{base}-following"]
    assert (following["platform"], following["state_topic"]) == (
        "binary_sensor",
        "frigate/front/ptz_autotracker/active",
    )


def test_figures_are_read_out_of_the_statistics() -> None:
    shown = entities()
    rate = shown["picket-frigate-camera-front-camera_fps"]
    assert rate["state_topic"] == "frigate/stats"
    assert rate["value_template"] == "{{ value_json.cameras['front'].camera_fps }}"
    speed = shown["picket-frigate-hog_inference"]
    assert speed["value_template"] == "{{ value_json.detectors['hog'].inference_speed }}"


def with_front(**changes: object) -> Config:
    config = make_config()
    front = config.cameras["front"].model_copy(update=changes)
    return config.model_copy(update={"cameras": {**config.cameras, "front": front}})


def test_a_camera_that_is_not_used_is_not_shown() -> None:
    assert describe(with_front(enabled=False), NAMING).keys() == {
        *("picket-frigate", "picket-frigate-camera-back", "picket-frigate-zone-porch")
    }


def test_a_camera_without_pictures_has_no_images() -> None:
    shown = entities(with_front(mqtt=CameraMqttConfig(enabled=False)))
    assert "picket-frigate-camera-front-person_image" not in shown
    assert "picket-frigate-camera-back-person_image" in shown


@pytest.mark.parametrize("listens", [True, False])
def test_whatever_a_broker_does_not_keep_has_a_value_from_the_start(*, listens: bool) -> None:
    heard = AudioConfig(enabled=listens, enabled_in_config=listens, listen=("bark",))
    config = with_front(audio=heard)
    kept = ("/state", "/stats", "/dBFS")
    read = {one["state_topic"] for one in entities(config).values() if "state_topic" in one}
    passing = {topic.removeprefix("frigate/") for topic in read if not topic.endswith(kept)}
    assert stillness(config).keys() == passing
    assert {"front/motion", "front/car", "front/all", "porch/person", "porch/all"} <= passing
    assert ("front/audio/bark" in passing) is listens
    assert set(stillness(config).values()) == {0, "OFF"}
