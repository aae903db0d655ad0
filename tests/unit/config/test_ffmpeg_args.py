from __future__ import annotations

from typing import Any

import pytest

from picket.config.ffmpeg_args import (
    InputPlan,
    detect_commands,
    encoded_path,
    is_local_file,
    plan_input,
)
from tests.unit.config.samples import CAMERA, config


def plan(path: str = "rtsp://h/1", input_args: str = "", **ffmpeg: Any) -> InputPlan:
    source = {"path": path, "roles": ["detect"], "input_args": input_args}
    camera = config({"ffmpeg": {"inputs": [source], **ffmpeg}}).cameras["front"]
    return plan_input(camera.ffmpeg, camera.ffmpeg.inputs[0], camera.detect.fps)


def commands(**camera: Any) -> list[str]:
    loaded = config(camera).cameras["front"]
    return [" ".join(command.argv) for command in detect_commands(loaded)]


def test_the_usual_stream_is_read_by_libav_over_tcp() -> None:
    planned = plan()
    assert planned.options["rtsp_transport"] == "tcp"
    assert planned.options["timeout"] == "5000000"
    assert (planned.child_argv, planned.is_file, planned.format) == ((), False, None)


@pytest.mark.parametrize(
    "preset",
    [
        *("http-mjpeg-generic", "http-reolink", "rtmp-generic", "rtsp-generic", "rtsp-restream"),
        *("rtsp-restream-low-latency", "rtsp-udp", "rtsp-blue-iris"),
    ],
)
def test_streaming_presets_need_no_child(preset: str) -> None:
    assert plan(input_args=f"preset-{preset}").child_argv == ()


def test_an_input_s_own_arguments_win_over_the_camera_s() -> None:
    assert plan(input_args="preset-rtsp-udp").options["rtsp_transport"] == "udp"


def test_arguments_that_libav_lacks_start_a_child_that_copies() -> None:
    planned = plan("rtsp://u:p@h/1", "-itsoffset 2 -rtsp_transport 'tcp'", global_args="-v error")
    assert planned.options == {}
    assert " ".join(planned.child_argv) == (
        "ffmpeg -nostdin -v error -itsoffset 2 -rtsp_transport tcp -i rtsp://u:p@h/1"
        " -map 0:v:0 -map 0:a:0? -c copy -f nut pipe:1"
    )


def test_pictures_fetched_again_and_again_need_a_child() -> None:
    planned = plan("http://h/snap.jpg", "preset-http-jpeg-generic")
    assert "-r 5 -stream_loop -1 -f image2" in " ".join(planned.child_argv)


@pytest.mark.parametrize("args", ["", "preset-rtsp-generic", "-re -stream_loop -1 -fflags +genpts"])
def test_a_video_file_is_repeated_by_the_reader(args: str) -> None:
    planned = plan("/media/clip.mp4", args)
    assert planned == InputPlan("/media/clip.mp4", {"fflags": "+genpts"}, None, (), is_file=True)


@pytest.mark.parametrize(
    "path", ["rtsp://h", "http://h/a.mp4", "/dev/video0", "tcp://h", "srt://h"]
)
def test_addresses_and_devices_are_no_files(path: str) -> None:
    assert not is_local_file(path)
    assert is_local_file("clips/a.mp4")
    assert is_local_file("file:/clips/a.mp4")


@pytest.mark.parametrize(
    ("path", "encoded"),
    [
        ("rtsp://u:p@ss/w#d@h:554/x", "rtsp://u:p%40ss%2Fw%23d@h:554/x"),
        ("rtsp://u:a%40b@h/x", "rtsp://u:a%40b@h/x"),
        ("rtsp://u:50%@h/x", "rtsp://u:50%25@h/x"),
        ("rtsp://h:554/x", "rtsp://h:554/x"),
    ],
)
def test_any_character_may_stand_in_a_password(path: str, encoded: str) -> None:
    assert encoded_path(path) == encoded


def test_commands_show_what_each_input_is_for() -> None:
    (detect,) = commands(record={"enabled": False})
    assert detect.endswith(
        "-i rtsp://10.0.0.5/sub -r 5 -vf fps=5,scale=1280:720"
        " -threads 2 -f rawvideo -pix_fmt yuv420p pipe:"
    )
    _, record = commands(record={"enabled": True})
    assert record.endswith("-c copy -an /tmp/cache/front@%Y%m%d%H%M%S%z.mp4")


def test_hardware_presets_decode_and_scale() -> None:
    (detect,) = commands(
        ffmpeg={**CAMERA["ffmpeg"], "hwaccel_args": "preset-vaapi"},
        detect={"width": 640, "height": 360, "fps": 7},
    )
    assert "-hwaccel vaapi" in detect.split(" -i ")[0]
    assert "fps=7,scale_vaapi=w=640:h=360" in detect
