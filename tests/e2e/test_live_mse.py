"""Live video as browsers play it, from a real camera that is not recorded."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from websockets.sync.client import ClientConnection, connect

from tests.support.live_rtsp import LiveCamera, live_camera
from tests.support.servers import Picket, count_frames, decode_errors, running_picket, wait_for
from tests.support.zoo import pictures, run_ffmpeg, x264

CONFIG = """
mqtt: {{enabled: false}}
cameras:
  front:
    ffmpeg: {{inputs: [{{path: "{url}/main", roles: [detect]}}]}}
    detect: {{width: 320, height: 180, enabled: false}}
"""
STARTED_S = 60
FIRST_S = 5.0
"""Half a second is the aim; a shared machine gets more, the next keyframe takes 8 s."""


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    clip = tmp_path_factory.mktemp("clip") / "clip.mp4"
    run_ffmpeg(*pictures(8, size="320x180", fps=10), *x264(80), clip)
    return clip


def watch(picket: Picket) -> ClientConnection:
    url = picket.url("/live/mse/front?stream=main").replace("http:", "ws:")
    return connect(url, compression=None)


def first_picture(client: ClientConnection) -> list[bytes]:
    """Init segment and first fragment."""
    words = json.loads(client.recv(20))
    assert words["type"] == "init", words
    assert words["codecs"].startswith("avc1.")
    parts = [client.recv(20), client.recv(20)]
    return [part for part in parts if isinstance(part, bytes)]


def online(picket: Picket) -> bool:
    cameras = (picket.json("/api/stats") or {}).get("cameras", {})
    return bool(cameras) and cameras["front"]["camera_fps"] > 0


def test_a_camera_is_seen_at_once_and_its_loss_and_return_are_told(
    tmp_path: Path, clip: Path
) -> None:
    with live_camera(clip) as camera, running_picket(tmp_path, config(camera)) as picket:
        wait_for(lambda: online(picket), STARTED_S, "pictures")
        with watch(picket) as client:
            first_picture(client)  # of the group of pictures that was held
        asked = time.monotonic()
        with watch(picket) as client:
            data = first_picture(client)
            assert time.monotonic() - asked < FIRST_S
            while len(data) < 30:
                message = client.recv(20)
                if isinstance(message, bytes):  # words between them set the clock
                    data.append(message)
            stream = tmp_path / "live.mp4"
            stream.write_bytes(b"".join(data))
            assert decode_errors(stream) == ""
            assert count_frames(stream) >= 28
            camera.process.kill()
            lost = told(client)
            assert lost["type"] == "offline"
            assert lost["reason"]
            with live_camera(clip, int(camera.url.rsplit(":", 1)[1]), camera.start_time):
                while (words := told(client))["type"] == "offline":
                    assert words["since"] == lost["since"]  # whatever else goes wrong meanwhile
        assert "Traceback" not in picket.log.read_text()


def config(camera: LiveCamera) -> str:
    return CONFIG.format(url=camera.url)


def told(client: ClientConnection) -> dict[str, object]:
    """The next words but those about the clock; what was under way before is passed over."""
    while True:
        message = client.recv(40)
        words: dict[str, object] = json.loads(message) if isinstance(message, str) else {}
        if words.get("type", "clock") != "clock":
            return words
