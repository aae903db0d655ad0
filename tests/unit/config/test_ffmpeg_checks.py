from __future__ import annotations

from typing import Any

import pytest

from tests.unit.config.samples import CAMERA, mistakes

INPUTS = "cameras.front.ffmpeg.inputs"


def told(ffmpeg: dict[str, Any], **camera: Any) -> dict[str, str]:
    return mistakes({"ffmpeg": {**CAMERA["ffmpeg"], **ffmpeg}, **camera})


def two_inputs(*roles: list[str]) -> dict[str, Any]:
    return {"inputs": [{"path": "rtsp://h", "roles": each} for each in roles]}


def test_detect_must_have_an_input() -> None:
    assert "role detect" in told(two_inputs(["record"], ["audio"]))[INPUTS]
    assert "role detect" in told({"inputs": []})[INPUTS]


def test_a_role_belongs_to_one_input() -> None:
    assert "used 2 times" in told(two_inputs(["detect"], ["detect"]))[INPUTS]


@pytest.mark.parametrize("section", ["record", "audio", "rtmp"])
def test_what_is_switched_on_needs_its_role(section: str) -> None:
    inputs = two_inputs(["detect"], [])
    assert f"switch {section} off" in told(inputs, **{section: {"enabled": True}})[INPUTS]
    assert not told(inputs, **{section: {"enabled": False}})


@pytest.mark.parametrize(
    ("written", "is_good"),
    [
        ("preset-record-ubiquiti", True),
        ("-f segment -segment_time 30 -c copy", True),
        (["-f", "segment", "-segment_time", "60"], True),
        ("-c copy", False),
        ("-f segment -segment_time 61", False),
        ("-f segment -segment_time", False),
    ],
)
def test_own_recording_arguments_cut_segments(written: str | list[str], *, is_good: bool) -> None:
    found = told({"output_args": {"record": written}})
    assert list(found) == ([] if is_good else ["cameras.front.ffmpeg.output_args.record"])


def test_a_misspelt_preset_is_found() -> None:
    found = told({"input_args": "preset-rtsp-genric", "hwaccel_args": "preset-vapi"})
    assert "preset-rtsp-generic" in found["cameras.front.ffmpeg.input_args"]
    assert "preset-vaapi" in found["cameras.front.ffmpeg.hwaccel_args"]


def test_an_open_quotation_is_found() -> None:
    assert "quotation" in told({"global_args": "-x 'abc"})["cameras.front.ffmpeg.global_args"]
