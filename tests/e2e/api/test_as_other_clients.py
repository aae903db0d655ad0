"""Notifiers, face and plate recognizers, backups and the TypeScript client, request by request."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest
from pydantic import BaseModel, ConfigDict, TypeAdapter

from tests.e2e.api.pictures import decode, read_picture, size
from tests.e2e.api.scene import Scene
from tests.support.servers import decode_errors


class NotifyData(BaseModel):
    """Go's types of frigate-notify."""

    model_config = ConfigDict(strict=True)

    attributes: list[dict[str, object]]
    box: list[float] | None
    region: list[float] | None
    score: float
    top_score: float
    type: str


class NotifyEvent(BaseModel):
    model_config = ConfigDict(strict=True)

    id: str
    camera: str
    label: str
    sub_label: str | None
    start_time: float
    end_time: float | None
    has_clip: bool
    has_snapshot: bool
    zones: list[str]
    thumbnail: str | None = None
    data: NotifyData


def test_frigate_notify_reads_the_version_and_polls_events(scene: Scene) -> None:
    assert int(scene.client.get("/api/version").text.split(".")[1]) == 13
    after = scene.ended()["start_time"] - 0.000001
    answer = scene.client.get(f"/api/events?include_thumbnails=0&after={after:.6f}")
    events = TypeAdapter(list[NotifyEvent]).validate_json(answer.content)
    assert events
    for event in events:
        NotifyEvent.model_validate_json(scene.client.get(f"/api/events/{event.id}").content)


def test_frigate_notify_fetches_pictures_and_clip_or_a_404(scene: Scene) -> None:
    for event in (scene.ended(), scene.running()):
        url = f"/api/events/{event['id']}"
        read_picture(scene.client.get(f"{url}/snapshot.jpg?bbox=1&timestamp=1&crop=1"))
        clip = scene.client.get(f"{url}/clip.mp4")
        assert clip.status_code == 200
        assert len(clip.content) > 10_000
    assert scene.client.get("/api/events/1.0-nobody/clip.mp4").status_code == 404


def test_double_take_looks_at_a_running_event_and_names_it(scene: Scene) -> None:
    scene.client.get("/api/version", timeout=5)
    url = f"/api/events/{scene.running()['id']}"
    cropped = read_picture(scene.client.get(f"{url}/snapshot.jpg?crop=1&h=500"))
    assert size(cropped) == (500, 500)
    whole = read_picture(scene.client.get("/api/garden/latest.jpg?h=500"))
    assert whole.shape[0] == 500
    for body in ({"subLabel": "ann, bob", "subLabelScore": 0.5}, {"subLabel": "ann, bob"}):
        assert scene.client.post(f"{url}/sub_label", json=body).status_code == 200
        assert scene.json(url)["sub_label"] == "ann, bob"


def test_plate_recognizer_looks_at_a_running_event_and_names_it(scene: Scene) -> None:
    url = f"/api/events/{scene.running()['id']}"
    for crop in (0, 1):
        read_picture(scene.client.get(f"{url}/snapshot.jpg?crop={crop}&quality=95"))
    assert isinstance(scene.json(url)["data"]["attributes"], list)
    body = json.dumps({"subLabel": "AB-C 123"})
    headers = {"Content-Type": "application/json"}
    named = scene.client.post(f"{url}/sub_label", content=body, headers=headers)
    assert named.status_code == 200
    assert scene.json(url)["sub_label"] == "AB-C 123"


def test_clip_backupper_joins_clip_and_snapshot(scene: Scene, tmp_path: Path) -> None:
    ended = scene.ended()
    bounds = {"after": ended["start_time"] - 1, "before": ended["end_time"]}
    listed = scene.events(has_clip=1, **bounds)
    assert ended["id"] in [event["id"] for event in listed if event["end_time"] is not None]
    clip, copy = tmp_path / "clip.mp4", tmp_path / "copy.mp4"
    clip.write_bytes(scene.client.get(f"/api/events/{ended['id']}/clip.mp4").content)
    read_picture(scene.client.get(f"/api/events/{ended['id']}/snapshot.jpg?quality=100"))
    command = ["ffmpeg", "-v", "error", "-i", str(clip), "-c", "copy", str(copy)]
    assert subprocess.run(command, check=True, capture_output=True).stderr == b""
    assert decode_errors(copy) == ""


def test_typescript_client_splits_the_stream_and_reads_errors(scene: Scene) -> None:
    with scene.client.stream("GET", "/api/porch?fps=10") as answer:
        rest, parts = b"", []
        for data in answer.iter_bytes():
            *parts, rest = (rest + data).split(b"\r\n--frame\r\n")
            if parts:
                break
    decode(parts[0].split(b"\r\n\r\n", 1)[1])
    for method, path in (
        ("GET", "/api/events/1.0-nobody"),
        ("DELETE", "/api/events/1.0-nobody"),
        ("GET", "/api/nobody/latest.jpg"),
        ("GET", "/api/ffprobe"),
        ("POST", "/api/events/nobody/bell/create"),
        ("PUT", "/api/version"),
        ("GET", "/api/nothing/of/the/kind"),
    ):
        refused = scene.client.request(method, path)
        assert 400 <= refused.status_code < 500, path
        assert refused.json()["success"] is False
        assert refused.json()["message"]


def test_viewers_cache_busters_and_long_labels_are_no_trouble(scene: Scene) -> None:
    assert scene.client.get("/api/porch/latest.jpg?bbox=1&ts=170123.5").status_code == 200
    label = "front door bell é"
    scene.create(quote(label))
    assert label in scene.json("/api/labels")
    assert label in scene.json("/api/labels", camera="porch")
    assert label not in scene.json("/api/labels", camera="street")
    read_picture(scene.client.get(f"/api/porch/{quote(label)}/thumbnail.jpg"))


@pytest.mark.parametrize("path", ["/api/stats", "/api/garden/latest.jpg"])
def test_a_page_needs_its_token_and_gets_no_cors(scene: Scene, path: str) -> None:
    origin = {"Origin": "http://elsewhere"}
    refused = scene.client.get(path, headers=origin)
    assert (refused.status_code, refused.json()["success"]) == (401, False)
    token = {**origin, "X-CSRF-TOKEN": "1", "X-CACHE-BYPASS": "1"}
    answer = scene.client.get(path, headers=token)
    assert answer.status_code == 200
    assert not [name for name in answer.headers if name.startswith("access-control")]
