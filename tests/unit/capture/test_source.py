"""How an input is opened; RTSP servers are in tests/e2e."""

from __future__ import annotations

import itertools
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from picket.capture.source import RTSP_QUICK, Source, SourceSpec, quick_options
from picket.domain.errors import PicketError, StreamEnded, StreamStalled
from tests.support.counted_feed import FPS, make_counted_clip
from tests.support.live_rtsp import live_camera
from tests.support.zoo import SimulatedTime, pictures, play, run_ffmpeg, x264


def test_rtsp_cameras_are_opened_in_a_hurry() -> None:
    assert quick_options("rtsp://camera/1", {"rtsp_transport": "tcp"}) == RTSP_QUICK
    assert quick_options("rtsps://camera/1", {}) == RTSP_QUICK


def test_other_inputs_are_not_because_their_streams_show_only_by_and_by() -> None:
    assert quick_options("rtmp://camera/1", {}) == {}
    assert quick_options("http://camera/1.ts", {}) == {}


@pytest.mark.parametrize("name", ["analyzeduration", "probesize", "fpsprobesize"])
def test_who_sets_how_long_to_look_has_his_way(name: str) -> None:
    assert quick_options("rtsp://camera/1", {name: "5000000"}) == {}


@pytest.fixture(scope="module")
def late_keyframe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A transport stream joined in the middle of a GOP: two seconds without parameter sets."""
    folder = tmp_path_factory.mktemp("late")
    whole, cut = folder / "whole.ts", folder / "cut.ts"
    scene = ["-f", "lavfi", "-i", "testsrc2=s=160x120:r=10:d=6", "-c:v", "libx264"]
    encode = [*scene, "-g", "40", "-sc_threshold", "0", "-bf", "0", "-pix_fmt", "yuv420p"]
    subprocess.run(["ffmpeg", "-v", "error", *encode, str(whole)], check=True)
    sizes = [(int(size), "K" in flags) for size, flags in _packets(whole)]
    keyframes = [at for at, is_key in sizes if is_key]
    data = whole.read_bytes()
    tables = data[: 188 * 3]  # SDT, PAT, PMT
    cut.write_bytes(tables + data[keyframes[0] + (keyframes[1] - keyframes[0]) // 2 // 188 * 188 :])
    return cut


def _packets(file: Path) -> list[list[str]]:
    """Byte position and flags of every packet."""
    show = ["-show_entries", "packet=pos,flags", "-of", "csv=p=0", str(file)]
    done = subprocess.run(["ffprobe", "-v", "error", *show], check=True, capture_output=True)
    return [line.split(",")[:2] for line in done.stdout.decode().split()]


def open_source(path: Path, **options: dict[str, str]) -> Source:
    spec = SourceSpec(str(path), **options)  # type: ignore[arg-type]  # one of the two mappings
    return Source(spec, "session", time.time, time.monotonic)


HASTY = {"analyzeduration": "1", "probesize": "2000"}


def test_a_first_attempt_that_finds_too_little_is_followed_by_a_patient_one(
    late_keyframe: Path,
) -> None:
    hasty = open_source(late_keyframe, options=HASTY)
    assert hasty.info.video.width == 0  # the clip is what it should be
    hasty.close()
    source = open_source(late_keyframe, quick_options=HASTY)
    assert (source.info.video.width, source.info.video.height) == (160, 120)
    assert source.info.video.extradata
    source.close()


def test_a_file_that_is_no_video_says_so(tmp_path: Path) -> None:
    text = tmp_path / "text.mp4"
    text.write_text("no video at all " * 100)
    with pytest.raises(PicketError):
        open_source(text)


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """The test's output is for the test."""


@contextmanager
def web_server(folder: Path) -> Iterator[str]:
    """Hands out a folder's files as fast as it can; gives its address."""
    handler = partial(QuietHandler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()


@pytest.mark.parametrize("name", ["clip.mp4", "clip.ts"])
def test_a_file_of_a_web_server_is_played_in_its_own_time_again_and_again(
    tmp_path: Path, name: str
) -> None:
    index_first = ["-movflags", "faststart"] if name.endswith("mp4") else []
    run_ffmpeg(*pictures(20, fps=5), *x264(5), *index_first, tmp_path / name)
    with web_server(tmp_path) as address:
        footage = play(SourceSpec(f"{address}/{name}"), tmp_path / "recordings", SimulatedTime(50))
    assert footage.gaps == {}
    assert sum(row.duration_s for row in footage.rows) == pytest.approx(50, abs=0.5)
    assert len({row.session for row in footage.rows}) == 1


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mjpeg", ["-c:v", "mjpeg", "-pix_fmt", "yuvj420p"]), ("a.h264", x264())]
)
def test_a_stream_without_times_is_timed_by_its_arrival(
    tmp_path: Path, name: str, codec: list[str]
) -> None:
    run_ffmpeg(*pictures(2, fps=5), *codec, tmp_path / name)
    readings = itertools.count()
    source = Source(
        SourceSpec(str(tmp_path / name)), "session", time.time, lambda: next(readings) * 0.1
    )
    times: list[float] = []
    with pytest.raises(StreamEnded):
        times.extend(packet.dts_s for packet in source.packets(lambda _: False))
    source.close()
    assert len(times) == 10
    steps = [after - before for before, after in itertools.pairwise(times)]
    assert steps == pytest.approx([0.2] * 9)  # the clock is read twice for each packet


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_counted_clip(tmp_path_factory.mktemp("counted") / "clip.mp4", 10 * FPS)


QUARTER_S = {"timeout": "250000"}


@pytest.mark.parametrize(
    ("options", "limit_s"), [({}, 0.5), (QUARTER_S, 10.0)], ids=["ours", "the user's"]
)
def test_a_camera_that_falls_silent_has_stalled(
    counted: Path, options: dict[str, str], limit_s: float
) -> None:
    with live_camera(counted) as camera:
        spec = SourceSpec(
            f"{camera.url}/1", {"rtsp_transport": "tcp", **options}, read_timeout_s=limit_s
        )
        source = Source(spec, "session", time.time, time.monotonic)
        packets = source.packets(lambda _: False)
        next(packets)
        os.kill(camera.process.pid, signal.SIGSTOP)
        with pytest.raises(StreamStalled, match="nothing arrived"):
            for _ in packets:
                pass
        source.close()


def silent(address: tuple[str, int], scheme: str, options: dict[str, str]) -> SourceSpec:
    url = f"{scheme}://admin:hunter2@127.0.0.1:{address[1]}/1"
    return SourceSpec(url, options, open_timeout_s=0.5, read_timeout_s=0.5)


@pytest.mark.parametrize("options", [{}, QUARTER_S], ids=["ours", "the user's"])
@pytest.mark.parametrize("scheme", ["rtsp", "http"])
def test_a_camera_that_accepts_and_says_nothing_has_stalled(
    scheme: str, options: dict[str, str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        spec = silent(listener.getsockname(), scheme, options)
        with pytest.raises(StreamStalled, match="nothing arrived"):
            Source(spec, "session", time.time, time.monotonic)


def test_a_silent_camera_that_takes_no_connection_any_more_is_gone() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    accepted: list[socket.socket] = []

    def accept_one() -> None:
        accepted.append(listener.accept()[0])
        listener.close()

    thread = threading.Thread(target=accept_one, daemon=True)
    spec = silent(listener.getsockname(), "rtsp", {})
    thread.start()
    with pytest.raises(StreamEnded, match="does not answer"):
        Source(spec, "session", time.time, time.monotonic)
    thread.join(5)
    accepted[0].close()


def test_a_camera_that_refuses_is_gone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        spec = silent(listener.getsockname(), "rtsp", {})
    with pytest.raises(StreamEnded, match="refused"):
        Source(spec, "session", time.time, time.monotonic)


@pytest.fixture(scope="module")
def nut(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("nut") / "clip.nut"
    run_ffmpeg(*pictures(9, fps=5), *x264(5), file)
    return file


def child_spec(listener: socket.socket, script: str) -> SourceSpec:
    url = f"rtsp://127.0.0.1:{listener.getsockname()[1]}/1"
    return SourceSpec(url, child_argv=("sh", "-c", script), read_timeout_s=0.3)


def test_a_child_that_is_silent_has_stalled(nut: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        spec = child_spec(listener, f"cat {nut}; exec sleep 60")
        source = Source(spec, "session", time.time, time.monotonic)
        end = threading.Timer(1.0, source.kill_child)  # as the reader does once a second
        end.start()
        with pytest.raises(StreamStalled, match="nothing arrived"):
            list(source.packets(lambda _: False))
        end.join()
        source.close()


def test_a_child_that_ends_by_itself_says_why_however_late(nut: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        spec = child_spec(listener, f"cat {nut}; sleep 0.6; echo no such stream >&2")
        source = Source(spec, "session", time.time, time.monotonic)
        with pytest.raises(StreamEnded, match="no such stream"):
            list(source.packets(lambda _: False))
        source.close()
