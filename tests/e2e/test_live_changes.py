"""Settings change while cameras run: at once, without touching others, and over restarts."""

from __future__ import annotations

import json
import os
import signal
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import psutil
import pytest

from tests.support.servers import DATA, Picket, running_picket, wait_for

CONFIG = """
# street and yard
mqtt: {{enabled: false}}
detectors:
  onnx: {{type: onnx}}
model:
  path: {model}
  model_type: yolox
record:
  enabled: true
  retain: {{days: 1, mode: all}}
snapshots: {{enabled: true}}
cameras:
  street:
    ffmpeg:
      inputs:
        - path: {video}
          roles: [detect, record]
    detect: {{width: 626, height: 360, fps: 5}}
  yard:
    ffmpeg:
      inputs:
        - path: {video}
          roles: [detect, record]
    detect: {{width: 626, height: 360, fps: 5, enabled: false}}
"""
EVERYWHERE = "0,0,625,0,625,359,0,359"


@pytest.fixture(scope="module")
def picket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Picket]:
    config = CONFIG.format(
        video=DATA / "videos" / "street_people_gt.mp4", model=DATA / "models" / "yolox_nano.onnx"
    )
    with running_picket(tmp_path_factory.mktemp("live"), config) as running:
        wait_for(lambda: rate(running, "street", "detection_fps") > 0, 60, "look of the detector")
        wait_for(lambda: rate(running, "yard", "process_fps") > 0, 60, "picture")
        yield running


def rate(picket: Picket, camera: str, name: str) -> float:
    stats = picket.json("/api/stats") or {}
    return float(stats.get("cameras", {}).get(camera, {}).get(name, 0.0))


def send(picket: Picket, method: str, path: str) -> tuple[int, Any]:
    request = urllib.request.Request(picket.url(path), method=method)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def change(picket: Picket, **settings: str) -> str:
    query = "&".join(f"{key.replace('__', '.')}={quote(value)}" for key, value in settings.items())
    status, answer = send(picket, "PUT", f"/api/config/set?{query}")
    assert (status, answer["success"]) == (200, True), answer
    return str(answer["message"])


def living_children(process: psutil.Process) -> set[int]:
    return {one.pid for one in process.children() if one.status() != psutil.STATUS_ZOMBIE}


def gaps(picket: Picket, camera: str) -> list[Any]:
    return [gap for gap in picket.json(f"/api/gaps?camera={camera}") if gap["reason"] != "restart"]


def test_a_zone_that_is_drawn_is_entered_by_who_walks_there(picket: Picket) -> None:
    pids = picket.worker_pids()
    told = change(picket, cameras__street__zones__pavement__coordinates=EVERYWHERE)
    assert told == "Config successfully updated."
    event = wait_for(
        lambda: picket.json("/api/events?zones=pavement&include_thumbnails=0"), 60, "visit"
    )[0]
    assert event["camera"] == "street"
    assert "# street and yard" in picket.json("/api/config") or "# street and yard" in (
        picket.fetch("/api/config/raw")[1].decode()
    )
    assert picket.worker_pids() == pids
    assert gaps(picket, "yard") == gaps(picket, "street") == []


def test_detection_and_motion_are_switched_for_one_camera_alone(picket: Picket) -> None:
    change(picket, cameras__street__detect__enabled="false")
    wait_for(lambda: rate(picket, "street", "detection_fps") == 0, 30, "rest of the detector")
    assert picket.json("/api/stats")["cameras"]["street"]["detection_enabled"] == 0
    assert rate(picket, "street", "process_fps") > 0
    change(picket, cameras__street__detect__enabled="true")
    wait_for(lambda: rate(picket, "street", "detection_fps") > 0, 30, "look of the detector")


def test_recording_that_is_paused_is_a_gap_with_its_reason(picket: Picket) -> None:
    change(picket, cameras__yard__record__enabled="false")
    gap = wait_for(lambda: gaps(picket, "yard"), 20, "gap")[0]
    assert (gap["reason"], gap["end_time"]) == ("disabled", None)
    change(picket, cameras__yard__record__enabled="true")
    ended = wait_for(
        lambda: [one for one in gaps(picket, "yard") if one["end_time"]], 20, "end of the gap"
    )[0]
    assert ended["id"] == gap["id"]
    assert gaps(picket, "street") == []


def test_what_was_changed_outlives_every_process_that_dies(picket: Picket) -> None:
    change(picket, cameras__street__motion__threshold="44")
    before = picket.worker_pids()
    for pid in {*before.values(), picket.json("/api/stats")["processes"]["server"]["pid"]}:
        os.kill(pid, signal.SIGKILL)
    wait_for(
        lambda: picket.worker_pids() and not {*picket.worker_pids().values()} & {*before.values()},
        60,
        "new worker",
    )
    street = picket.json("/api/config")["cameras"]["street"]
    assert street["motion"]["threshold"] == 44
    assert list(street["zones"]) == ["pavement"]
    wait_for(lambda: rate(picket, "street", "detection_fps") > 0, 60, "look of the detector")


def test_a_restart_takes_what_had_to_wait(picket: Picket) -> None:
    told = change(picket, cameras__yard__detect__fps="2")
    assert told.endswith("Restart to apply: cameras.yard.detect.fps.")
    started = picket.json("/api/stats")["service"]["uptime"]
    assert "runtime.program: 2 cameras" in picket.fetch("/api/logs/frigate")[1].decode()
    main = psutil.Process(picket.process.pid)
    children = living_children(main)
    assert send(picket, "POST", "/api/restart")[1]["success"] is True
    wait_for(
        lambda: (
            (picket.json("/api/config") or {"cameras": {"yard": {"detect": {"fps": 5}}}})[
                "cameras"
            ]["yard"]["detect"]["fps"]
            == 2
        ),
        60,
        "program that was started again",
    )
    assert main.is_running()
    assert not children & living_children(main)
    assert picket.json("/api/stats")["service"]["uptime"] <= started + 60
    wait_for(lambda: rate(picket, "yard", "process_fps") > 0, 60, "picture")
    reasons = {gap["reason"] for gap in picket.json("/api/gaps")}
    assert reasons <= {"restart", "disabled"}
    assert picket.stop() < 10
