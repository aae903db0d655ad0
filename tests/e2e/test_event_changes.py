"""Clients change events of the running program, also those of objects that are still there."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

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
    detect: {{width: 626, height: 360, fps: 5}}
    objects: {{track: [person]}}
record:
  enabled: true
  retain: {{days: 1, mode: all}}
snapshots: {{enabled: true}}
"""


@pytest.fixture(scope="module")
def picket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Picket]:
    video = DATA / "videos" / "street_people_gt.mp4"
    model = DATA / "models" / "yolox_nano.onnx"
    config = CONFIG.format(video=video, model=model)
    with running_picket(tmp_path_factory.mktemp("changes"), config) as running:
        status = "/api/stats"
        wait_for(
            lambda: (running.json(status) or {}).get("cameras", {}).get("street"), 30, "camera"
        )
        wait_for(
            lambda: running.json(status)["cameras"]["street"]["process_fps"] > 0, 30, "picture"
        )
        yield running


def send(picket: Picket, method: str, path: str, body: object = None) -> tuple[int, Any]:
    data = None if body is None else json.dumps(body).encode()
    headers = {} if body is None else {"Content-Type": "application/json"}
    request = urllib.request.Request(  # noqa: S310
        picket.url(path), data, headers, method=method
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def running_person(picket: Picket) -> Any:
    found = wait_for(
        lambda: picket.json("/api/events?in_progress=1&labels=person"), 60, "person in sight"
    )
    return found[0]


def pictures_of(picket: Picket, event_id: str) -> list[str]:
    return sorted(path.name for path in (picket.media / "clips").glob(f"*{event_id}*"))


def test_a_manual_event_lives_through_every_change(picket: Picket) -> None:
    body = {"sub_label": "ring", "duration": 5, "draw": {"boxes": [{"box": [0.5, 0.5, 0.2, 0.2]}]}}
    status, told = send(picket, "POST", "/api/events/street/doorbell/create", body)
    assert (status, told["success"]) == (200, True)
    url = f"/api/events/{told['event_id']}"
    event = picket.json(url)
    assert (event["label"], event["sub_label"]) == ("doorbell", "ring")
    assert (event["has_clip"], event["has_snapshot"]) == (True, True)
    assert event["end_time"] == pytest.approx(event["start_time"] + 15, abs=1e-5)
    assert picket.fetch(f"{url}/snapshot.jpg")[1][:2] == b"\xff\xd8"
    assert len(pictures_of(picket, event["id"])) == 2
    named = {"subLabel": "post", "subLabelScore": 0.5}
    assert send(picket, "POST", f"{url}/sub_label", named)[0] == 200
    assert send(picket, "POST", f"{url}/retain")[0] == 200
    changed = picket.json(url)
    assert (changed["sub_label"], changed["data"]["sub_label_score"]) == ("post", 0.5)
    assert changed["retain_indefinitely"] is True
    assert send(picket, "DELETE", f"{url}/retain", {})[0] == 200
    assert picket.json(url)["retain_indefinitely"] is False
    assert send(picket, "DELETE", url)[0] == 200
    assert picket.fetch(url)[0] == 404
    assert pictures_of(picket, event["id"]) == []
    assert send(picket, "DELETE", url)[0] == 404


def test_an_open_event_runs_until_it_is_ended(picket: Picket) -> None:
    _, told = send(picket, "POST", "/api/events/street/gate/create", {"duration": None})
    url = f"/api/events/{told['event_id']}"
    assert picket.json(url)["end_time"] is None
    assert send(picket, "PUT", f"{url}/end", {})[0] == 200
    ended = picket.json(url)
    assert ended["end_time"] > ended["start_time"]


def test_a_name_given_to_a_running_object_stays(picket: Picket) -> None:
    url = f"/api/events/{running_person(picket)['id']}"
    assert send(picket, "POST", f"{url}/sub_label", {"subLabel": "Ann"})[0] == 200
    assert picket.json(url)["sub_label"] == "Ann"
    ended = wait_for(
        lambda: event if (event := picket.json(url))["end_time"] else None, 60, "end of the event"
    )
    assert ended["sub_label"] == "Ann"


def test_a_deleted_running_event_does_not_come_back(picket: Picket) -> None:
    deleted = running_person(picket)
    url = f"/api/events/{deleted['id']}"
    assert send(picket, "DELETE", url)[0] == 200
    assert picket.fetch(url)[0] == 404
    # The video begins anew every eight seconds, so whoever was there has left before a later
    # visitor does.
    after = deleted["start_time"] + 10
    later = f"/api/events?in_progress=0&labels=person&after={after}"
    wait_for(lambda: picket.json(later), 60, "end of a later event")
    assert picket.fetch(url)[0] == 404
    assert picket.json(f"/api/timeline?source_id={deleted['id']}") == []
    assert pictures_of(picket, deleted["id"]) == []


def test_a_recorded_instant_can_be_looked_at(picket: Picket) -> None:
    rows = wait_for(lambda: picket.json("/api/street/recordings"), 30, "recording")
    time = rows[0]["start_time"] + 1
    status, body = picket.fetch(f"/api/street/recordings/{time}/snapshot.png")
    assert (status, body[:4]) == (200, b"\x89PNG")


def test_ffprobe_tells_of_the_camera(picket: Picket) -> None:
    (told,) = picket.json("/api/ffprobe?paths=camera:street")
    assert told["stdout"]["streams"][0]["width"] == 626


def test_a_clean_stop_leaves_no_trace_of_a_fault(picket: Picket) -> None:
    assert picket.stop() < 5.0
    assert "Traceback" not in picket.log.read_text()
