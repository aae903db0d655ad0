"""POST /api/cameras/probe and /api/cameras."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from picket.config.load import load_text
from picket.media.jpeg import decode_picture
from tests.contract.conftest import CONFIG_TEXT, Door
from tests.support.recordings import video_path
from tests.support.servers import free_port, rtsp_server
from tests.support.web_server import web_server
from tests.support.zoo import pictures, run_ffmpeg, x264

PROBE, ADD = "/api/cameras/probe", "/api/cameras"
YARD: dict[str, Any] = {
    "name": "yard",
    "inputs": [
        {"url": "rtsp://admin:hush@10.0.0.9/sub", "roles": ["detect"]},
        {"url": "rtsp://admin:hush@10.0.0.9/main", "roles": ["record"]},
    ],
}


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    clip = tmp_path_factory.mktemp("web") / "clip.ts"
    run_ffmpeg("-i", video_path("street_people_gt.mp4"), "-c", "copy", clip)
    playlist = b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"
    answers = {
        "/clip.ts": (200, clip.read_bytes()),
        "/page": (200, b"<html>no video</html>"),
        "/locked": (401, b""),
        "/list.m3u8": (200, playlist),
    }
    with web_server(answers) as address:
        yield address


@pytest.mark.endpoint(f"POST {PROBE}", "body.url")
def test_an_address_is_tried_and_shown(door: Door, web: str) -> None:
    answer = door.client.request("POST", PROBE, json={"url": f"{web}/clip.ts"})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    stream = {"codec": "h264", "width": 626, "height": 360, "fps": 30.0, "has_audio": True}
    assert found["streams"] == [stream]
    assert found["suggested_roles"] == ["detect", "record"]
    kind, _, data = found["picture"].partition(",")
    assert kind == "data:image/jpeg;base64"
    assert decode_picture(b64decode(data)).shape == (360, 626, 3)


@pytest.mark.endpoint(f"POST {PROBE}", "body.url")
def test_an_rtsp_camera_is_tried_by_its_own_protocol(door: Door, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    run_ffmpeg(*pictures(20, size="320x180"), *x264(25), clip)
    with rtsp_server({"front": clip}) as url:
        address = f"{url.replace('//', '//admin:pass word@')}/front"
        found = door.client.request("POST", PROBE, json={"url": address}).json()
    assert (found["streams"][0]["width"], found["streams"][0]["codec"]) == (320, "h264")
    assert found["picture"]


@pytest.mark.endpoint(f"POST {PROBE}", "body.url")
@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("/page", 400, "video stream"),
        ("/locked", 400, "password"),
        ("/gone", 400, "path"),
        ("/list.m3u8", 400, "camera"),
    ],
)
def test_what_is_no_camera_is_refused_with_the_reason(
    door: Door, web: str, path: str, status: int, word: str
) -> None:
    address = web.replace("http://", "http://admin:hush@") + path
    answer = door.client.request("POST", PROBE, json={"url": address})
    assert answer.status_code == status
    assert word in answer.json()["message"]
    assert "hush" not in answer.text
    assert "root:" not in answer.text


@pytest.mark.endpoint(f"POST {PROBE}", "body.url")
@pytest.mark.parametrize("url", ["/etc/passwd", "file:///etc/passwd", "", 5, None])
def test_only_the_network_is_asked(door: Door, url: object) -> None:
    answer = door.client.request("POST", PROBE, json={"url": url})
    assert (answer.status_code, answer.json()["success"]) == (400, False)


@pytest.mark.endpoint(f"POST {PROBE}", "body.url")
def test_nobody_there_is_told_soon(door: Door) -> None:
    url = f"rtsp://127.0.0.1:{free_port()}/1"
    answer = door.client.request("POST", PROBE, json={"url": url})
    assert "refuses the connection" in answer.json()["message"]


@pytest.mark.endpoint(f"POST {PROBE}")
@pytest.mark.endpoint(f"POST {ADD}")
@pytest.mark.parametrize("path", [PROBE, ADD])
def test_another_sites_page_can_do_neither(door: Door, path: str) -> None:
    headers = {"Origin": "http://elsewhere"}
    answer = door.client.request("POST", path, json=YARD, headers=headers)
    assert answer.status_code == 401


@pytest.mark.endpoint(f"POST {ADD}", "body.name", "body.inputs", "body.detect")
def test_a_camera_is_written_into_the_file_and_takes_effect(door: Door) -> None:
    body = {**YARD, "detect": {"width": 640, "height": 360}}
    answer = door.client.request("POST", ADD, json=body)
    assert answer.status_code == 200, answer.text
    text = door.config_file.read_text()
    assert text.startswith("# what the tests run by\n")
    yard = load_text(text, "config.yml", {}).cameras["yard"]
    inputs = [(one.path, one.roles) for one in yard.ffmpeg.inputs]
    assert inputs == [(one["url"], tuple(one["roles"])) for one in YARD["inputs"]]
    assert (yard.detect.width, yard.detect.height) == (640, 360)
    assert door.program.restarts == 1
    assert "hush" not in answer.text


@pytest.mark.endpoint(f"POST {ADD}", "body.name", "body.inputs")
def test_the_first_camera_of_an_empty_file_is_written_in_lines(door: Door) -> None:
    door.config_file.write_text("mqtt: {enabled: false}\n# add yours\ncameras: {}\n")
    assert door.client.request("POST", ADD, json=YARD).status_code == 200
    text = door.config_file.read_text()
    assert "# add yours\ncameras:\n  yard:\n    ffmpeg:\n      inputs:\n" in text


@pytest.mark.endpoint(f"POST {ADD}", "body.name", "body.inputs", "body.detect")
@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"name": "front"}, "already"),
        ({"name": "../x"}, "name"),
        ({"name": "a b"}, "name"),
        ({"inputs": []}, "inputs"),
        ({"inputs": [{"url": "/etc/passwd", "roles": ["detect"]}]}, "url: "),
        ({"inputs": [YARD["inputs"][1], {"url": "rtsp://h/1", "roles": ["record"]}]}, "detect"),
        ({"inputs": [{"url": "rtsp://h/1", "roles": ["see"]}]}, "roles"),
        ({"inputs": [{"url": "rtsp://h/1", "roles": ["detect"], "global_args": "-x"}]}, "global"),
        ({"detect": {"width": 1}}, "width"),
    ],
)
def test_what_makes_no_camera_changes_nothing(
    door: Door, change: dict[str, object], word: str
) -> None:
    answer = door.client.request("POST", ADD, json={**YARD, **change})
    assert (answer.status_code, answer.json()["success"]) == (400, False)
    assert word in json.dumps(answer.json())
    assert door.config_file.read_text() == CONFIG_TEXT
    assert door.program.restarts == 0
