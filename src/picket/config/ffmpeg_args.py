"""Command lines and libav options from the `ffmpeg` section. Pure; nothing is started here."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from picket.config import ffmpeg_presets
from picket.config.camera import CameraConfig
from picket.config.ffmpeg import CameraFfmpegConfig, CameraInput, Role
from picket.config.libav_options import libav_options
from picket.config.words import Arguments

FALLBACK_WIDTH, FALLBACK_HEIGHT = 1280, 720
"""Size of a detect stream that was neither written nor seen yet, pixels."""

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_PASSWORD = re.compile(r"(?s)(?<=://)([^:/@]*):(.*)@")
_STRAY_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")


@dataclass(frozen=True, slots=True)
class InputPlan:
    """How one input is read: by libav in the process, or by an ffmpeg child."""

    url: str  # password percent-encoded
    options: Mapping[str, str]  # libav's open options; empty with a child
    format: str | None  # libav's demuxer; None lets it guess
    child_argv: tuple[str, ...]  # writes NUT to its standard output; empty without a child
    is_file: bool  # to be paced and repeated by the reader


@dataclass(frozen=True, slots=True)
class Command:
    """The ffmpeg command that would do what one input is used for."""

    argv: tuple[str, ...]
    roles: tuple[Role, ...]


def plan_input(ffmpeg: CameraFfmpegConfig, source: CameraInput, fps: int) -> InputPlan:
    """How to read an input.

    Args:
        ffmpeg: the camera's section, global arguments merged in.
        source: one of its inputs.
        fps: frames per second of the detect stream, for presets that ask for pictures.
    """
    is_file = is_local_file(source.path)
    found = libav_options(_input_words(ffmpeg, source, fps))
    url = encoded_path(source.path)
    if found is None or (found.is_repeated and not is_file):
        return InputPlan(url, {}, None, child_argv(ffmpeg, source, fps), is_file=False)
    return InputPlan(url, found.options, found.format, (), is_file=is_file)


def child_argv(ffmpeg: CameraFfmpegConfig, source: CameraInput, fps: int) -> tuple[str, ...]:
    """An ffmpeg that hands on the packets of an input, untouched, as NUT on its standard output."""
    return (
        *("ffmpeg", "-nostdin"),
        *arguments(source.global_args or ffmpeg.global_args),
        *_input_words(ffmpeg, source, fps),
        *("-i", encoded_path(source.path)),
        *("-map", "0:v:0", "-map", "0:a:0?", "-c", "copy", "-f", "nut", "pipe:1"),
    )


def detect_commands(
    camera: CameraConfig, width: int | None = None, height: int | None = None
) -> list[Command]:
    """What GET /api/config shows as `ffmpeg_cmds`: one command for each input with an output.

    Args:
        camera: with its derived values.
        width: pixels of the detect stream where the file does not say.
        height: the same.
    """
    sizes = {
        "fps": camera.detect.fps,
        "width": camera.detect.width or width or FALLBACK_WIDTH,
        "height": camera.detect.height or height or FALLBACK_HEIGHT,
    }
    commands = (_command(camera, source, sizes) for source in camera.ffmpeg.inputs)
    return [command for command in commands if command is not None]


def is_local_file(path: str) -> bool:
    """Whether an input is a video file, not an address or a device."""
    if path.startswith("file:"):
        return True
    return not (_SCHEME.match(path) or path.startswith("/dev/"))


def encoded_path(path: str) -> str:
    """The address with its password percent-encoded, so that any character may stand in it.

    What is encoded already stays: `%40` is `@`, a lone `%` becomes `%25`.
    """

    def encode(match: re.Match[str]) -> str:
        password = _STRAY_PERCENT.sub("%25", match[2])
        return f"{match[1]}:{quote(password, safe='%')}@"

    return _PASSWORD.sub(encode, path)


def arguments(written: Arguments) -> tuple[str, ...]:
    """Separate arguments; one line is split as a shell would.

    Raises: ValueError when a quotation is not closed.
    """
    return tuple(shlex.split(written)) if isinstance(written, str) else written


def _preset(written: Arguments, presets: Mapping[str, str]) -> tuple[str, ...]:
    if isinstance(written, str) and written in presets:
        return arguments(presets[written])
    return arguments(written)


def _fill(words: tuple[str, ...], sizes: Mapping[str, int]) -> tuple[str, ...]:
    """Put the detect settings into a preset's arguments."""
    filled = list(words)
    for name, value in sizes.items():
        filled = [word.replace(f"{{{name}}}", str(value)) for word in filled]
    return tuple(filled)


def _input_words(ffmpeg: CameraFfmpegConfig, source: CameraInput, fps: int) -> tuple[str, ...]:
    """The arguments before `-i`; a network preset makes no sense for a file, so it is replaced."""
    written = source.input_args or ffmpeg.input_args
    if is_local_file(source.path) and written in ffmpeg_presets.INPUT:
        written = ffmpeg_presets.FILE
    return _fill(_preset(written, ffmpeg_presets.INPUT), {"fps": fps})


def _command(camera: CameraConfig, source: CameraInput, sizes: Mapping[str, int]) -> Command | None:
    ffmpeg = camera.ffmpeg
    hwaccel = source.hwaccel_args or ffmpeg.hwaccel_args
    outputs = _outputs(camera, source, _hardware(hwaccel), sizes)
    if not outputs:
        return None
    preset = _hardware(hwaccel)
    decode = arguments(preset.decode if preset else hwaccel)
    argv = (
        "ffmpeg",
        *arguments(source.global_args or ffmpeg.global_args),
        *_fill(decode, sizes),
        *_input_words(ffmpeg, source, sizes["fps"]),
        *("-i", encoded_path(source.path)),
        *outputs,
    )
    return Command(argv, source.roles)


def _outputs(
    camera: CameraConfig,
    source: CameraInput,
    preset: ffmpeg_presets.HardwarePreset | None,
    sizes: Mapping[str, int],
) -> tuple[str, ...]:
    written = camera.ffmpeg.output_args
    outputs: list[str] = []
    if "record" in source.roles and camera.record.enabled:
        outputs += _preset(written.record, ffmpeg_presets.RECORD)
        outputs.append(f"/tmp/cache/{camera.name}@%Y%m%d%H%M%S%z.mp4")  # noqa: S108 - shown only
    if "rtmp" in source.roles and camera.rtmp.enabled:
        outputs += _preset(written.rtmp, ffmpeg_presets.RTMP)
        outputs.append(f"rtmp://127.0.0.1/live/{camera.name}")
    if "detect" in source.roles:
        scale = preset.scale if preset else ffmpeg_presets.SOFTWARE_SCALE
        outputs += [*_fill(arguments(scale), sizes), *arguments(written.detect), "pipe:"]
    return tuple(outputs)


def _hardware(written: Arguments) -> ffmpeg_presets.HardwarePreset | None:
    return ffmpeg_presets.HARDWARE.get(written) if isinstance(written, str) else None
