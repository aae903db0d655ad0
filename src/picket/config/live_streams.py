"""Which of a camera's inputs is which of the streams that are watched live."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from picket.config.camera import CameraConfig
from picket.config.ffmpeg import CameraInput

LiveStream = Literal["sub", "main"]
"""The stream that is analysed, and the one that is recorded."""


def live_inputs(camera: CameraConfig) -> Mapping[LiveStream, CameraInput]:
    """The input of each stream; where only one is read, both mean it."""
    inputs = camera.ffmpeg.inputs
    sub = next((one for one in inputs if "detect" in one.roles), inputs[0])
    is_recorded = camera.record.enabled_in_config
    main = next((one for one in inputs if is_recorded and "record" in one.roles), sub)
    return {"sub": sub, "main": main}
