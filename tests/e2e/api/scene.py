"""Four cameras of a running program, and words for what the tests look for there."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.support.servers import (
    DATA,
    Picket,
    loop_video,
    rtsp_server,
    running_picket,
    wait_for,
)

Json = Any  # the tests know the shape

CAMERAS = ("street", "garden", "yard", "porch")
FRAMES_S = 15
"""Frames a second of `street`, `garden` and `yard`."""

STARTED_S = 150
"""How long the first events and segments may take on a busy machine."""

CONFIG = """
mqtt: {{host: 127.0.0.1, user: nvr, password: hush-broker, enabled: false}}
ui: {{timezone: UTC}}
detectors:
  onnx: {{type: onnx}}
model: {{path: {model}, model_type: yolox}}
cameras:
  street:  # people come and go
    ffmpeg: {{inputs: [{{path: "{login}/street", roles: [detect, record]}}]}}
    detect: {{width: 626, height: 360, fps: 5, max_disappeared: 5}}
    objects: {{track: [person]}}
    zones:
      pavement: {{coordinates: "0.0,0.0,1.0,0.0,1.0,1.0,0.0,1.0"}}
  garden:  # a woman stays for ever
    ffmpeg: {{inputs: [{{path: "{login}/garden", roles: [detect, record]}}]}}
    detect: {{width: 640, height: 360, fps: 3}}
    objects: {{track: [person]}}
  yard:  # the same picture, where a dog comes and goes
    ffmpeg: {{inputs: [{{path: "{login}/yard", roles: [detect, record]}}]}}
    detect: {{width: 640, height: 360, fps: 5, max_disappeared: 3}}
    objects: {{track: [dog]}}
    snapshots: {{enabled: false}}
  porch:  # nothing ever moves
    ffmpeg: {{inputs: [{{path: "{login}/porch", roles: [detect, record]}}]}}
    detect: {{width: 320, height: 180, fps: 5}}
    objects: {{track: [person]}}
    zones:
      step: {{coordinates: "0.25,0.25,0.75,0.25,0.75,0.75,0.25,0.75"}}
    motion: {{mask: ["0.0,0.8,1.0,0.8,1.0,1.0,0.0,1.0"]}}
record:
  enabled: true
  retain: {{days: 1, mode: all}}
  events: {{pre_capture: 2, post_capture: 2}}
snapshots: {{enabled: true}}
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """The running program, and a client of it."""

    picket: Picket
    client: httpx.Client

    def json(self, path: str, **params: Any) -> Json:
        """The JSON of a GET that must succeed."""
        answer = self.client.get(path, params=params)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/json"
        return answer.json()

    def events(self, **params: Any) -> list[Json]:
        """Events that match, newest first; all of them without parameters."""
        wanted = {"include_thumbnails": 0, "limit": -1, **params}
        return list(self.json("/api/events", **wanted))

    def ended(self) -> Json:
        """The oldest visit on the street that is over and has everything.

        A busy machine may see somebody in too few frames to enter a zone.
        """
        wanted = {"camera": "street", "zones": "pavement", "has_snapshot": 1, "has_clip": 1}
        return self.events(in_progress=0, **wanted)[-1]

    def running(self) -> Json:
        """The woman in the garden."""
        return self.events(camera="garden", in_progress=1)[0]

    def online(self) -> Json:
        """The figures of all cameras once each of them sends pictures.

        The server of the test's cameras rewinds a stream when somebody else joins, such as
        ffprobe; then it is connected to anew.
        """

        def attempt() -> Json:
            cameras = self.json("/api/stats")["cameras"]
            return cameras if all(one["camera_fps"] > 0 for one in cameras.values()) else None

        return wait_for(attempt, 90, "pictures of every camera")

    def create(self, label: str, body: Json = None, camera: str = "porch") -> str:
        """Begin a manual event; its id."""
        answer = self.client.post(f"/api/events/{camera}/{label}/create", json=body or {})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["event_id"])

    def segments(self, camera: str) -> list[Json]:
        """Closed segments, oldest first."""
        return list(self.json(f"/api/{camera}/recordings"))[:-1]


@contextmanager
def running_scene(folder: Path) -> Iterator[Scene]:
    """Start cameras and program; ready when there is a segment of each and events of all kinds."""
    model = DATA / "models" / "yolox_nano.onnx"
    garden = _camera_video(folder, "dog_and_person_gt.mp4")
    mounts = {
        "street": _camera_video(folder, "street_people_gt.mp4"),
        "garden": garden,
        "yard": garden,
        "porch": _still_video(folder),
    }
    with rtsp_server(mounts) as url:
        login = url.replace("rtsp://", "rtsp://admin:hush-camera@")
        with (
            running_picket(folder, CONFIG.format(login=login, model=model)) as picket,
            httpx.Client(base_url=picket.url(""), timeout=10) as client,
        ):
            scene = Scene(picket, client)
            wait_for(lambda: picket.json("/api/stats"), STARTED_S, "answer")
            wait_for(lambda: _is_ready(scene), STARTED_S, "events and segments")
            yield scene


def _is_ready(scene: Scene) -> bool:
    ended = {"in_progress": 0, "has_clip": 1}
    return (
        all(scene.segments(camera) for camera in CAMERAS)
        and bool(scene.events(camera="street", zones="pavement", has_snapshot=1, **ended))
        and bool(scene.events(camera="yard", **ended))
        and bool(scene.events(camera="garden", in_progress=1, has_snapshot=1))
    )


def _camera_video(folder: Path, name: str) -> Path:
    """A clip with a keyframe every second, as cameras send it, for ten minutes."""
    short = folder / f"short_{name}"
    rate = ["-r", str(FRAMES_S), "-g", str(FRAMES_S)]
    encode = [*rate, "-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-an"]
    source = DATA / "videos" / name
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(source), *encode, str(short)], check=True)
    return loop_video(short, folder / f"long_{name}", rounds=75)


def _still_video(folder: Path) -> Path:
    """Grey with one bright square, and a tone; ten minutes."""
    scene = "color=gray:s=320x180:r=10:d=20,drawbox=20:20:40:40:white:fill"
    sound = ["-f", "lavfi", "-i", "sine=440:r=16000:d=20", "-c:a", "aac"]
    encode = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-pix_fmt", "yuv420p"]
    short = folder / "porch.aac.mp4"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", scene, *sound, *encode, str(short)]
    subprocess.run(command, check=True)
    return loop_video(short, folder / "porch_long.aac.mp4", rounds=30, keep_audio=True)
