"""What Home Assistant is to show of us, in the words of its discovery. Pure.

Source: https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery (device discovery).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from picket.config.audio import AudioConfig
from picket.config.camera import CameraConfig
from picket.config.objects import ATTRIBUTE_LABELS
from picket.config.root import Config
from picket.config.switches import BIRDSEYE_MODES

Json = dict[str, Any]

ON_OFF_SWITCHES = (
    *("detect", "motion", "recordings", "snapshots", "improve_contrast", "audio", "birdseye"),
    "ptz_autotracker",
)
NUMBERS = {"motion_threshold": (1, 255), "motion_contour_area": (1, 1000)}
"""Settings of motion detection and the range of their sliders."""
RATES = ("camera_fps", "process_fps", "skipped_fps", "detection_fps")
CONFIG, DIAGNOSTIC = "config", "diagnostic"
"""Where Home Assistant shows what is no reading of the house."""
IS_ANY = "{{ 'ON' if value | int(0) > 0 else 'OFF' }}"


@dataclass(frozen=True, slots=True)
class Naming:
    """What makes topics and ids ours."""

    prefix: str  # first level of every topic
    client_id: str  # one of each instance
    version: str

    def device_id(self, *parts: str) -> str:
        """The same at each start, and of no other instance's device."""
        return _plain("-".join(("picket", self.client_id, *parts)))


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing of a device."""

    key: str  # of the device
    platform: str
    name: str
    options: Mapping[str, Any]


def describe(config: Config, naming: Naming) -> Mapping[str, Json]:
    """Each device's announcement by its id: the program, each camera in use, each zone."""
    devices = (
        _device(naming, (), "Picket", _program(config, naming.prefix)),
        *(_camera_device(naming, name, one) for name, one in _in_use(config).items()),
        *(_zone_device(naming, zone, labels) for zone, labels in _zones(config).items()),
    )
    return {device["device"]["identifiers"][0]: device for device in devices}


def stillness(config: Config) -> Mapping[str, str | int]:
    """What is read by topic, without the prefix, while nobody is there and nothing stirs."""
    still: dict[str, str | int] = {}
    for name, camera in _in_use(config).items():
        still[f"{name}/motion"] = "OFF"
        still |= {f"{name}/{label}": 0 for label in (*labels_of(camera), "all")}
        still |= {f"{name}/audio/{label}": "OFF" for label in _listened_for(camera.audio)}
    for zone, labels in _zones(config).items():
        still |= {f"{zone}/{label}": 0 for label in (*labels, "all")}
    return still


def labels_of(camera: CameraConfig) -> tuple[str, ...]:
    """What is counted: parts of objects are not."""
    return tuple(label for label in camera.objects.track if label not in ATTRIBUTE_LABELS)


def _in_use(config: Config) -> Mapping[str, CameraConfig]:
    return {name: one for name, one in config.cameras.items() if one.enabled}


def _zones(config: Config) -> Mapping[str, tuple[str, ...]]:
    """By zone what those of this name let in, in any camera."""
    zones: dict[str, dict[str, None]] = {}
    for camera in _in_use(config).values():
        for name, zone in camera.zones.items():
            wanted = zone.labels or labels_of(camera)
            found = (label for label in labels_of(camera) if label in wanted)
            zones.setdefault(name, {}).update(dict.fromkeys(found))
    return {name: tuple(labels) for name, labels in zones.items()}


def _listened_for(audio: AudioConfig) -> tuple[str, ...]:
    return audio.listen if audio.enabled_in_config else ()


def _camera_device(naming: Naming, name: str, camera: CameraConfig) -> Json:
    base = f"{naming.prefix}/{name}"
    entities = [
        *_views(base, labels_of(camera), has_pictures=camera.mqtt.enabled),
        _sensor("moving", "binary_sensor", "Motion", f"{base}/motion", device_class="motion"),
        *_presence(base, labels_of(camera)),
        *_sounds(base, camera.audio),
        *_following(base, camera),
        *_switches(base, _unusable(camera)),
        _birdseye_mode(f"{base}/birdseye_mode"),
        *(_rate(naming.prefix, name, rate) for rate in RATES),
    ]
    return _device(naming, ("camera", name), _title(name), entities)


def _zone_device(naming: Naming, zone: str, labels: Iterable[str]) -> Json:
    entities = _presence(f"{naming.prefix}/{zone}", labels)
    return _device(naming, ("zone", zone), f"{_title(zone)} zone", entities)


def _program(config: Config, prefix: str) -> Iterable[Entity]:
    stats = f"{prefix}/stats"
    for detector in config.detectors:
        key, value = f"{detector}_inference", f"value_json.detectors['{detector}'].inference_speed"
        yield _sensor(
            key,
            "sensor",
            f"{_title(detector)} inference time",
            stats,
            value_template=f"{{{{ {value} }}}}",
            unit_of_measurement="ms",
            state_class="measurement",
            entity_category=DIAGNOSTIC,
        )
    uptime = {"device_class": "duration", "unit_of_measurement": "s"}
    template = "{{ value_json.service.uptime }}"
    yield _sensor("uptime", "sensor", "Uptime", stats, value_template=template, **uptime)
    options = {"command_topic": f"{prefix}/restart", "device_class": "restart"}
    yield Entity("restart", "button", "Restart", {**options, "entity_category": CONFIG})


def _views(base: str, labels: Iterable[str], *, has_pictures: bool) -> Iterable[Entity]:
    """The best picture of each label: as an image, which has a time, and as a camera."""
    for label in labels if has_pictures else ():
        topic = f"{base}/{label}/snapshot"
        image = {"image_topic": topic, "content_type": "image/jpeg"}
        yield Entity(f"{label}_image", "image", f"Last {label}", image)
        yield Entity(f"{label}_camera", "camera", _title(label), {"topic": topic})


def _presence(base: str, labels: Iterable[str]) -> Iterable[Entity]:
    for label in (*labels, "all"):
        what, topic = ("Object" if label == "all" else _title(label)), f"{base}/{label}"
        yield _sensor(
            f"{label}_occupancy",
            "binary_sensor",
            f"{what} occupancy",
            topic,
            device_class="occupancy",
            value_template=IS_ANY,
        )
        yield _sensor(f"{label}_count", "sensor", f"{what} count", topic, state_class="measurement")


def _sounds(base: str, audio: AudioConfig) -> Iterable[Entity]:
    """Each sound that is listened for; the loudness, once a second, only who wants it."""
    if not audio.enabled_in_config:
        return
    for label in audio.listen:
        topic = f"{base}/audio/{label}"
        name = f"{_title(label)} sound"
        yield _sensor(f"{label}_sound", "binary_sensor", name, topic, device_class="sound")
    yield _sensor(
        "loudness",
        "sensor",
        "Loudness",
        f"{base}/audio/dBFS",
        unit_of_measurement="dB",
        state_class="measurement",
        entity_category=DIAGNOSTIC,
        enabled_by_default=False,
    )


def _following(base: str, camera: CameraConfig) -> Iterable[Entity]:
    """Whether the camera follows somebody now."""
    if camera.onvif.autotracking.enabled_in_config:
        topic = f"{base}/ptz_autotracker/active"
        yield _sensor("following", "binary_sensor", "Following", topic)


def _unusable(camera: CameraConfig) -> set[str]:
    """Switches of what the file says no to: it cannot be switched on."""
    can = {
        "recordings": camera.record.enabled_in_config,
        "audio": camera.audio.enabled_in_config,
        "ptz_autotracker": camera.onvif.autotracking.enabled_in_config,
    }
    return {feature for feature, is_possible in can.items() if not is_possible}


def _switches(base: str, unusable: Container[str]) -> Iterable[Entity]:
    for feature in (*ON_OFF_SWITCHES, *NUMBERS):
        if feature in unusable:
            continue
        topic = f"{base}/{feature}"
        options: Json = {
            "state_topic": f"{topic}/state",
            "command_topic": f"{topic}/set",
            "entity_category": CONFIG,
        }
        platform = "switch"
        if feature in NUMBERS:
            platform = "number"
            options["min"], options["max"] = NUMBERS[feature]
        yield Entity(feature, platform, _title(feature), options)


def _birdseye_mode(topic: str) -> Entity:
    """When the common picture shows the camera; unknown while it does not."""
    options: Json = {
        "state_topic": f"{topic}/state",
        "command_topic": f"{topic}/set",
        "value_template": "{{ None if value == 'OFF' else value }}",
        "options": list(BIRDSEYE_MODES),
        "entity_category": CONFIG,
    }
    return Entity("birdseye_mode", "select", "Birdseye mode", options)


def _rate(prefix: str, camera: str, rate: str) -> Entity:
    return _sensor(
        rate,
        "sensor",
        _title(rate).replace("fps", "rate"),
        f"{prefix}/stats",
        value_template=f"{{{{ value_json.cameras['{camera}'].{rate} }}}}",
        unit_of_measurement="fps",
        state_class="measurement",
        entity_category=DIAGNOSTIC,
    )


def _sensor(key: str, platform: str, name: str, topic: str, **options: Any) -> Entity:
    return Entity(key, platform, name, {"state_topic": topic, **options})


def _device(naming: Naming, parts: tuple[str, ...], name: str, entities: Iterable[Entity]) -> Json:
    ident = naming.device_id(*parts)
    components = {
        _plain(one.key): {
            "platform": one.platform,
            "name": one.name,
            "unique_id": f"{ident}-{_plain(one.key)}",
            **one.options,
        }
        for one in entities
    }
    device: Json = {"identifiers": [ident], "name": name, "manufacturer": "Picket"}
    if parts:
        device["via_device"] = naming.device_id()
    return {
        "device": {**device, "sw_version": naming.version},
        "origin": {"name": "Picket", "sw_version": naming.version},
        "availability_topic": f"{naming.prefix}/available",
        "components": components,
    }


def _title(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _plain(text: str) -> str:
    """With the letters that ids may have; others become their number, so that ids stay apart."""
    return re.sub(r"[^a-zA-Z0-9_-]", lambda found: f"_{ord(found[0]):x}_", text)
