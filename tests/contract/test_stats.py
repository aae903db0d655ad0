"""GET /api/stats."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from picket.domain.look import Urgency
from picket.domain.status import CameraState, CameraStatus, DetectorStatus, LookCount, ModelInfo
from picket.store.upkeep import Task, Upkeep, put_upkeep
from tests.contract.conftest import NOW, Door
from tests.support.index_samples import NOON

STORAGE_KEYS = {"/media/frigate/clips", "/media/frigate/recordings", "/tmp/cache", "/dev/shm"}  # noqa: S108

FRONT = CameraStatus(
    "front",
    CameraState.ONLINE,
    since=NOON,
    pid=os.getpid(),
    capture_pid=os.getpid(),
    width=640,
    height=360,
    camera_fps=5.123,
    process_fps=5.0,
    skipped_fps=0.126,
    detection_fps=1.504,
    reconnects=2,
)
BACK = CameraStatus(
    "back", CameraState.OFFLINE, NOON, "rtsp://u:hush@back/1 refused", detection_fps=2.0
)


def full(door: Door) -> None:
    door.live.statuses = {"front": FRONT, "back": BACK}
    door.live.detector_statuses = {
        "hog": DetectorStatus(
            *("hog", "hog", os.getpid(), 9.7149, 1.5),
            model=ModelInfo("people", "hog", 0, 0, "bgr", ("person",)),
            way="hog, 1 thread, 1 at once",
        )
    }
    door.live.pids = {"recording": os.getpid(), "keeper": os.getpid()}


@pytest.mark.endpoint("GET /api/stats")
def test_cameras_are_told_both_nested_and_at_the_top(door: Door) -> None:
    full(door)
    stats = door.client.get("/api/stats").json()
    front = stats["cameras"]["front"]
    assert front == stats["front"]
    assert stats["cameras"].keys() == {"front", "back"}
    assert (front["camera_fps"], front["process_fps"]) == (5.12, 5.0)
    assert (front["skipped_fps"], front["detection_fps"]) == (0.13, 1.5)
    assert front["pid"] == front["capture_pid"] == os.getpid()
    assert front["ffmpeg_pid"] == 0
    assert front["detection_enabled"] == 1
    assert type(front["detection_enabled"]) is int
    assert stats["detection_fps"] == 3.5


@pytest.mark.endpoint("GET /api/stats")
def test_a_camera_that_nobody_looks_at_says_since_when_and_why(door: Door) -> None:
    why = "detector d: http://u:hush@box/ is away"
    door.live.statuses = {"front": replace(FRONT, blind_since=NOON, blind_reason=why)}
    cameras = door.client.get("/api/stats").json()["cameras"]
    assert (cameras["front"]["is_blind"], cameras["front"]["blind_since"]) == (True, NOON)
    assert cameras["front"]["blind_reason"] == "detector d: http://*:*@box/ is away"
    assert (cameras["back"]["is_blind"], cameras["back"]["blind_reason"]) == (False, "")


@pytest.mark.endpoint("GET /api/stats")
def test_an_overloaded_camera_says_since_when_why_and_what_was_left_out(door: Door) -> None:
    why = "detector: 2.0 of 8.0 looks a second are left out"
    looks = {Urgency.NEW: LookCount(9, 1), Urgency.RESTING: LookCount(0, 7)}
    busy = replace(FRONT, overloaded_since=NOON, overload_reason=why, shed_fps=2.004, looks=looks)
    door.live.statuses = {"front": busy}
    cameras = door.client.get("/api/stats").json()["cameras"]
    front, back = cameras["front"], cameras["back"]
    assert (front["is_overloaded"], front["overloaded_since"]) == (True, NOON)
    assert (front["overload_reason"], front["shed_fps"]) == (why, 2.0)
    assert front["looks"] == {
        "new": {"made": 9, "shed": 1},
        "moving": {"made": 0, "shed": 0},
        "resting": {"made": 0, "shed": 7},
    }
    assert (back["is_overloaded"], back["overload_reason"], back["shed_fps"]) == (False, "", 0.0)


@pytest.mark.endpoint("GET /api/stats")
def test_before_any_report_all_keys_are_there(door: Door) -> None:
    stats = door.client.get("/api/stats").json()
    assert stats["cameras"].keys() == {"front", "back"}
    assert stats["front"]["camera_fps"] == 0.0
    assert stats["detection_fps"] == 0
    assert stats["detectors"] == stats["processes"] == {}


@pytest.mark.endpoint("GET /api/stats")
def test_detectors_have_numbers(door: Door) -> None:
    full(door)
    stats = door.client.get("/api/stats").json()
    assert stats["detectors"] == {
        "hog": {
            "detection_start": 1.5,
            "inference_speed": 9.71,
            "pid": os.getpid(),
            "runs": "hog, 1 thread, 1 at once",
            "model": "people",
        }
    }


@pytest.mark.endpoint("GET /api/stats")
def test_processes_and_their_usage_are_told_by_id(door: Door) -> None:
    full(door)
    stats = door.client.get("/api/stats").json()
    assert stats["processes"] == {
        "recording": {"pid": os.getpid()},
        "keeper": {"pid": os.getpid()},
    }
    usage = stats["cpu_usages"][str(os.getpid())]
    assert usage.keys() == {"cpu", "cpu_average", "mem", "cmdline"}
    assert all(type(value) is str for value in usage.values())
    assert float(usage["mem"]) > 0


@pytest.mark.endpoint("GET /api/stats")
def test_the_service_tells_its_age_version_and_space(door: Door) -> None:
    service = door.client.get("/api/stats").json()["service"]
    assert service["uptime"] == 3600
    assert service["last_updated"] == NOW
    assert type(service["uptime"]) is type(service["last_updated"]) is int
    assert service["version"] == door.client.get("/api/version").text
    assert type(service["latest_version"]) is str
    assert service["temperatures"] == {}
    assert service["storage"].keys() == STORAGE_KEYS
    for space in service["storage"].values():
        assert space["mnt_type"] == space["mount_type"]
        assert space["total"] > 0
        assert space["free"] <= space["total"]


@pytest.mark.endpoint("GET /api/stats")
def test_a_missing_folder_has_no_space(door: Door) -> None:
    door.paths.clips.rmdir()
    storage = door.client.get("/api/stats").json()["service"]["storage"]
    assert storage["/media/frigate/clips"] == {}
    assert storage["/media/frigate/recordings"]["total"] > 0


@pytest.mark.endpoint("GET /api/stats")
def test_rates_are_the_only_top_keys_that_end_in_fps(door: Door) -> None:
    full(door)
    stats = door.client.get("/api/stats").json()
    rates = {key: value for key, value in stats.items() if key.endswith("_fps")}
    assert rates == {"detection_fps": 3.5}


@pytest.mark.endpoint("GET /api/stats")
def test_no_credentials_are_told(door: Door) -> None:
    full(door)
    assert "hush" not in door.client.get("/api/stats").text


@pytest.mark.endpoint("GET /api/stats")
def test_how_the_index_is_looked_after_is_told(door: Door) -> None:
    assert door.client.get("/api/stats").json()["service"]["index"] == {}
    put_upkeep(door.db, Upkeep(Task.BACKUP, NOON, is_good=False, outcome="no room"))
    told = door.client.get("/api/stats").json()["service"]["index"]
    assert told == {"backup": {"time": NOON, "good": False, "outcome": "no room"}}


@pytest.mark.endpoint("GET /api/stats")
def test_an_index_that_cannot_be_read_is_told_and_no_more(door: Door) -> None:
    door.db.execute("DROP TABLE upkeep")
    answer = door.client.get("/api/stats")
    assert answer.status_code == 200
    assert "no such table" in answer.json()["service"]["index"]["problem"]
