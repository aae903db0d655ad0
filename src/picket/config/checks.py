"""What a single section cannot know: rules between sections, each finding naming its cure. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from picket.config.birdseye import BIRDSEYE
from picket.config.camera import CameraConfig
from picket.config.coordinates import parse_polygons
from picket.config.derive import as_list
from picket.config.detectors import NOT_PART
from picket.config.ffmpeg_checks import check_arguments, check_roles
from picket.config.mqtt import MqttConfig
from picket.config.notification_checks import check_notifications, doubt_notifications
from picket.config.problems import Finding, KeyPath
from picket.config.root import Config
from picket.config.words import TextOrList

NAME = re.compile(r"^[a-zA-Z0-9_-]+$")
SMALLEST_POLYGON = 3
RETAIN_RANK = {"all": 0, "motion": 1, "active_objects": 2}
"""How strict a retain mode is."""


def find_mistakes(config: Config) -> Iterator[Finding]:
    """Everything that must be mended before the program can start."""
    yield from check_mqtt(config.mqtt)
    yield from check_notifications(config)
    yield from check_polygons(("motion", "mask"), config.motion.mask if config.motion else "")
    known_zones = {zone for camera in config.cameras.values() for zone in camera.zones}
    for name, camera in config.cameras.items():
        path = ("cameras", name)
        yield from check_name(name)
        yield from check_roles(path, camera)
        yield from check_arguments((*path, "ffmpeg"), camera.ffmpeg)
        yield from check_size(path, camera)
        yield from check_zones(path, camera, frozenset(config.cameras))
        yield from check_required_zones(path, camera, known_zones)
        yield from check_masks(path, camera)


def find_warnings(config: Config) -> Iterator[Finding]:
    """What works, but probably not as meant."""
    yield from doubt_notifications(config.notifications)
    if BIRDSEYE in config.cameras:
        yield Finding(
            ("cameras", BIRDSEYE),
            "its live picture cannot be asked for, since the picture of all cameras has this name:"
            " choose another one",
        )
    for name, camera in config.cameras.items():
        path = ("cameras", name)
        retain, events = camera.record.retain, camera.record.events.retain
        if retain.days and RETAIN_RANK[retain.mode] > RETAIN_RANK[events.mode]:
            yield Finding(
                (*path, "record", "retain", "mode"),
                f"{retain.mode} is stricter than events.retain.mode {events.mode}: footage of"
                " events is deleted before its time; use the same mode for both",
            )
        for place, required in required_zones(camera):
            foreign = sorted(set(required) - set(camera.zones))
            if foreign:
                yield Finding(
                    (*path, *place), f"this camera has no zone {', '.join(foreign)}: add the zone"
                )
        yield from doubt_autotracking(path, camera)
        for zone, area in camera.zones.items():
            if len(parse_polygons(area.coordinates)[0].points) < SMALLEST_POLYGON:
                yield Finding(
                    (*path, "zones", zone, "coordinates"),
                    f"fewer than {SMALLEST_POLYGON} corners enclose nothing: add corners",
                )


def doubt_autotracking(path: KeyPath, camera: CameraConfig) -> Iterator[Finding]:
    """A camera that follows needs an address."""
    if camera.onvif.autotracking.enabled and not camera.onvif.host:
        yield Finding(
            (*path, "onvif", "autotracking", "enabled"),
            "nothing turns the camera without onvif.host: name its address",
        )


def find_unbuilt(config: Config) -> Iterator[Finding]:
    """Detectors that cannot start; the program runs nonetheless, since recording needs none."""
    for name, detector in config.detectors.items():
        if detector.type in NOT_PART:
            yield Finding(
                ("detectors", name, "type"),
                f"{detector.type} is not part of this version: {NOT_PART[detector.type]}",
            )


def check_mqtt(mqtt: MqttConfig) -> Iterator[Finding]:
    """Credentials and certificates come in pairs, and a broker needs an address."""
    if mqtt.enabled and not mqtt.host:
        yield Finding(
            ("mqtt", "host"), "is required: name the broker, or write `enabled: false` in `mqtt`"
        )
    for first, second in (("user", "password"), ("tls_client_cert", "tls_client_key")):
        given = [key for key in (first, second) if getattr(mqtt, key)]
        if len(given) == 1:
            missing = second if given == [first] else first
            yield Finding(
                ("mqtt", given[0]), f"needs `{missing}` beside it: add that, or remove this"
            )


def check_name(name: str) -> Iterator[Finding]:
    """Camera names are parts of URLs, topics and file names."""
    if not NAME.match(name):
        yield Finding(
            ("cameras", name), "use only letters, digits, `_` and `-`, such as `front_door`"
        )


def check_size(path: KeyPath, camera: CameraConfig) -> Iterator[Finding]:
    """Pictures are stored with half the colour resolution, so both sides are even."""
    for side in ("width", "height"):
        value = getattr(camera.detect, side)
        if value is not None and value % 2:
            yield Finding((*path, "detect", side), f"must be even, got {value}: use {value - 1}")


def check_zones(path: KeyPath, camera: CameraConfig, cameras: frozenset[str]) -> Iterator[Finding]:
    """Zones share MQTT topics with cameras and only see what is tracked."""
    for name, zone in camera.zones.items():
        place = (*path, "zones", name)
        if name in cameras:
            yield Finding(place, "a camera has the same name: rename the zone")
        unknown = [label for label in zone.labels if label not in camera.objects.track]
        if unknown:
            yield Finding(
                (*place, "objects"),
                f"{', '.join(unknown)} is not tracked: add it to `objects.track`, or remove it",
            )
        yield from check_polygons((*place, "coordinates"), zone.coordinates)
        if not any(zone.coordinates):
            yield Finding((*place, "coordinates"), "is empty: write x1,y1,x2,y2,x3,y3")


def required_zones(camera: CameraConfig) -> Iterator[tuple[KeyPath, tuple[str, ...]]]:
    """Every list of zones that something of this camera depends on."""
    yield ("record", "events", "required_zones"), camera.record.events.required_zones
    yield ("snapshots", "required_zones"), camera.snapshots.required_zones
    yield ("mqtt", "required_zones"), camera.mqtt.required_zones
    yield ("onvif", "autotracking", "required_zones"), camera.onvif.autotracking.required_zones


def check_required_zones(path: KeyPath, camera: CameraConfig, known: set[str]) -> Iterator[Finding]:
    """A zone that exists nowhere is a misspelling, and would quietly keep nothing."""
    for place, required in required_zones(camera):
        unknown = [zone for zone in required if zone not in known]
        if unknown:
            have = ", ".join(sorted(camera.zones)) or "none"
            yield Finding(
                (*path, *place),
                f"no camera has a zone {', '.join(unknown)} (this one has {have}):"
                " add the zone, or mend the spelling",
            )
    tracking = camera.onvif.autotracking
    if tracking.enabled and not set(tracking.required_zones) & set(camera.zones):
        yield Finding(
            (*path, "onvif", "autotracking", "required_zones"),
            "autotracking needs at least one zone of this camera: name one",
        )


def check_masks(path: KeyPath, camera: CameraConfig) -> Iterator[Finding]:
    """Masks can be read as polygons."""
    yield from check_polygons((*path, "motion", "mask"), camera.motion.mask)
    yield from check_polygons((*path, "objects", "mask"), camera.objects.mask)
    common = as_list(camera.objects.mask)
    for label, limits in camera.objects.filters.items():
        own = tuple(mask for mask in as_list(limits.mask) if mask not in common)
        yield from check_polygons((*path, "objects", "filters", label, "mask"), own)


def check_polygons(path: KeyPath, raw: TextOrList) -> Iterator[Finding]:
    """The text of one place can be read as polygons."""
    try:
        parse_polygons(raw)
    except ValueError as error:
        yield Finding(path, str(error))
