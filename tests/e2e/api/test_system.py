"""GET /api/stats, /api/config and /api/version."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from tests.e2e.api.scene import CAMERAS, Json, Scene

STATS = "GET /api/stats"
CONFIG = "GET /api/config"
VERSION = "GET /api/version"

RATES = ("camera_fps", "process_fps", "skipped_fps", "detection_fps")
FOLDERS = ("/media/frigate/clips", "/media/frigate/recordings", "/tmp/cache", "/dev/shm")  # noqa: S108


def look_up(config: Json, path: str) -> Json:
    """A value by its dotted path; a missing key is told by its name."""
    for key in path.split("."):
        assert key in config, f"{path}: no {key}"
        config = config[key]
    return config


@pytest.mark.endpoint(STATS)
def test_stats_have_the_cameras_in_both_places(scene: Scene) -> None:
    scene.online()
    stats = scene.json("/api/stats")
    assert set(CAMERAS) == set(stats["cameras"]) <= set(stats)
    for name in CAMERAS:
        for camera in (stats["cameras"][name], stats[name]):
            assert all(isinstance(camera[rate], int | float) for rate in RATES)
            assert camera["camera_fps"] > 0
            whole = camera["process_fps"] + camera["skipped_fps"]
            assert whole == pytest.approx(camera["camera_fps"], abs=1.5)
            assert camera["pid"] > 0
            assert camera["capture_pid"] > 0
            assert isinstance(camera["ffmpeg_pid"], int)
            assert camera["detection_enabled"] == 1
            assert type(camera["detection_enabled"]) is int
    total = sum(camera["detection_fps"] for camera in stats["cameras"].values())
    assert stats["detection_fps"] == pytest.approx(total, abs=0.05)
    assert stats["cameras"]["street"]["detection_fps"] > 0


@pytest.mark.endpoint(STATS)
def test_stats_tell_of_detectors_processes_and_service(scene: Scene) -> None:
    stats = scene.json("/api/stats")
    detector = stats["detectors"]["onnx"]
    assert set(detector) == {"detection_start", "inference_speed", "pid", "runs", "model"}
    assert (detector["runs"], detector["model"]) == ("onnx, 1 thread, 1 at once", "yolox_nano")
    assert detector["inference_speed"] > 1
    assert detector["pid"] > 0
    service = stats["service"]
    assert service["uptime"] > 10
    assert service["version"] == scene.client.get("/api/version").text
    assert isinstance(service["latest_version"], str)
    assert isinstance(service["last_updated"], int)
    assert service["temperatures"] == {}
    assert set(service["storage"]) == set(FOLDERS)
    for folder in service["storage"].values():
        assert folder["total"] >= folder["used"] + folder["free"] - 1
        assert folder["mnt_type"] == folder["mount_type"]
    assert all(one["pid"] > 0 for one in stats["processes"].values())
    usage = stats["cpu_usages"][str(detector["pid"])]
    assert set(usage) == {"cpu", "cpu_average", "mem", "cmdline"}
    assert all(isinstance(value, str) for value in usage.values())
    assert float(usage["mem"]) > 0
    assert not [k for k, v in stats.items() if k.endswith("_fps") and not isinstance(v, float)]


TOP = (
    *("mqtt.topic_prefix", "mqtt.client_id", "mqtt.stats_interval", "birdseye.enabled"),
    *("birdseye.restream", "birdseye.mode", "go2rtc", "ui.live_mode", "ui.timezone"),
    *("ui.use_experimental", "ui.time_format", "ui.date_style", "ui.time_style"),
    *("ui.strftime_fmt", "plus.enabled", "telemetry", "model.width", "detectors.onnx.type"),
)
OF_CAMERA = (
    *("name", "enabled", "detect.enabled", "detect.width", "detect.height", "detect.fps"),
    *("record.enabled", "record.enabled_in_config", "record.events.pre_capture"),
    *("record.events.post_capture", "snapshots.enabled", "audio.enabled"),
    *("audio.enabled_in_config", "motion.threshold", "motion.contour_area", "motion.mask"),
    *("objects.track", "objects.filters", "zones", "live.stream_name", "live.height"),
    *("ui.order", "ui.dashboard", "onvif.host", "onvif.autotracking.enabled_in_config"),
    *("birdseye.enabled", "ffmpeg.inputs", "webui_url"),
)


@pytest.mark.endpoint(CONFIG)
def test_config_has_every_key_that_clients_look_up(scene: Scene) -> None:
    config = scene.json("/api/config")
    for path in TOP:
        look_up(config, path)
    assert "version" not in config  # else Home Assistant takes it for a later server
    assert set(config["cameras"]) == set(CAMERAS)
    for name, camera in config["cameras"].items():
        for path in OF_CAMERA:
            look_up(camera, path)
        assert camera["name"] == camera["live"]["stream_name"] == name
        assert type(camera["motion"]["threshold"]) is int
        assert type(camera["motion"]["contour_area"]) is int
    zone = config["cameras"]["street"]["zones"]["pavement"]
    assert {"objects", "coordinates", "filters"} <= set(zone)
    assert config["cameras"]["yard"]["snapshots"]["enabled"] is False


@pytest.mark.endpoint(CONFIG)
def test_no_answer_and_no_log_tells_a_password(scene: Scene) -> None:
    config = scene.json("/api/config")
    (path,) = [one["path"] for one in config["cameras"]["street"]["ffmpeg"]["inputs"]]
    assert re.fullmatch(r"rtsp://\*:\*@127\.0\.0\.1:\d+/street", path)
    assert "password" not in config["mqtt"]
    for text in answers(scene):
        assert "hush" not in text


def answers(scene: Scene) -> Iterator[str]:
    for path in ("config", "stats", "ffprobe?paths=camera:porch", "gaps", "events?limit=1"):
        yield scene.client.get(f"/api/{path}").text
    yield scene.picket.log.read_text()


@pytest.mark.endpoint(VERSION)
def test_version_is_bare_text(scene: Scene) -> None:
    answer = scene.client.get("/api/version")
    assert answer.headers["content-type"].startswith("text/")
    assert re.fullmatch(r"0\.13\.\d+-\S+", answer.text)


@pytest.mark.endpoint(CONFIG)
def test_json_is_compact_sorted_ascii_and_ends_with_a_newline(scene: Scene) -> None:
    for path in ("config", "stats", "events"):
        answer = scene.client.get(f"/api/{path}")
        again = json.dumps(answer.json(), sort_keys=True, separators=(",", ":")) + "\n"
        assert answer.text == again
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.endpoint("GET /api/logs/{service}")
def test_logs_are_those_of_every_process_without_credentials(scene: Scene) -> None:
    text = scene.client.get("/api/logs/frigate").text
    for process in ("main ", "cameras:0", "detector:onnx"):
        assert process in text
    assert not re.search(r"://[^*\s/]+:[^*\s]+@", text)


@pytest.mark.endpoint("GET /api/config/raw")
@pytest.mark.endpoint("GET /api/config/schema.json")
def test_the_editor_gets_the_file_and_its_schema(scene: Scene) -> None:
    raw = scene.client.get("/api/config/raw").text
    schema = scene.json("/api/config/schema.json")
    assert all(f"{name}:" in raw for name in CAMERAS)
    assert {"cameras", "record", "motion"} <= set(schema["properties"])


@pytest.mark.endpoint("GET /api/vainfo")
def test_vainfo_answers_on_this_machine(scene: Scene) -> None:
    assert set(scene.json("/api/vainfo")) == {"return_code", "stderr", "stdout"}
