"""A camera follows a walker through a scene that is larger than its picture, and goes home."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from websockets.sync.client import connect

from tests.support.mount import VIEW_WIDTH, Mount
from tests.support.onvif_answers import EVERY_SPACE, FOLLOWING
from tests.support.onvif_camera import Camera, switched_on
from tests.support.servers import DATA, Picket, running_picket, wait_for
from tests.support.turning_camera import (
    WALKER_HEIGHT,
    WALKER_WIDTH,
    Scene,
    cut_walker,
    turning_camera,
)

WALK_PX = 60.0  # a second
FROM_X, TO_X, WALK_Y = 420.0, 1100.0, 260.0
FURTHEST, NEAREST = 0.3, 0.1
"""Pictures from the middle of the picture, where she turns back, and where she turns again."""

CONFIG = """
mqtt: {{enabled: false}}
detectors:
  onnx: {{type: onnx}}
model: {{path: {model}, model_type: yolox}}
cameras:
  room:
    ffmpeg: {{inputs: [{{path: {url}/room, roles: [detect]}}]}}
    detect: {{width: 640, height: 360, fps: 5}}
    objects: {{track: [person]}}
    zones: {{all: {{coordinates: "0,0,639,0,639,359,0,359", inertia: 1}}}}
    onvif:
      host: 127.0.0.1
      port: {port}
      user: admin
      password: hush-onvif
      autotracking:
        enabled: true
        {extra}
        required_zones: [all]
        return_preset: home
        timeout: 3
snapshots: {{enabled: true}}
"""

SMALL = 60
"""Pixels: how wide the patch is whom the camera looks closer at."""
CALIBRATED = """movement_weights: "0, 1, 0.1, 0.8, 0.5"
        zooming: absolute
        zoom_factor: 0.4"""


@dataclass
class Walk:
    """Somebody who goes on to the right as long as the camera has her in its picture.

    Whom it does not follow walks to and fro where it looks: however slow the machine is, she gets
    to her end only with the camera behind her.
    """

    mount: Mount
    x: float | None = None  # where her patch begins; None: she is not there
    direction: int = 1
    furthest: float = 0.0  # that she was from the middle, in pictures
    size: tuple[int, int] = (WALKER_WIDTH, WALKER_HEIGHT)  # of the patch
    speed_px: float = WALK_PX
    is_enough: Callable[[float], bool] = lambda x: x >= TO_X

    def place(self) -> tuple[float, float] | None:
        return None if self.x is None else (self.x, WALK_Y)

    def step(self, step_s: float) -> bool:
        """Whether she has arrived, and is gone."""
        assert self.x is not None
        (left, _), times = self.mount.window()
        off = (self.x + self.size[0] / 2 - left) * times / VIEW_WIDTH - 0.5
        self.furthest = max(self.furthest, abs(off))
        if off > FURTHEST:
            self.direction = -1
        elif off < NEAREST:
            self.direction = 1
        self.x += self.direction * self.speed_px * step_s
        if not self.is_enough(self.x):
            return False
        self.x = None
        return True


def test_a_camera_keeps_a_walker_in_its_picture_and_goes_home(tmp_path: Path) -> None:
    mount = Mount()
    walk = Walk(mount)
    with (
        turning_camera(Scene(mount, walk.place)) as url,
        switched_on(Camera(spaces=FOLLOWING, mount=mount)) as camera,
        running_picket(tmp_path, config(url, camera.port)) as picket,
        listening(picket) as told,
    ):
        weights = wait_for(lambda: measured(picket), 150, "calibration")
        assert min(map(float, weights[2:])) > 0  # it took time, and more the further it went
        wait_for(lambda: mount.is_home() and sees(picket), 150, "picture from home")
        walk.x = FROM_X
        go(walk)
        wait_for(lambda: active(told)[-2:] == ["ON", "OFF"], 150, "end of the pursuit")
        wait_for(mount.is_home, 150, "return")
        moves, events = camera.moves(), picket.json("/api/events?include_thumbnails=0")
    assert walk.furthest < 0.5
    assert moves[-1] == "GotoPreset main 1"
    assert [event["label"] for event in events] == ["person"]
    assert "Traceback" not in picket.log.read_text()


def test_a_camera_looks_closer_at_who_is_small_and_home_is_as_wide_as_before(
    tmp_path: Path,
) -> None:
    mount = Mount()
    walk = Walk(
        *(mount, None, 1, 0.0, (SMALL, 2 * SMALL), 20.0),
        is_enough=lambda _: mount.times() >= 1.4 and not mount.is_moving(),
    )
    patch = cv2.resize(cut_walker(), walk.size, interpolation=cv2.INTER_AREA).astype(np.uint8)
    with (
        turning_camera(Scene(mount, walk.place, patch=patch)) as url,
        switched_on(Camera(spaces=EVERY_SPACE, mount=mount)) as camera,
        running_picket(tmp_path, config(url, camera.port, CALIBRATED)) as picket,
        listening(picket) as told,
    ):
        wait_for(lambda: mount.is_home() and sees(picket), 150, "picture from home")
        walk.x = FROM_X + 100
        go(walk)
        wait_for(lambda: active(told)[-2:] == ["ON", "OFF"], 150, "end of the pursuit")
        wait_for(mount.is_home, 150, "return")
        moves, events = camera.moves(), picket.json("/api/events?include_thumbnails=0")
    assert walk.furthest < 0.5
    assert any(move.startswith("AbsoluteMove main x=0.05") for move in moves)
    assert moves[-1] == "GotoPreset main 1"
    assert [event["label"] for event in events] == ["person"]
    assert "Traceback" not in picket.log.read_text()


def go(walk: Walk) -> None:
    """She walks in real time, until she has arrived."""
    before = time.monotonic()
    deadline = before + 240
    while before < deadline:
        time.sleep(0.05)
        now = time.monotonic()
        if walk.step(min(now - before, 0.2)):
            return
        before = now
    raise AssertionError(f"the camera left her at {walk.x}, {walk.furthest:.2f} pictures off")


def config(url: str, port: int, extra: str = "calibrate_on_startup: true") -> str:
    model = DATA / "models" / "yolox_nano.onnx"
    return CONFIG.format(url=url, port=port, model=model, extra=extra)


def measured(picket: Picket) -> list[str]:
    told = picket.json("/api/config")
    return told["cameras"]["room"]["onvif"]["autotracking"]["movement_weights"] if told else []


def sees(picket: Picket) -> bool:
    stats = (picket.json("/api/stats") or {}).get("cameras", {}).get("room", {})
    return bool(stats.get("camera_fps", 0) > 0)


def active(told: list[Any]) -> list[str]:
    return [one["payload"] for one in told if one["topic"] == "room/ptz_autotracker/active"]


@contextmanager
def listening(picket: Picket) -> Iterator[list[Any]]:
    """Everything that is told over the WebSocket from now on."""
    wait_for(lambda: picket.json("/api/config"), 150, "server")
    told: list[Any] = []
    with connect(picket.url("/ws").replace("http", "ws")) as socket:

        def take() -> None:
            told.extend(json.loads(message) for message in socket)

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield told
    thread.join(10)
