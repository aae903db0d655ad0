"""`ffmpeg`: where the streams come from and how they are opened."""

from __future__ import annotations

from typing import Literal

from picket.config.section import Section, setting
from picket.config.words import Arguments

Role = Literal["audio", "record", "rtmp", "detect"]
"""What an input is used for."""


class OutputArgs(Section):
    """Arguments for what ffmpeg writes, by role."""

    detect: Arguments = setting(
        "For the detect role.", default=("-threads", "2", "-f", "rawvideo", "-pix_fmt", "yuv420p")
    )
    record: Arguments = setting("For the record role.", default="preset-record-generic")
    rtmp: Arguments = setting("For the rtmp role.", default="preset-rtmp-generic")


class FfmpegConfig(Section):
    """ffmpeg arguments: a preset's name, one shell-style line, or a list."""

    global_args: Arguments = setting(
        "First arguments of all.", default=("-hide_banner", "-loglevel", "warning", "-threads", "2")
    )
    hwaccel_args: Arguments = setting(
        "Arguments that choose a hardware decoder: `-hwaccel`, its device and `-c:v`, or a preset;"
        " without such a device the CPU decodes.",
        default=(),
    )
    input_args: Arguments = setting(
        "Arguments for reading the camera.", default="preset-rtsp-generic"
    )
    output_args: OutputArgs = setting("Arguments for writing, by role.", default=OutputArgs())
    retry_interval: float = setting(
        "Time between two looks at the health of a stream.", default=10.0, unit="s", gt=0
    )


class CameraInput(Section):
    """One stream of a camera, or a local file, which is played in real time in a loop."""

    path: str = setting(
        "URL of the stream, or path of a video file; `{FRIGATE_NAME}` is replaced.",
        repr=False,
        min_length=1,
    )
    roles: tuple[Role, ...] = setting("What the stream is used for.")
    global_args: Arguments = setting(
        "In place of the camera's; empty means the camera's.", default=()
    )
    hwaccel_args: Arguments = setting(
        "In place of the camera's; empty means the camera's.", default=()
    )
    input_args: Arguments = setting(
        "In place of the camera's; empty means the camera's.", default=()
    )


class CameraFfmpegConfig(FfmpegConfig):
    """The streams of one camera."""

    inputs: tuple[CameraInput, ...] = setting("The streams of the camera.")
