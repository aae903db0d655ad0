"""`birdseye`: all cameras in one picture."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict

from picket.config.section import Section, setting

BIRDSEYE = "birdseye"
"""What the common picture is called where cameras are named; wins over a camera of this name."""

BirdseyeMode = Literal["objects", "motion", "continuous"]
"""When a camera is shown: with tracked objects, with motion, or always."""


class BirdseyeLayoutConfig(Section):
    """How the cameras are arranged."""

    scaling_factor: float = setting(
        "Accepted for old files: cameras are always as large as they go.",
        default=2.0,
        unit="1.0..5.0",
        ge=1.0,
        le=5.0,
    )
    max_cameras: int | None = setting("Most cameras at once; null means all.", default=None, ge=1)


class BirdseyeConfig(Section):
    """The common picture."""

    enabled: bool = setting("Whether it is made.", default=True)
    restream: bool = setting(
        "Whether Home Assistant's integration shows it; there is no RTSP stream of it.",
        default=False,
    )
    width: int = setting("Width.", default=1280, unit="px", ge=64, le=4094)
    height: int = setting("Height.", default=720, unit="px", ge=64, le=4094)
    quality: int = setting("Quality of the video, 1 is best.", default=8, unit="1..31", ge=1, le=31)
    inactivity_threshold: int = setting(
        "Time that a camera stays after its last activity.", default=30, unit="s", gt=0
    )
    mode: BirdseyeMode = setting(
        "When cameras are shown: while an object moves, while anything moves, or always.",
        default="objects",
    )
    layout: BirdseyeLayoutConfig = setting("Arrangement.", default=BirdseyeLayoutConfig())


class CameraBirdseyeConfig(Section):
    """One camera in the common picture; unknown keys are ignored, as Frigate does here."""

    model_config = ConfigDict(extra="ignore")

    enabled: bool = setting("Whether the camera is shown.", default=True)
    mode: BirdseyeMode = setting("When the camera is shown.", default="objects")
    order: int = setting("Place among the cameras, lowest first.", default=0)
