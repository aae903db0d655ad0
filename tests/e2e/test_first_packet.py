"""The first packet of an RTSP camera comes soon, with everything that storing it needs."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from picket.capture.source import Source, SourceSpec, quick_options
from picket.domain.stream import Packet, StreamInfo
from tests.support.servers import loop_video, rtsp_server

SCENE = ["-f", "lavfi", "-i", "testsrc2=s=640x360:d=10:r="]
TCP = {"rtsp_transport": "tcp"}


def draw(folder: Path, name: str, fps: int, codec: list[str]) -> Path:
    """A camera's file: a keyframe every two seconds, with sound where its name says so."""
    short = folder / f"short_{name}"
    scene = [*SCENE[:-1], f"{SCENE[-1]}{fps}"]
    sound = ["-f", "lavfi", "-i", "sine=440:d=10", "-c:a", "aac"] if ".aac." in name else []
    encode = [*codec, "-preset", "ultrafast", "-g", str(2 * fps), "-pix_fmt", "yuv420p"]
    subprocess.run(["ffmpeg", "-v", "error", *scene, *sound, *encode, str(short)], check=True)
    return loop_video(short, folder / name, rounds=20, keep_audio=bool(sound))


H264 = ["-c:v", "libx264"]
H265 = ["-c:v", "libx265", "-x265-params", "log-level=none"]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("first")
    mounts = {
        "slow": draw(folder, "slow.mp4", 5, H264),
        "usual": draw(folder, "usual.mp4", 15, H264),
        "sound": draw(folder, "sound.aac.mp4", 10, H264),
        "hevc": draw(folder, "hevc.hevc.mp4", 10, H265),
    }
    with rtsp_server(mounts) as address:
        yield address


@dataclass(frozen=True)
class Opened:
    """A connection's beginning."""

    after_s: float  # until the first packet
    info: StreamInfo
    first: Packet


def open_camera(url: str, *, is_quick: bool) -> Opened:
    quick = quick_options(url, TCP) if is_quick else {}
    started = time.monotonic()
    spec = SourceSpec(url, TCP, quick_options=quick)
    source = Source(spec, "session", time.time, time.monotonic)
    try:
        first = next(source.packets(threading.Event().wait))
        return Opened(time.monotonic() - started, source.info, first)
    finally:
        source.close()


@pytest.mark.parametrize("name", ["slow", "usual", "sound", "hevc"])
def test_the_first_packet_comes_soon_and_nothing_is_missing(url: str, name: str) -> None:
    patient = open_camera(f"{url}/{name}", is_quick=False)
    quick = open_camera(f"{url}/{name}", is_quick=True)
    assert quick.after_s < 1.5  # 0.2 to 0.8 s on an idle machine
    assert quick.after_s < patient.after_s
    assert quick.first.is_keyframe
    assert quick.info.video == patient.info.video
    assert quick.info.audio == patient.info.audio
    assert (quick.info.video.width, quick.info.video.height) == (640, 360)
    assert quick.info.video.extradata
    assert (quick.info.audio is not None) is (name == "sound")
    assert quick.info.fps == pytest.approx(patient.info.fps, rel=0.02)
