"""Which hardware is to decode a camera, out of its `hwaccel_args`. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from picket.config import ffmpeg_presets
from picket.config.camera import CameraConfig
from picket.config.ffmpeg_args import arguments
from picket.config.words import Arguments

KIND_OPTIONS = ("-hwaccel",)
DEVICE_OPTIONS = ("-hwaccel_device", "-vaapi_device", "-qsv_device")
DECODER_OPTIONS = ("-c:v", "-codec:v", "-vcodec")


@dataclass(frozen=True, slots=True)
class Hardware:
    """What is to decode in place of the CPU; the empty value is nothing."""

    kind: str = ""  # of device, by libav's name, such as "cuda"
    device: str | None = None  # which one; None leaves it to libav
    decoder: str = ""  # by libav's name, such as "h264_v4l2m2m"

    def __bool__(self) -> bool:
        return bool(self.kind or self.decoder)

    def __str__(self) -> str:
        return self.decoder or self.kind


def detect_hardware(camera: CameraConfig) -> Hardware:
    """What is to decode the detect stream, as ffmpeg would be told."""
    source = next((each for each in camera.ffmpeg.inputs if "detect" in each.roles), None)
    own: Arguments = source.hwaccel_args if source is not None else ()
    return hardware_of(own or camera.ffmpeg.hwaccel_args)


def hardware_of(written: Arguments) -> Hardware:
    """What a preset or ffmpeg's own arguments ask for; what else they say has no effect."""
    preset = ffmpeg_presets.HARDWARE.get(written) if isinstance(written, str) else None
    words = arguments(preset.decode if preset else written)
    return Hardware(
        kind=_value(words, KIND_OPTIONS) or "",
        device=_value(words, DEVICE_OPTIONS),
        decoder=_value(words, DECODER_OPTIONS) or "",
    )


def _value(words: Sequence[str], options: Sequence[str]) -> str | None:
    return next((value for option, value in pairwise(words) if option in options), None)
