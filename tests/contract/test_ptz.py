"""Cameras that move: GET /api/<camera>/ptz/info and POST /api/<camera>/ptz."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from picket.api.app import create_app
from picket.config.load import parse_config
from picket.ptz.cameras import PtzCameras
from tests.contract.conftest import CONFIG, Door
from tests.support.fake_program import running_config
from tests.support.http_client import HttpClient
from tests.support.onvif_answers import EVERY_SPACE
from tests.support.onvif_camera import Camera, switched_on

INFO, MOVE = "GET /api/{camera}/ptz/info", "POST /api/{camera}/ptz"


@pytest.fixture
def camera() -> Iterator[Camera]:
    with switched_on(Camera()) as camera:
        yield camera


@pytest.fixture
def client(door: Door, camera: Camera) -> Iterator[HttpClient]:
    """The door to two cameras: `front` moves, `back` does not."""
    onvif = {
        "host": "127.0.0.1",
        "port": camera.port,
        "user": camera.user,
        "password": camera.password,
    }
    cameras = CONFIG["cameras"]
    moving = {**cameras, "front": {**cameras["front"], "onvif": onvif}}
    config = parse_config({**CONFIG, "cameras": moving})
    ptz = PtzCameras({name: one.onvif for name, one in config.cameras.items()}, timeout_s=3)
    context = replace(door.context, settings=running_config(config), ptz=ptz)
    client = HttpClient(create_app(context))
    yield client
    client.close()
    ptz.close()


def move(client: HttpClient, command: str, status: int = 200) -> str:
    answer = client.request("POST", "/api/front/ptz", json={"command": command})
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert body["success"] is (status == 200)
    assert "hush" not in answer.text
    return str(body["message"])


@pytest.mark.endpoint(INFO)
def test_a_camera_that_cannot_be_moved_has_no_features(client: HttpClient) -> None:
    answer = client.get("/api/back/ptz/info")
    assert answer.status_code == 200
    assert answer.json() == {}


@pytest.mark.endpoint(INFO)
def test_an_unknown_camera_is_not_found(client: HttpClient) -> None:
    answer = client.get("/api/nowhere/ptz/info")
    assert answer.status_code == 404
    assert answer.json() == {"success": False, "message": "Camera not found"}


@pytest.mark.endpoint(INFO)
def test_a_camera_tells_what_it_can_do(client: HttpClient, camera: Camera) -> None:
    answer = client.get("/api/front/ptz/info")
    assert answer.status_code == 200
    assert answer.json() == {
        "name": "front",
        "features": ["pt", "zoom"],
        "presets": ["home", "street", "preset 7"],
    }
    assert camera.moves() == []


@pytest.mark.endpoint(INFO)
def test_every_feature_has_its_word(client: HttpClient, camera: Camera) -> None:
    camera.spaces = EVERY_SPACE
    features = client.get("/api/front/ptz/info").json()["features"]
    assert features == ["pt", "zoom", "pt-r", "zoom-r", "zoom-a", "pt-r-fov"]


@pytest.mark.endpoint(INFO)
def test_presets_are_those_of_now(client: HttpClient, camera: Camera) -> None:
    client.get("/api/front/ptz/info")
    camera.presets = [("3", "Gate")]
    assert client.get("/api/front/ptz/info").json()["presets"] == ["gate"]


@pytest.mark.endpoint(INFO)
def test_a_camera_with_another_password_is_unavailable(client: HttpClient, camera: Camera) -> None:
    camera.password += "-changed"
    answer = client.get("/api/front/ptz/info")
    assert answer.status_code == 503
    message = answer.json()["message"]
    assert message == (
        f"camera front at 127.0.0.1:{camera.port} refuses onvif.user or onvif.password"
    )


@pytest.mark.endpoint(MOVE, "body.command")
@pytest.mark.parametrize(
    ("command", "asked"),
    [
        ("MOVE_UP", "ContinuousMove main x=0.0 y=0.5"),
        ("MOVE_DOWN", "ContinuousMove main x=0.0 y=-0.5"),
        ("MOVE_LEFT", "ContinuousMove main x=-0.5 y=0.0"),
        ("move_right", "ContinuousMove main x=0.5 y=0.0"),
        ("ZOOM_IN", "ContinuousMove main x=0.5"),
        ("ZOOM_OUT", "ContinuousMove main x=-0.5"),
        ("STOP", "Stop main true true"),
        ("preset_home", "GotoPreset main 1"),
        ("PRESET_Street", "GotoPreset main 2"),
        ("preset_preset 7", "GotoPreset main 7"),
    ],
)
def test_a_word_moves_the_camera(
    client: HttpClient, camera: Camera, command: str, asked: str
) -> None:
    move(client, command)
    assert camera.moves() == [asked]


@pytest.mark.endpoint(MOVE, "body.command")
def test_init_only_connects(client: HttpClient, camera: Camera) -> None:
    move(client, "init")
    assert "GetProfiles" in camera.operations()
    assert camera.moves() == []


@pytest.mark.endpoint(MOVE, "body.command")
def test_a_move_while_moving_stops_first(client: HttpClient, camera: Camera) -> None:
    for command in ("MOVE_UP", "ZOOM_IN", "preset_home", "MOVE_LEFT", "STOP", "MOVE_DOWN"):
        move(client, command)
    verbs = [told.split()[0] for told in camera.moves()]
    stop, go = "Stop", "ContinuousMove"
    assert verbs == [go, stop, go, stop, "GotoPreset", go, stop, go]


@pytest.mark.endpoint(MOVE, "body.command")
@pytest.mark.parametrize("body", [{"command": "JUMP"}, {"command": ""}, {}, None])
def test_an_unknown_word_is_refused_with_the_known_ones(
    client: HttpClient, camera: Camera, body: object
) -> None:
    answer = client.request("POST", "/api/front/ptz", json=body)
    assert answer.status_code == 400
    message = answer.json()["message"]
    assert all(word in message for word in ("MOVE_UP", "ZOOM_OUT", "STOP", "preset_<name>"))
    assert camera.asked == []


@pytest.mark.endpoint(MOVE, "body.command")
def test_an_unknown_preset_is_not_found_and_the_known_are_named(client: HttpClient) -> None:
    assert move(client, "preset_attic", 404) == (
        "Preset not found: attic; this camera has home, street, preset 7"
    )


@pytest.mark.endpoint(MOVE, "body.command")
def test_a_movement_that_the_camera_lacks_is_refused(client: HttpClient, camera: Camera) -> None:
    camera.spaces = ("ContinuousPanTiltVelocity",)
    assert "its features are pt" in move(client, "ZOOM_IN", 400)
    move(client, "MOVE_UP")


@pytest.mark.endpoint(MOVE, "body.command")
def test_a_camera_without_onvif_is_refused(client: HttpClient) -> None:
    answer = client.request("POST", "/api/back/ptz", json={"command": "STOP"})
    assert answer.status_code == 400
    assert answer.json()["message"] == "camera back cannot be moved: it has no onvif.host"


@pytest.mark.endpoint(MOVE, "body.command")
def test_an_unknown_camera_cannot_be_moved(client: HttpClient) -> None:
    answer = client.request("POST", "/api/nowhere/ptz", json={"command": "STOP"})
    assert answer.status_code == 404
    assert answer.json() == {"success": False, "message": "Camera not found"}


@pytest.mark.endpoint(MOVE, "body.command")
def test_a_camera_that_refuses_a_move_says_why(client: HttpClient, camera: Camera) -> None:
    camera.refuses = "ContinuousMove"
    assert "Optional action not implemented" in move(client, "MOVE_UP", 503)
