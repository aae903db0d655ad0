"""Joins the cameras that follow objects to the running program."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from picket.api.running_config import RunningConfig
from picket.config.camera import CameraConfig
from picket.config.onvif import PtzAutotrackConfig
from picket.domain.gaze import Standing
from picket.ptz.cameras import PtzCameras
from picket.ptz.follow_tools import FollowTools


def begin_following(
    ptz: PtzCameras,
    running: RunningConfig,
    folder: Path,
    listeners: Sequence[Callable[[Standing], None]],
) -> None:
    """Start what follows, for every camera whose file asks for it.

    Args:
        ptz: the cameras that move.
        running: asked for the settings in effect, whenever they matter.
        folder: where it is kept how cameras turn.
        listeners: are told where a camera looks, on the thread of `ptz`.
    """

    def tell(standing: Standing) -> None:
        for listener in listeners:
            listener(standing)

    for name, camera in running.current.cameras.items():
        if _can_follow(camera):
            tools = FollowTools(
                partial(_settings, running, name),
                tell,
                folder / f"{name}.json",
                time.monotonic,
            )
            ptz.follow(name, tools)


def _can_follow(camera: CameraConfig) -> bool:
    onvif = camera.onvif
    return bool(camera.enabled and onvif.host and onvif.autotracking.enabled_in_config)


def _settings(running: RunningConfig, camera: str) -> PtzAutotrackConfig:
    return running.current.cameras[camera].onvif.autotracking
