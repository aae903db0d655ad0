"""Rules for the streams of a camera and their ffmpeg arguments. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from picket.config import ffmpeg_presets
from picket.config.camera import CameraConfig
from picket.config.ffmpeg import CameraFfmpegConfig, CameraInput, FfmpegConfig, Role
from picket.config.ffmpeg_args import arguments
from picket.config.problems import Finding, KeyPath
from picket.config.wording import nearest
from picket.config.words import Arguments

MAX_SEGMENT_S = 60

Presets = Mapping[str, object]


def check_roles(path: KeyPath, camera: CameraConfig) -> Iterator[Finding]:
    """Each role has one input, and what is switched on has its role."""
    place = (*path, "ffmpeg", "inputs")
    count = Counter(role for each in camera.ffmpeg.inputs for role in each.roles)
    for role, uses in count.items():
        if uses > 1:
            yield Finding(place, f"role {role} is used {uses} times: keep it at one input")
    needed: dict[Role, bool] = {
        "detect": True,
        "record": camera.record.enabled,
        "rtmp": camera.rtmp.enabled,
        "audio": camera.audio.enabled,
    }
    for role, is_needed in needed.items():
        if is_needed and role not in count:
            cure = f"add `{role}` to the roles of one input"
            why = "" if role == "detect" else f", or switch {role} off"
            yield Finding(place, f"no input has the role {role}: {cure}{why}")


def check_arguments(path: KeyPath, ffmpeg: CameraFfmpegConfig) -> Iterator[Finding]:
    """Arguments can be split, presets exist, and own recording arguments cut segments.

    Args:
        path: of the camera's `ffmpeg` section.
        ffmpeg: that section.
    """
    findings = [
        finding
        for place, written, presets in _written_arguments(ffmpeg)
        for finding in _check_words((*path, *place), written, presets)
    ]
    yield from findings
    if not findings:
        yield from _check_segments((*path, "output_args", "record"), ffmpeg.output_args.record)


def _written_arguments(
    ffmpeg: CameraFfmpegConfig,
) -> Iterator[tuple[KeyPath, Arguments, Presets]]:
    """Every list of arguments, where it stands, and the presets it may name."""
    places: list[tuple[KeyPath, FfmpegConfig | CameraInput]] = [((), ffmpeg)]
    places += ((("inputs", n), source) for n, source in enumerate(ffmpeg.inputs))
    for place, section in places:
        yield (*place, "global_args"), section.global_args, {}
        yield (*place, "hwaccel_args"), section.hwaccel_args, ffmpeg_presets.HARDWARE
        yield (*place, "input_args"), section.input_args, ffmpeg_presets.INPUT
    output = ffmpeg.output_args
    yield ("output_args", "detect"), output.detect, {}
    yield ("output_args", "record"), output.record, ffmpeg_presets.RECORD
    yield ("output_args", "rtmp"), output.rtmp, ffmpeg_presets.RTMP


def _check_words(path: KeyPath, written: Arguments, presets: Presets) -> Iterator[Finding]:
    if not isinstance(written, str):
        return
    if written.startswith("preset-") and written not in presets:
        hint = nearest(written, presets) or f"; known here: {', '.join(presets) or 'none'}"
        yield Finding(path, f"there is no preset {written}{hint}")
        return
    try:
        arguments(written)
    except ValueError:
        yield Finding(path, "a quotation is not closed: add the missing quote, or write a list")


def _check_segments(path: KeyPath, written: Arguments) -> Iterator[Finding]:
    if written in ffmpeg_presets.RECORD:
        return
    words = arguments(written)
    value = next((after for word, after in pairwise(words) if word == "-segment_time"), "none")
    if not value.isdecimal() or int(value) > MAX_SEGMENT_S:
        yield Finding(
            path,
            f"needs `-segment_time` of at most {MAX_SEGMENT_S} s, got {value}:"
            " add `-segment_time 10`, or use preset-record-generic",
        )
