"""What a real Home Assistant makes of what a running Picket announces and tells."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.clips import write_walk
from tests.support.deepstack_server import deepstack_server
from tests.support.home_assistant import PATIENCE_S, House, home_assistant, newest_core
from tests.support.mosquitto import PASSWORD, USER, OtherClient, mosquitto, other_client
from tests.support.servers import DATA, Picket, end_tree, running_picket, wait_for

CONFIG = """
mqtt:
  {{host: 127.0.0.1, port: {port}, user: {user}, password: {password},
    stats_interval: 2, discovery: on}}
detectors: {{far: {{type: deepstack, api_url: "{detector}", api_timeout: 10}}}}
audio:
  enabled: true
  listen: [bark]
  model_path: {models}/yamnet.tflite
  labelmap_path: {models}/yamnet_labels_521.txt
objects: {{track: [person]}}
record: {{enabled: true}}
cameras:
  yard:
    ffmpeg: {{inputs: [{{path: "{video}", roles: [detect, record, audio]}}]}}
    detect: {{width: 320, height: 240, fps: 5, max_disappeared: 5}}
    motion: {{mqtt_off_delay: 1}}
    zones: {{porch: {{coordinates: "0,0,320,0,320,240,0,240"}}}}
"""
PROGRAM = "picket-frigate"
CAMERA, ZONE = f"{PROGRAM}-camera-yard", f"{PROGRAM}-zone-porch"
JPEG_START = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class Home:
    """Both of them, and somebody who hears what they say to each other."""

    picket: Picket
    house: House
    witness: OtherClient

    def announced(self) -> dict[str, dict[str, Any]]:
        """Each component that Picket's devices have by now, by its unique id."""
        newest = {o.topic: o.payload for o in list(self.witness.heard) if "/device/" in o.topic}
        devices = [json.loads(payload) for payload in newest.values() if payload]
        components = [one for device in devices for one in device["components"].values()]
        return {one["unique_id"]: one for one in components}


def with_sound(folder: Path) -> Path:
    """An empty yard for 8 s, then somebody for 6, and a tone."""
    walk, target = write_walk(folder / "walk.mp4", quiet=80, walk=60, gop=10), folder / "yard.mp4"
    tone = ["-f", "lavfi", "-i", "sine=d=14"]
    command = ["ffmpeg", "-v", "error", "-i", str(walk), *tone, "-c:v", "copy", str(target)]
    subprocess.run(command, check=True)
    return target


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = tmp_path_factory.mktemp("home")
    (folder / "house").mkdir()
    with ExitStack() as stack:
        broker = stack.enter_context(mosquitto(folder))
        witness = stack.enter_context(other_client(broker.port))
        house = stack.enter_context(home_assistant(newest_core(), folder / "house", broker))
        detector = stack.enter_context(deepstack_server())
        config = CONFIG.format(
            port=broker.port,
            user=USER,
            password=PASSWORD,
            detector=detector.url,
            models=DATA / "models",
            video=with_sound(folder),
        )
        picket = stack.enter_context(running_picket(folder, config))
        home = Home(picket, house, witness)
        wait_for(lambda: len(home.announced()) > 20, PATIENCE_S, "announcements")
        yield home


def test_every_announced_entity_is_there_once_on_its_device(home: Home) -> None:
    announced = home.announced()
    wait_for(lambda: home.house.entities().keys() >= announced.keys(), PATIENCE_S, "entities")
    entities = home.house.entities()
    assert {ident: one["entity_id"].split(".")[0] for ident, one in entities.items()} == {
        ident: one["platform"] for ident, one in announced.items()
    }
    assert all(ident.startswith(f"{one['device']}-") for ident, one in entities.items())
    assert {i for i, one in entities.items() if one["disabled_by"]} == {f"{CAMERA}-loudness"}
    devices = home.house.devices()
    assert {ident: (one["name"], one["above"]) for ident, one in devices.items()} == {
        PROGRAM: ("Picket", None),
        CAMERA: ("Yard", "Picket"),
        ZONE: ("Porch zone", "Picket"),
    }
    assert entities[f"{CAMERA}-person_count"]["entity_id"] == "sensor.yard_person_count"


def test_every_state_is_known_soon(home: Home) -> None:
    """Also of what was not there yet: nobody in the zone, and no dog that barks."""

    def unknown() -> set[str]:
        states = home.house.states().items()
        return {ident for ident, state in states if state in ("unknown", "unavailable")}

    wait_for(lambda: unknown() <= {f"{PROGRAM}-restart"}, PATIENCE_S, "states")
    states = home.house.states()
    assert states[f"{CAMERA}-bark_sound"] == "off"
    numbers = {ident for ident in states if ident.endswith(("_fps", "_inference", "uptime"))}
    assert len(numbers) == 6
    assert all(float(states[ident]) >= 0 for ident in numbers)


def test_who_comes_and_goes_is_counted_and_shown(home: Home) -> None:
    for times in ("1", "0", "1"):
        is_there = "on" if times == "1" else "off"
        for place in (CAMERA, ZONE):
            home.house.wait_for_state(f"{place}-person_count", times)
            home.house.wait_for_state(f"{place}-person_occupancy", is_there)
    home.house.wait_for_state(f"{CAMERA}-moving", "on")
    home.house.wait_for_state(f"{CAMERA}-moving", "off")
    shown = {home.house.picture(f"{CAMERA}-person_{kind}")[:3] for kind in ("image", "camera")}
    assert shown == {JPEG_START}


def test_what_is_switched_there_is_switched_here(home: Home) -> None:
    house, entities = home.house, home.house.entities()
    switches = sorted(i for i, o in entities.items() if o["entity_id"].startswith("switch."))
    assert len(switches) == 7
    before = {ident: state for ident, state in house.states().items() if ident in switches}
    for ident in switches:  # detection before motion, which it needs
        other = {"on": "off", "off": "on"}[before[ident]]
        house.call(f"switch.turn_{other}", ident)
        house.wait_for_state(ident, other)
    for ident in reversed(switches):
        house.call("switch.toggle", ident)
        house.wait_for_state(ident, before[ident])
    house.call("switch.turn_off", f"{CAMERA}-detect")
    house.call("number.set_value", f"{CAMERA}-motion_threshold", value=55)
    house.wait_for_state(f"{CAMERA}-motion_threshold", "55")

    def is_obeyed() -> bool:
        camera = (home.picket.json("/api/config") or {"cameras": {}})["cameras"].get("yard")
        return bool(camera) and (camera["detect"]["enabled"], camera["motion"]["threshold"]) == (
            False,
            55,
        )

    wait_for(is_obeyed, PATIENCE_S, "changed configuration")


def test_what_a_changed_file_leaves_out_is_there_no_more(home: Home) -> None:
    """A label and a zone go while the program is stopped, and another label comes."""
    file = home.picket.media.parent / "config.yml"
    changed, zones = re.subn(r"\n +zones:.*", "", file.read_text())
    changed, labels = re.subn(r"track: \[person\]", "track: [dog]", changed)
    assert (zones, labels) == (1, 1)
    before = home.house.entities().keys()
    gone = {ident for ident in before if ident.startswith(ZONE) or "-person_" in ident}
    assert len(gone) == 8
    file.write_text(changed)
    home.house.call("button.press", f"{PROGRAM}-restart")
    come = {ident.replace("-person_", "-dog_") for ident in gone if ident.startswith(CAMERA)}
    wait_for(lambda: home.house.entities().keys() == (before - gone) | come, PATIENCE_S, "exchange")
    assert home.house.devices().keys() == {PROGRAM, CAMERA}
    home.house.wait_for_state(f"{CAMERA}-dog_count", "0")


def test_a_program_that_is_away_is_unavailable(home: Home) -> None:
    """First it says so itself, as it is told to start anew; then the broker does."""
    enabled = home.house.states().keys()

    def is_away() -> bool:
        states = home.house.states()
        return {states[ident] for ident in enabled} == {"unavailable"}

    home.house.call("button.press", f"{PROGRAM}-restart")
    wait_for(is_away, PATIENCE_S, "good-bye")
    home.house.wait_for_state(f"{CAMERA}-motion", "on")
    end_tree(home.picket.process)
    wait_for(is_away, PATIENCE_S, "last will")
    assert home.house.complaints() == []
