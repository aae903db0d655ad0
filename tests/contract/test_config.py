"""GET /api/config and its file: raw, schema.json, save, set."""

from __future__ import annotations

import pytest

from picket.config.load import load_text
from picket.domain.errors import NotFound
from picket.domain.status import DetectorStatus, ModelInfo
from picket.ipc.mailbox import Mailbox
from picket.topics.message import Message
from tests.contract.conftest import CONFIG_TEXT, Door

MODEL = ModelInfo("yolox", "yolox", 416, 416, "bgr", ("person", "car"))
SET = "/api/config/set"
SAVE = "/api/config/save"


@pytest.mark.endpoint("GET /api/config")
def test_the_configuration_has_what_clients_cannot_do_without(door: Door) -> None:
    door.live.detector_statuses["hog"] = DetectorStatus("hog", "hog", 1, model=MODEL)
    config = door.client.get("/api/config").json()
    assert "version" not in config
    assert {"topic_prefix", "client_id", "stats_interval"} <= config["mqtt"].keys()
    assert {"birdseye", "go2rtc", "ui", "plus", "telemetry", "model", "detectors"} <= config.keys()
    front = config["cameras"]["front"]
    assert front["name"] == "front"
    assert {"enabled", "detect", "record", "snapshots", "motion", "zones", "live"} <= front.keys()
    assert (front["detect"]["width"], front["detect"]["height"]) == (640, 360)
    labels = config["detectors"]["hog"]["model"]["labelmap"]
    assert labels == {"0": "person", "1": "car"}


@pytest.mark.endpoint("GET /api/config")
def test_the_configuration_tells_no_secret(door: Door) -> None:
    text = door.client.get("/api/config").text
    assert "hush" not in text
    assert "rtsp://*:*@front/1" in text


@pytest.mark.endpoint("GET /api/config/raw")
def test_the_file_is_shown_without_credentials(door: Door) -> None:
    answer = door.client.get("/api/config/raw")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/")
    assert answer.text.startswith("# what the tests run by\n")
    assert "hush" not in answer.text
    assert "path: rtsp://*:*@front/1" in answer.text


@pytest.mark.endpoint("GET /api/config/raw")
def test_a_missing_file_is_not_found(door: Door) -> None:
    door.config_file.unlink()
    answer = door.client.get("/api/config/raw")
    assert (answer.status_code, answer.json()["success"]) == (404, False)


@pytest.mark.endpoint("GET /api/config/schema.json")
def test_the_schema_describes_every_section(door: Door) -> None:
    schema = door.client.get("/api/config/schema.json").json()
    assert {"cameras", "record", "mqtt"} <= schema["properties"].keys()


@pytest.mark.endpoint("POST /api/config/save", "save_option")
def test_what_the_editor_saves_is_the_file_with_its_secrets(door: Door) -> None:
    shown = door.client.get("/api/config/raw").text
    edited = shown.replace("height: 360", "height: 360 # low", 1) + "ui: {use_experimental: true}\n"
    edited = edited.replace("ui:\n  timezone: UTC\n", "", 1)
    headers = {"Content-Type": "text/plain"}
    answer = door.client.request(
        "POST", f"{SAVE}?save_option=saveonly", content=edited, headers=headers
    )
    assert answer.json() == {"success": True, "message": "Config successfully saved."}
    text = door.config_file.read_text()
    assert "# low" in text
    assert "rtsp://admin:hush-camera@front/1" in text
    assert door.config_file.with_name("config.yml.bak").read_text() == CONFIG_TEXT
    assert door.client.get("/api/config").json()["ui"]["use_experimental"] is True
    assert door.program.adopted[-1].ui.use_experimental
    assert door.program.restarts == 0


@pytest.mark.endpoint("POST /api/config/save", "save_option")
def test_saving_can_restart(door: Door) -> None:
    answer = door.client.request("POST", f"{SAVE}?save_option=restart", content=CONFIG_TEXT)
    assert answer.status_code == 200
    assert door.program.restarts == 1


@pytest.mark.endpoint("POST /api/config/save")
@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("", "the file's new text"),
        ("  \n", "the file's new text"),
        ("cameras: [", "not valid YAML"),
        ("cameras: {front: {ffmpeg: {inputs: []}}, x: 1}", "config.yml:1"),
        ("camras: {}", "did you mean `cameras`?"),
        ("{}", "cameras"),
    ],
)
def test_a_text_that_is_no_configuration_changes_nothing(door: Door, body: str, says: str) -> None:
    answer = door.client.request("POST", SAVE, content=body)
    assert (answer.status_code, answer.json()["success"]) == (400, False)
    assert says in answer.json()["message"]
    assert door.config_file.read_text() == CONFIG_TEXT
    assert door.program.adopted == []


@pytest.mark.endpoint("POST /api/config/save")
def test_a_mistake_is_told_with_its_line(door: Door) -> None:
    shown = door.client.get("/api/config/raw").text
    line = shown.splitlines().index("      width: 640") + 1
    answer = door.client.request(
        "POST", SAVE, content=shown.replace("width: 640", "width: broad", 1)
    )
    assert answer.status_code == 400
    assert f"config.yml:{line}: cameras.front.detect.width" in answer.json()["message"]


@pytest.mark.endpoint("PUT /api/config/set")
def test_a_setting_changes_in_the_file_and_at_once(door: Door) -> None:
    answer = door.client.request("PUT", f"{SET}?cameras.front.motion.threshold=44")
    assert answer.json() == {"success": True, "message": "Config successfully updated."}
    text = door.config_file.read_text()
    assert text.startswith("# what the tests run by\n")
    assert load_text(text, "config.yml", {}).cameras["front"].motion.threshold == 44
    cameras = door.client.get("/api/config").json()["cameras"]
    assert (cameras["front"]["motion"]["threshold"], cameras["back"]["motion"]["threshold"]) == (
        44,
        30,
    )
    assert door.program.adopted[-1].cameras["front"].motion.threshold == 44


@pytest.mark.endpoint("PUT /api/config/set")
def test_a_switch_that_the_file_changes_is_told_on_its_topic(door: Door) -> None:
    inbox = Mailbox[Message](lambda: None, 10)
    door.topics.subscribe(inbox)
    query = "cameras.front.snapshots.enabled=true&cameras.front.detect.max_disappeared=9"
    assert door.client.request("PUT", f"{SET}?{query}").status_code == 200
    assert list(inbox.take()) == [Message("front/snapshots/state", "ON", retain=True)]


@pytest.mark.endpoint("PUT /api/config/set")
def test_masks_and_zones_as_the_page_sets_them(door: Door) -> None:
    query = (
        "cameras.front.motion.mask.0=0,0,10,0,10,10&cameras.front.motion.mask.1=5,5,9,5,9,9"
        "&cameras.front.zones.yard.coordinates=0,0,100,0,100,100&cameras.front.zones.porch="
    )
    assert door.client.request("PUT", f"{SET}?{query}").status_code == 200
    front = door.client.get("/api/config").json()["cameras"]["front"]
    assert front["motion"]["mask"] == ["0,0,10,0,10,10", "5,5,9,5,9,9"]
    assert list(front["zones"]) == ["yard"]


@pytest.mark.endpoint("PUT /api/config/set")
def test_a_zone_is_renamed_with_what_names_it_and_changed_in_one_go(door: Door) -> None:
    required = "cameras.front.snapshots.required_zones.0=porch"
    assert door.client.request("PUT", f"{SET}?{required}").status_code == 200
    query = "rename.cameras.front.zones.porch=stairs&cameras.front.zones.stairs.inertia=7"
    assert door.client.request("PUT", f"{SET}?{query}").status_code == 200
    cameras = door.client.get("/api/config").json()["cameras"]
    assert list(cameras["front"]["zones"]) == ["stairs"]
    assert cameras["front"]["zones"]["stairs"]["inertia"] == 7
    assert cameras["front"]["snapshots"]["required_zones"] == ["stairs"]
    assert list(cameras["back"]["zones"]) == ["porch"]


@pytest.mark.endpoint("PUT /api/config/set")
def test_what_waits_for_a_restart_is_named(door: Door) -> None:
    answer = door.client.request("PUT", f"{SET}?cameras.front.detect.fps=10&mqtt.host=other")
    assert answer.status_code == 200
    assert "Restart to apply: mqtt.host, cameras.front.detect.fps." in answer.json()["message"]
    assert door.client.get("/api/config").json()["cameras"]["front"]["detect"]["fps"] == 5


@pytest.mark.endpoint("PUT /api/config/set")
@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "no setting is named"),
        ("cameras.front.motion.threshold=400", "at most 255"),
        ("cameras.front.zones.yard.coordinates=1,2,3", "cameras.front.zones.yard"),
        ("cameras.front.detect.width.x=1", "single value"),
        ("cameras.nobody=", "cannot be deleted"),
        ("rename.cameras.front.zones.porch=back", "a camera has the same name"),
        ("rename.cameras.front.zones.gate=yard", "cannot be renamed"),
    ],
)
def test_a_change_that_spoils_the_file_is_refused(door: Door, query: str, says: str) -> None:
    answer = door.client.request("PUT", f"{SET}?{query}")
    assert (answer.status_code, answer.json()["success"]) == (400, False)
    assert says in answer.json()["message"]
    assert door.config_file.read_text() == CONFIG_TEXT


def test_switches_are_seen_in_the_configuration_and_outlive_its_changes(door: Door) -> None:
    settings = door.settings
    assert settings.switch("front", "detect", "OFF") == {"front/detect/state": "OFF"}
    assert settings.switch("front", "motion", "OFF") == {"front/motion/state": "OFF"}
    assert settings.switch("front", "detect", "ON") == {
        "front/detect/state": "ON",
        "front/motion/state": "ON",
    }
    assert settings.switch("front", "recordings", "ON") == {}
    settings.switch("front", "snapshots", "ON")
    door.client.request("PUT", f"{SET}?cameras.front.motion.threshold=44")
    front = door.client.get("/api/config").json()["cameras"]["front"]
    assert (front["snapshots"]["enabled"], front["motion"]["threshold"]) == (True, 44)
    assert settings.states()["front/snapshots/state"] == "ON"
    assert settings.states()["back/snapshots/state"] == "OFF"


@pytest.mark.parametrize(("camera", "feature"), [("nobody", "detect"), ("front", "siren")])
def test_what_is_not_there_cannot_be_switched(door: Door, camera: str, feature: str) -> None:
    with pytest.raises(NotFound):
        door.settings.switch(camera, feature, "ON")


@pytest.mark.endpoint("POST /api/config/check")
def test_a_text_is_checked_without_being_saved(door: Door) -> None:
    shown = door.client.get("/api/config/raw").text
    edited = shown.replace("height: 360", "height: 180", 1)
    answer = door.client.request("POST", "/api/config/check", content=edited)
    assert (answer.status_code, answer.json()["success"]) == (200, True)
    assert door.config_file.read_text() == CONFIG_TEXT
    assert door.program.adopted == []


@pytest.mark.endpoint("POST /api/config/check")
@pytest.mark.endpoint("POST /api/config/save")
@pytest.mark.parametrize("path", ["/api/config/check", SAVE])
def test_every_mistake_is_listed_for_an_editor(door: Door, path: str) -> None:
    shown = door.client.get("/api/config/raw").text
    spoilt = shown.replace("width: 640", "width: broad").replace("rtsp://*:*@back/1", "")
    lines = [n for n, text in enumerate(spoilt.splitlines(), 1) if "width: broad" in text]
    answer = door.client.request("POST", path, content=spoilt)
    assert (answer.status_code, answer.json()["success"]) == (400, False)
    problems = answer.json()["problems"]
    widths = [one for one in problems if one["key"].endswith("detect.width")]
    assert [one["line"] for one in widths] == lines
    assert {one["key"] for one in problems} > {one["key"] for one in widths}
    assert all(one["message"] for one in problems)
    assert door.config_file.read_text() == CONFIG_TEXT


@pytest.mark.endpoint("POST /api/config/check")
def test_what_cannot_be_read_has_a_line_too(door: Door) -> None:
    answer = door.client.request("POST", "/api/config/check", content="mqtt:\n  host: [\n")
    (problem,) = answer.json()["problems"]
    assert problem["line"] == 3
    assert problem["key"] == ""
    empty = door.client.request("POST", "/api/config/check", content=" ")
    assert (empty.status_code, "problems" in empty.json()) == (400, False)


@pytest.mark.endpoint("GET /api/config/schema.json")
def test_the_schema_is_complete_enough_to_complete_by(door: Door) -> None:
    """Every setting has a type or choices, and a description, wherever it is nested."""
    schema = door.client.get("/api/config/schema.json").json()
    silent = []
    for name, section in {**schema["$defs"], "": schema}.items():
        for key, setting in section.get("properties", {}).items():
            is_typed = {"type", "anyOf", "$ref", "allOf", "enum", "const", "items"} & setting.keys()
            if not is_typed and setting.keys() <= {"title"}:
                silent.append(f"{name}.{key}")
            if "description" not in setting and "$ref" not in setting:
                silent.append(f"{name}.{key} says nothing")
    assert silent == []
