"""How much of a changed configuration a running program can take over. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from picket.config.camera import CameraConfig
from picket.config.problems import KeyPath, dotted
from picket.config.root import Config

LIVE_SECTIONS = (
    "audio",
    "birdseye",
    "detect",
    "live",
    "motion",
    "notifications",
    "objects",
    "record",
    "snapshots",
    "storage",
    "telemetry",
    "timestamp_style",
    "ui",
)
"""Top sections that are read anew; the others are built into processes, pipes and connections."""

LIVE_CAMERA_SECTIONS = (
    "audio",
    "best_image_timeout",
    "birdseye",
    "detect",
    "live",
    "motion",
    "mqtt",
    "objects",
    "record",
    "snapshots",
    "timestamp_style",
    "ui",
    "webui_url",
    "zones",
)
"""The same of a camera."""

FRAME_SETTINGS = ("width", "height", "fps")
"""What the detect stream's decoder and ring are made for."""

START_VALUE = "enabled_in_config"
"""What a switch was when the program started; no setting of its own."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """What comes into effect now, and what has to wait."""

    config: Config
    waiting: tuple[str, ...]  # keys such as `cameras.front.ffmpeg.inputs.0.path`, until a restart


def adopt(running: Config, wanted: Config) -> Adoption:
    """The running configuration with all of the wanted one that can change without a restart."""
    cameras = {
        name: _adopt_camera(camera, wanted.cameras.get(name, camera))
        for name, camera in running.cameras.items()
    }
    sections = {name: getattr(wanted, name) for name in LIVE_SECTIONS}
    adopted = running.model_copy(update={**sections, "cameras": cameras})
    differing = _differences(adopted.model_dump(), wanted.model_dump())
    return Adoption(adopted, tuple(dotted(path) for path in differing))


def _adopt_camera(running: CameraConfig, wanted: CameraConfig) -> CameraConfig:
    sections = {name: getattr(wanted, name) for name in LIVE_CAMERA_SECTIONS}
    frames = {name: getattr(running.detect, name) for name in FRAME_SETTINGS}
    sections["detect"] = wanted.detect.model_copy(update=frames)
    # What was not to be recorded or heard at the start is not connected for it.
    for name in ("record", "audio"):
        section, can = getattr(wanted, name), getattr(running, name).enabled_in_config
        update = {"enabled": section.enabled and can, START_VALUE: can}
        sections[name] = section.model_copy(update=update)
    return running.model_copy(update=sections)


def _differences(one: Any, other: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in dict.fromkeys((*one, *other)):
            if key not in one or key not in other:
                yield (*path, key)
            elif key != START_VALUE:
                yield from _differences(one[key], other[key], (*path, key))
    elif one != other:
        yield path
