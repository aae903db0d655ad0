from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.config import ffmpeg_presets
from picket.config.hardware import Hardware, detect_hardware, hardware_of
from tests.unit.config.samples import config


@pytest.mark.parametrize(
    ("written", "hardware"),
    [
        ((), Hardware()),
        ("", Hardware()),
        ("preset-nvidia-h264", Hardware("cuda")),
        ("preset-vaapi", Hardware("vaapi", "/dev/dri/renderD128")),
        ("preset-rpi-64-h264", Hardware(decoder="h264_v4l2m2m")),
        ("preset-intel-qsv-h265", Hardware("qsv", "/dev/dri/renderD128", "hevc_qsv")),
        ("-hwaccel cuda -hwaccel_device 1", Hardware("cuda", "1")),
        (["-codec:v", "h264_cuvid"], Hardware(decoder="h264_cuvid")),
        ("-hwaccel", Hardware()),
    ],
)
def test_presets_and_arguments_name_a_device_or_a_decoder(
    written: str | tuple[str, ...], hardware: Hardware
) -> None:
    assert hardware_of(written) == hardware


@pytest.mark.parametrize("preset", ffmpeg_presets.HARDWARE)
def test_every_preset_asks_for_something(preset: str) -> None:
    assert hardware_of(preset)


@given(st.lists(st.text(alphabet="abc-:v", max_size=8), max_size=8))
def test_other_words_ask_for_nothing(words: list[str]) -> None:
    named = {"-hwaccel", "-c:v", "-codec:v", "-vcodec"}
    assert bool(hardware_of(tuple(words))) <= bool(named & set(words))


def test_an_input_s_own_arguments_win_over_the_camera_s() -> None:
    inputs = [{"path": "rtsp://10.0.0.5/sub", "roles": ["detect"]}]
    ffmpeg = {"inputs": inputs, "hwaccel_args": "preset-vaapi"}
    camera = config({"ffmpeg": ffmpeg}).cameras["front"]
    assert detect_hardware(camera).kind == "vaapi"
    own = [{**inputs[0], "hwaccel_args": "-hwaccel cuda"}]
    camera = config({"ffmpeg": {**ffmpeg, "inputs": own}}).cameras["front"]
    assert detect_hardware(camera) == Hardware("cuda")
