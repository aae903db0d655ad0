"""A running program with cameras that show real video, for a browser to look at."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from picket.api.page import PAGE_FOLDER
from tests.support.onvif_camera import Camera
from tests.support.servers import (
    DATA,
    Picket,
    free_port,
    loop_video,
    rtsp_server,
    running_picket,
    wait_for,
)

CAMERAS = ("street", "yard")
"""Those that send pictures; `shed` is one that nobody answers for."""

STARTED_S = 90
"""How long the first pictures and segments may take on a busy machine."""

CONFIG = """
mqtt: {{enabled: false}}
detectors:
  openvino: {{type: openvino}}
model: {{path: {model}, model_type: picodet}}
cameras:
  street:  # people come and go; with sound
    ffmpeg: {{inputs: [{{path: "{url}/street", roles: [detect, record]}}]}}
    detect: {{width: 626, height: 360, fps: 5, max_disappeared: 5}}
    objects: {{track: [person]}}
    zones:
      pavement: {{coordinates: "0.0,0.5,1.0,0.5,1.0,1.0,0.0,1.0"}}
    ui: {{order: 1}}
  yard:  # cars come and go, seen from above; it can be moved
    ffmpeg: {{inputs: [{{path: "{url}/yard", roles: [detect, record]}}]}}
    detect: {{width: 768, height: 432, fps: 3}}
    objects: {{track: [car]}}
    motion: {{mask: ["0.0,0.9,1.0,0.9,1.0,1.0,0.0,1.0"]}}
    onvif: {{host: 127.0.0.1, port: {motors}, user: admin, password: "{{FRIGATE_ONVIF}}"}}
    ui: {{order: 2}}
  shed:  # unplugged
    ffmpeg: {{inputs: [{{path: "rtsp://127.0.0.1:{nobody}/shed", roles: [detect]}}]}}
    record: {{enabled: false}}
    ui: {{order: 3}}
record:
  enabled: true
  retain: {{days: 1, mode: all}}
  events: {{pre_capture: 2, post_capture: 2}}
snapshots: {{enabled: true}}
"""


@contextmanager
def running_site(folder: Path, motors: Camera) -> Iterator[Picket]:
    """Start cameras and program; ready when both cameras send pictures and have footage."""
    assert (PAGE_FOLDER / "index.html").is_file(), "The web page is not built: run `make web`"
    mounts = {
        "street": _camera_video(folder, "street_people_gt.mp4", rounds=200),
        "yard": _camera_video(folder, "cars_topview_parking.mp4", rounds=60),
    }
    model = DATA / "models" / "picodet_xs_320.onnx"
    with rtsp_server(mounts) as url:
        config = CONFIG.format(url=url, model=model, nobody=free_port(), motors=motors.port)
        with running_picket(folder, config, {"FRIGATE_ONVIF": motors.password}) as picket:
            wait_for(lambda: _is_going(picket), STARTED_S, "pictures and footage of the cameras")
            yield picket


def _camera_video(folder: Path, name: str, rounds: int) -> Path:
    """A clip as cameras send it, with sound and a keyframe every second or two; half an hour."""
    short = folder / f"short_{name}"
    rate = ["-r", "12.5"]
    encode = [
        *rate,
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-g",
        "25",
        "-bf",
        "0",
        "-c:a",
        "aac",
    ]
    source = DATA / "videos" / name
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(source), *encode, str(short)], check=True)
    return loop_video(short, folder / f"{name}.aac.mp4", rounds, keep_audio=True)


def _is_going(picket: Picket) -> bool:
    cameras = (picket.json("/api/stats") or {}).get("cameras", {})
    return all(
        cameras.get(name, {}).get("camera_fps", 0) > 0 and picket.json(f"/api/{name}/recordings")
        for name in CAMERAS
    )
