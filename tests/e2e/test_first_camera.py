"""A fresh installation, and the first camera that is added to it."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

from picket.config.first import TEXT
from picket.config.load import load_text
from tests.support.live_rtsp import live_camera
from tests.support.servers import Picket, running_picket, wait_for
from tests.support.zoo import pictures, run_ffmpeg, x264

STARTED_S = 60


def test_a_camera_that_is_added_is_recorded_after_a_restart(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    run_ffmpeg(*pictures(8, size="320x180", fps=10), *x264(10), clip)
    with live_camera(clip) as camera, running_picket(tmp_path, TEXT) as picket:
        told = wait_for(lambda: picket.json("/api/stats"), STARTED_S, "answer")
        assert told["cameras"] == {}
        url = f"{camera.url}/main"
        post(
            picket,
            "/api/cameras",
            {"name": "yard", "inputs": [{"url": url, "roles": ["detect", "record"]}]},
        )
        wait_for(lambda: picket.json("/api/yard/recordings"), 2 * STARTED_S, "footage")
        text = (tmp_path / "config.yml").read_text()
        assert text.startswith(TEXT.partition("cameras:")[0])
        assert load_text(text, "config.yml", {}).cameras["yard"].ffmpeg.inputs[0].path == url
        assert "Traceback" not in picket.log.read_text()


def post(picket: Picket, path: str, body: object) -> None:
    request = urllib.request.Request(picket.url(path), json.dumps(body).encode())  # noqa: S310
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
        assert answer.status == 200
