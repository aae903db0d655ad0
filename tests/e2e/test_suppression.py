"""A parked car that is called false stays untold in the running program, until that is undone."""

from __future__ import annotations

import json
import os
import signal
import urllib.request
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest

from picket.domain.geometry import Box
from tests.support.servers import DATA, Picket, running_picket, wait_for

CONFIG = """
mqtt: {{enabled: false}}
detectors:
  onnx: {{type: onnx}}
model:
  path: {model}
  model_type: yolox
cameras:
  street:
    ffmpeg:
      inputs:
        - path: {video}
          roles: [detect, record]
    detect: {{width: 640, height: 352, fps: 5}}
    objects: {{track: [car], filters: {{car: {{threshold: 0.5}}}}}}
record:
  enabled: true
  retain: {{days: 1, mode: all}}
"""
WIDTH, HEIGHT = 640, 352
PARKED = 14
"""A car that stands at the right edge for the whole length of the video, by its number there."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("suppression")


@pytest.fixture(scope="module")
def config() -> str:
    return CONFIG.format(
        video=DATA / "videos" / "street_cars_gt.mp4", model=DATA / "models" / "yolox_nano.onnx"
    )


@pytest.fixture(scope="module")
def picket(folder: Path, config: str) -> Iterator[Picket]:
    with running_picket(folder, config) as running:
        yield running


def parked_box() -> Box:
    """Where the car stands, pixels."""
    lines = (DATA / "videos" / "street_cars_gt.gt.txt").read_text().splitlines()
    first = next(line.split(",") for line in lines if line.split(",")[1] == str(PARKED))
    x, y, width, height = (round(float(value)) for value in first[2:6])
    return Box(x, y, x + width, y + height)


def send(picket: Picket, method: str, path: str) -> Any:
    request = urllib.request.Request(picket.url(path), method=method)  # noqa: S310
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        return json.loads(answer.read())


def events(picket: Picket) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = picket.json("/api/events?include_thumbnails=0&limit=-1") or []
    return found


def is_there(event: dict[str, Any]) -> bool:
    box = Box.from_relative(event["data"]["box"], WIDTH, HEIGHT)
    return box.iou(parked_box()) >= 0.5


def known(picket: Picket) -> set[str]:
    return {event["id"] for event in events(picket)}


def parked(picket: Picket, before: Collection[str] = ()) -> dict[str, Any] | None:
    """An event of the parked car that was not there before."""
    new = (event for event in events(picket) if event["id"] not in before)
    return next((event for event in new if is_there(event)), None)


def quieted(picket: Picket) -> int:
    told = picket.json("/api/suppressions")
    return int(told[0]["quieted"]) if told else -1


def wait_until_quieted(picket: Picket, before: int) -> None:
    wait_for(lambda: quieted(picket) > before, 90, "quieted car")


@pytest.fixture(scope="module")
def marked(picket: Picket) -> dict[str, Any]:
    """The event of the parked car, called false while it runs."""
    event = wait_for(lambda: parked(picket), 90, "event of the parked car")
    assert event["end_time"] is None
    assert send(picket, "POST", f"/api/events/{event['id']}/suppress")["id"] == event["id"]
    return event


def test_a_marked_event_ends_and_stays_in_the_list(picket: Picket, marked: dict[str, Any]) -> None:
    url = f"/api/events/{marked['id']}"
    wait_for(lambda: picket.json(url)["end_time"], 10, "end of the marked event")
    assert picket.json(url)["false_positive"] is True
    assert picket.fetch(f"{url}/thumbnail.jpg")[1][:2] == b"\xff\xd8"


def test_the_same_car_is_not_told_again_while_others_are(
    picket: Picket, marked: dict[str, Any]
) -> None:
    before = known(picket)
    wait_until_quieted(picket, 0)
    wait_for(lambda: known(picket) - before, 90, "another car")
    assert parked(picket, {marked["id"]}) is None
    (told,) = picket.json("/api/suppressions")
    assert (told["id"], told["camera"], told["label"]) == (marked["id"], "street", "car")
    assert told["quieted_time"] > float(marked["id"].split("-")[0])


def test_a_killed_worker_knows_it_when_it_is_back(picket: Picket, marked: dict[str, Any]) -> None:
    before = quieted(picket)
    os.kill(picket.worker_pids()["street"], signal.SIGKILL)
    wait_until_quieted(picket, before)
    assert parked(picket, {marked["id"]}) is None


def test_when_it_is_undone_the_car_is_told_again(picket: Picket, marked: dict[str, Any]) -> None:
    assert send(picket, "DELETE", f"/api/suppressions/{marked['id']}")["success"] is True
    wait_for(lambda: parked(picket, {marked["id"]}), 90, "event of the parked car")
    assert picket.json(f"/api/events/{marked['id']}")["false_positive"] is None


def test_it_outlives_a_restart(
    picket: Picket, marked: dict[str, Any], folder: Path, config: str
) -> None:
    assert send(picket, "POST", f"/api/events/{marked['id']}/suppress")["success"] is True
    before, count = known(picket), quieted(picket)
    picket.stop()
    with running_picket(folder, config) as restarted:
        wait_until_quieted(restarted, count)
        assert parked(restarted, before) is None
        assert restarted.json("/api/suppressions")[0]["id"] == marked["id"]
    assert "Traceback" not in picket.log.read_text()
