"""`birdseye`: all cameras in one picture."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict

from picket.config.section import Section, setting

BirdseyeMode = Literal["objects", "motion", "continuous"]
"""When a camera is shown: with tracked objects, with motion, or always."""


class BirdseyeLayoutConfig(Section):
    """How the cameras are arranged."""

    scaling_factor: float = setting(
        "How much larger a lone camera may get.", default=2.0, unit="1.0..5.0", ge=1.0, le=5.0
    )
    max_cameras: int | None = setting("Most cameras at once; null means all.", default=None, ge=1)


class BirdseyeConfig(Section):
    """The common picture."""

    enabled: bool = setting("Whether it is made.", default=True)
    restream: bool = setting("Whether it is offered as an RTSP stream.", default=False)
    width: int = setting("Width.", default=1280, unit="px", gt=0)
    height: int = setting("Height.", default=720, unit="px", gt=0)
    quality: int = setting("Encoding quality, 1 is best.", default=8, unit="1..31", ge=1, le=31)
    inactivity_threshold: int = setting(
        "Time that a camera stays after its last activity.", default=30, unit="s", gt=0
    )
    mode: BirdseyeMode = setting("When cameras are shown.", default="objects")
    layout: BirdseyeLayoutConfig = setting("Arrangement.", default=BirdseyeLayoutConfig())


class CameraBirdseyeConfig(Section):
    """One camera in the common picture; unknown keys are ignored, as Frigate does here."""

    model_config = ConfigDict(extra="ignore")

    enabled: bool = setting("Whether the camera is shown.", default=True)
    mode: BirdseyeMode = setting("When the camera is shown.", default="objects")
    order: int = setting("Place among the cameras, lowest first.", default=0)
