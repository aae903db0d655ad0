"""What clients switch while the program runs: Frigate's `<camera>/<feature>/set`. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeVar, get_args

from pydantic import ValidationError

from picket.config.birdseye import BirdseyeMode
from picket.config.camera import CameraConfig
from picket.config.root import Config
from picket.config.section import Section

ON, OFF = "ON", "OFF"

SomeSection = TypeVar("SomeSection", bound=Section)

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
    needs_file: bool = False  # it cannot be switched on where the file says no

    @property
    def path(self) -> list[str]:
        """The keys that lead to it from the camera."""
        return [*self.section.split("."), self.key]


FEATURES: Mapping[str, Feature] = {
    "detect": Feature("detect", "enabled"),
    "motion": Feature("motion", "enabled"),
    "recordings": Feature("record", "enabled", needs_file=True),
    "snapshots": Feature("snapshots", "enabled"),
    "audio": Feature("audio", "enabled", needs_file=True),
    "improve_contrast": Feature("motion", "improve_contrast"),
    "ptz_autotracker": Feature("onvif.autotracking", "enabled", needs_file=True),
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
    value: Value = attrgetter(".".join(feature.path))(camera)
    return value


def with_setting(camera: CameraConfig, feature: Feature, value: Value) -> CameraConfig | None:
    """The camera with a feature set; None when the value is out of range."""
    changed = _with(camera, feature.path, value)
    section = attrgetter(feature.section)(changed)
    try:
        type(section).model_validate(section.model_dump())
    except ValidationError:
        return None
    return changed


def _with(holder: SomeSection, path: Sequence[str], value: Value) -> SomeSection:
    """A copy in which the setting at the end of a path of keys is another."""
    name, *below = path
    found = _with(getattr(holder, name), below, value) if below else value
    return holder.model_copy(update={name: found})


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
    if FEATURES[feature].needs_file and value is True:
        return bool(attrgetter(FEATURES[feature].section)(camera).enabled_in_config)
    return feature != "birdseye_mode" or camera.birdseye.enabled


def _payload(value: Value) -> str:
    return (ON if value else OFF) if isinstance(value, bool) else str(value).upper()
