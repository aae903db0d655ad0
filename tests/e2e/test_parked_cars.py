"""The parked cars of a real street are told once, whatever is killed or started again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.servers import (
    DATA,
    Picket,
    end_tree,
    loop_video,
    rtsp_server,
    running_picket,
    wait_for,
)

ALIKE = 0.5
"""Overlap from which on two boxes show one parked car; between neighbours it is smaller."""

SURE_WIDTH = 0.08
"""Of the picture. Narrower cars, and halves behind a post, are found by some looks only:
one that stood in the first second may then not be seen again for minutes, and alarms nobody."""

CONFIG = """
mqtt: {{enabled: false}}
detectors:
  onnx: {{type: onnx}}
model: {{path: {model}, model_type: yolox}}
cameras:
  street:
    ffmpeg:
      inputs: [{{path: {url}/street, roles: [detect, record]}}]
    detect: {{width: 640, height: 352, fps: 5, stationary: {{threshold: 20, interval: 25}}}}
    objects: {{track: [car], filters: {{car: {{threshold: 0.5}}}}}}
record: {{enabled: true, retain: {{days: 1, mode: all}}}}
snapshots: {{enabled: true}}
"""


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A camera that sees only parked cars: the seconds in which nobody drives, over and over."""
    folder = tmp_path_factory.mktemp("street")
    short = folder / "short.mp4"
    source = DATA / "videos" / "street_cars_gt.mp4"
    cut = ["-ss", "9.4", "-i", str(source), "-t", "1.6"]
    encode = ["-c:v", "libx264", "-preset", "veryfast", "-g", "12", "-bf", "0", "-an", str(short)]
    subprocess.run(["ffmpeg", "-v", "error", *cut, *encode], check=True)
    with rtsp_server({"street": loop_video(short, folder / "long.mp4", rounds=400)}) as url:
        yield url


def running(picket: Picket) -> list[Any]:
    return list(picket.json("/api/events?in_progress=1&include_thumbnails=0") or [])


def standing(picket: Picket) -> dict[str, Any]:
    """The residents that are being tracked, by id."""
    found = picket.json("/api/street/residents") or []
    return {one["id"]: one for one in found if one["whereabouts"] == "standing"}


def surely_standing(picket: Picket) -> dict[str, Any]:
    """Those of them that a model surely finds."""
    return {key: one for key, one in standing(picket).items() if one["box"][2] >= SURE_WIDTH}


def kept(picket: Picket) -> set[str]:
    """Ids of the residents that are on the disk."""
    file = picket.media / "residents" / "street.json"
    return {one["id"] for one in json.loads(file.read_text())} if file.is_file() else set()


def alarms(picket: Picket, car: Any) -> list[str]:
    """Ids of the events of a resident."""
    found = picket.json("/api/events?include_thumbnails=0&limit=1000")
    return [e["id"] for e in found if overlap(e["data"]["box"], car["box"]) > ALIKE]


def alarms_of(picket: Picket, known: dict[str, Any]) -> dict[str, list[str]]:
    """Ids of the events of each resident."""
    return {key: alarms(picket, car) for key, car in known.items()}


def overlap(one: list[float], other: list[float]) -> float:
    """Intersection over union of boxes as x, y, width, height."""
    sides = (
        max(min(one[n] + one[n + 2], other[n] + other[n + 2]) - max(one[n], other[n]), 0.0)
        for n in (0, 1)
    )
    shared = next(sides) * next(sides)
    return shared / (one[2] * one[3] + other[2] * other[3] - shared)


def test_restarts_and_kills_make_no_event_of_a_parked_car(street: str, tmp_path: Path) -> None:
    config = CONFIG.format(url=street, model=DATA / "models" / "yolox_nano.onnx")
    with running_picket(tmp_path, config) as picket:
        known = wait_for(lambda: surely_standing(picket), 60, "car that stands about")
        told = {key: [key] for key in known}  # the rows come a moment after they are known to stand
        wait_for(lambda: alarms_of(picket, known) == told, 60, f"one event each, {known}")
        wait_for(lambda: known.keys() <= kept(picket), 60, "file of residents")
        os.kill(picket.worker_pids()["street"], signal.SIGKILL)
        wait_for(lambda: not running(picket), 30, "end of the events that the worker ran")
        expect_quiet(picket, known, "after a kill of the worker")
        picket.stop()
    with running_picket(tmp_path, config) as picket:
        expect_quiet(picket, known, "after a stop")
        end_tree(picket.process)
    with running_picket(tmp_path, config) as picket:
        expect_quiet(picket, known, "after a kill of everything")
        victim = detector_pid(picket)
        os.kill(victim, signal.SIGKILL)
        wait_for(lambda: detector_pid(picket) not in (0, victim), 40, "another detector")
        expect_quiet(picket, known, "after a kill of the detector")
        picket.stop()


def detector_pid(picket: Picket) -> int:
    stats = picket.json("/api/stats") or {}
    return next((int(one["pid"]) for one in stats.get("detectors", {}).values()), 0)


def expect_quiet(picket: Picket, known: dict[str, Any], when: str) -> None:
    """All of the cars are found again, and none of them has a second event."""
    wait_for(lambda: known.keys() <= standing(picket).keys(), 150, f"parked cars {when}")
    assert alarms_of(picket, known) == {key: [key] for key in known}, when
