"""From a camera's frame to a webhook, and on over the death of the server."""

from __future__ import annotations

import base64
import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import httpx
import numpy as np
import pytest

from tests.support.receiver import Answer, Receiver, receiver
from tests.support.servers import DATA, Picket, running_picket, wait_for

CONFIG = """
detectors: {{onnx: {{type: onnx}}}}
model: {{path: {model}, model_type: yolox}}
cameras:
  hall:
    ffmpeg: {{inputs: [{{path: {video}, roles: [detect]}}]}}
    detect: {{width: 768, height: 432, fps: 5, max_disappeared: 10, enabled: false}}
    objects: {{track: [person]}}
snapshots: {{enabled: true}}
notifications:
  base_url: https://nvr.example
  channels:
    hook: {{type: webhook, url: "{url}/hush-path"}}
  rules:
    visitor:
      {{channels: [hook], labels: [person], when: [begin, end], picture: inline, cooldown: 900}}
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """A running program that told of somebody."""

    picket: Picket
    there: Receiver

    def deliveries(self) -> list[dict[str, Any]]:
        shown = self.picket.json("/api/notifications") or {"deliveries": []}
        return list(shown["deliveries"])


def is_tested(picket: Picket) -> bool:
    """Whether the test button works, which it does once everything runs."""
    try:
        with httpx.Client(base_url=picket.url("")) as client:
            return client.post("/api/notifications/test").status_code == 200
    except httpx.TransportError:
        return False


def watch(picket: Picket) -> None:
    """Switch detection on."""
    with httpx.Client(base_url=picket.url("")) as client:
        answer = client.put("/api/config/set?cameras.hall.detect.enabled=true")
    assert answer.status_code == 200, answer.text


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    folder: Path = tmp_path_factory.mktemp("visit")
    with receiver() as there:
        config = CONFIG.format(
            model=DATA / "models" / "yolox_nano.onnx",
            video=DATA / "videos" / "indoor_one_by_one_person.mp4",
            url=there.url,
        )
        with running_picket(folder, config) as picket:
            visit = Visit(picket, there)
            wait_for(lambda: is_tested(picket), 60, "test")
            there.got.clear()
            watch(picket)  # not before: who comes while the server starts is told when it did
            wait_for(visit.deliveries, 90, "notification")
            there.usual = Answer(503)  # from now on nobody is at home
            yield visit


def test_somebody_is_told_within_a_second_of_being_believed(visit: Visit) -> None:
    told, body = visit.deliveries()[-1], visit.there.bodies[0]
    assert (told["fate"], told["attempts"], told["key"]) == ("delivered", 1, body["key"])
    assert told["stages"]["believed_to_acknowledged"] <= 1.0, told["stages"]
    assert visit.there.got[0].time <= told["time"]
    assert (body["camera"], body["label"], body["when"]) == ("hall", "person", "begin")
    assert body["picture_link"] == f"https://nvr.example/api/events/{body['event_id']}/snapshot.jpg"


def test_the_picture_shows_him(visit: Visit) -> None:
    jpeg = base64.b64decode(visit.there.bodies[0]["picture"])
    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape == (720, 1280, 3)


def test_a_killed_server_goes_on_with_what_nobody_took_and_tells_nothing_twice(
    visit: Visit,
) -> None:
    began = visit.there.bodies[0]["key"]
    wait_for(lambda: len(visit.there.got) > 1, 60, "end of the visit")
    ended = visit.there.bodies[1]
    assert (ended["when"], ended["event_id"]) == ("end", visit.there.bodies[0]["event_id"])
    (server,) = visit.picket.roles()["server"]
    os.kill(server, signal.SIGKILL)
    before = len(visit.there.got)
    visit.there.usual = Answer(200)
    wait_for(visit.deliveries, 40, "delivery after the restart")
    (delivered,) = visit.deliveries()
    assert (delivered["key"], delivered["fate"]) == (ended["key"], "delivered")
    later = visit.there.bodies[before:]
    assert {one["key"] for one in later} == {ended["key"]}
    assert [one["key"] for one in visit.there.bodies].count(began) == 1
    assert list((visit.picket.media / "notifications" / "outbox").iterdir()) == []
    visit.picket.stop()
    log = visit.picket.log.read_text()
    assert "Traceback" not in log
    assert "hush" not in log
