"""What clients switch while the program runs: Frigate's `<camera>/<feature>/set`. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import get_args

from pydantic import ValidationError

from picket.config.birdseye import BirdseyeMode
from picket.config.camera import CameraConfig
from picket.config.root import Config

ON, OFF = "ON", "OFF"

BIRDSEYE_MODES: tuple[str, ...] = tuple(mode.upper() for mode in get_args(BirdseyeMode))

Value = bool | int | str
"""What a feature is set to."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A setting `cameras.<name>.<section>.<key>` that a payload changes."""

    section: str  # dotted where one lies in another
    key: str
    is_number: bool = False  # a whole number
    words: tuple[str, ...] = (ON, OFF)  # its payloads, where it is none


FEATURES: Mapping[str, Feature] = {
    "detect": Feature("detect", "enabled"),
    "motion": Feature("motion", "enabled"),
    "recordings": Feature("record", "enabled"),
    "snapshots": Feature("snapshots", "enabled"),
    "audio": Feature("audio", "enabled"),
    "improve_contrast": Feature("motion", "improve_contrast"),
    "ptz_autotracker": Feature("onvif.autotracking", "enabled"),
    "motion_threshold": Feature("motion", "threshold", is_number=True),
    "motion_contour_area": Feature("motion", "contour_area", is_number=True),
    "birdseye": Feature("birdseye", "enabled"),
    "birdseye_mode": Feature("birdseye", "mode", words=BIRDSEYE_MODES),
}
"""By the word that topics use."""


def switch(camera: CameraConfig, feature: str, payload: str) -> CameraConfig | None:
    """The camera with one feature switched, or None when the payload is no value or not allowed.

    Detection needs motion, so that switching it on switches motion on, and motion cannot be
    switched off before it. Recording, listening and following cannot be switched on where the file
    says no.
    A camera that the common picture does not show has no mode there.

    Raises: KeyError when there is no such feature.
    """
    value = _read(FEATURES[feature], payload)
    if value is None or not _is_allowed(camera, feature, value):
        return None
    switched = with_setting(camera, FEATURES[feature], value)
    if switched is not None and feature == "detect" and value is True:
        return with_setting(switched, FEATURES["motion"], value)
    return switched


def states(camera: CameraConfig) -> dict[str, str]:
    """The payload of `<camera>/<feature>/state` for every feature."""
    told = {name: _payload(setting_of(camera, feature)) for name, feature in FEATURES.items()}
    return told if camera.birdseye.enabled else {**told, "birdseye_mode": OFF}


def carry_over(written: Config, running: Config, rewritten: Config) -> Config:
    """The file's new content, with the switches that were used since the program started.

    Args:
        written: what the file said before.
        running: what is in effect.
        rewritten: what the file says now; a switch whose setting it changes follows the file.
    """

    def kept(name: str, camera: CameraConfig) -> CameraConfig:
        old, now = written.cameras.get(name), running.cameras.get(name)
        if old is None or now is None:
            return camera
        for feature in FEATURES.values():
            if setting_of(old, feature) == setting_of(camera, feature):
                camera = with_setting(camera, feature, setting_of(now, feature)) or camera
        return camera

    return with_cameras(rewritten, kept)


def with_cameras(config: Config, change: Callable[[str, CameraConfig], CameraConfig]) -> Config:
    """The configuration with every camera changed."""
    cameras = {name: change(name, camera) for name, camera in config.cameras.items()}
    return config.model_copy(update={"cameras": cameras})


def setting_of(camera: CameraConfig, feature: Feature) -> Value:
    """What a feature is set to."""
    value: Value = attrgetter(f"{feature.section}.{feature.key}")(camera)
    return value


def with_setting(camera: CameraConfig, feature: Feature, value: Value) -> CameraConfig | None:
    """The camera with a feature set; None when the value is out of range."""
    section = attrgetter(feature.section)(camera)
    changed = section.model_copy(update={feature.key: value})
    try:
        type(section).model_validate(changed.model_dump())
    except ValidationError:
        return None
    for outer, _, name in _nested(feature.section):
        holder = attrgetter(outer)(camera) if outer else camera
        changed = holder.model_copy(update={name: changed})
    return changed  # type: ignore[no-any-return]  # the outermost holder is the camera


def _nested(section: str) -> Iterator[tuple[str, str, str]]:
    """Each level of a dotted section as (what it lies in, dot, its name), the innermost first."""
    while section:
        parts = section.rpartition(".")
        yield parts
        section = parts[0]


def _read(feature: Feature, payload: str) -> Value | None:
    if not feature.is_number:
        is_known = payload in feature.words
        return {ON: True, OFF: False}.get(payload, payload.lower()) if is_known else None
    try:
        return int(payload)
    except ValueError:
        return None


def _is_allowed(camera: CameraConfig, feature: str, value: Value) -> bool:
    if feature == "motion" and value is False:
        return not camera.detect.enabled
    if feature == "recordings" and value is True:
        return bool(camera.record.enabled_in_config)
    if feature == "audio" and value is True:
        return bool(camera.audio.enabled_in_config)
    if feature == "ptz_autotracker" and value is True:
        return bool(camera.onvif.autotracking.enabled_in_config)
    return feature != "birdseye_mode" or camera.birdseye.enabled


def _payload(value: Value) -> str:
    return (ON if value else OFF) if isinstance(value, bool) else str(value).upper()
