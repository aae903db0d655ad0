"""GET /healthz and /readyz."""

from __future__ import annotations

from pathlib import Path

import pytest

from picket.domain.status import CameraState, CameraStatus, ProcessLife
from tests.contract.conftest import Door
from tests.support.index_samples import NOON

SPEAKING = {
    "keeper": ProcessLife(0.3, 0),
    "cameras:0": ProcessLife(0.8, 2, ("front", "back")),
    "detector:hog": ProcessLife(0.5, 0),
}


def run_well(door: Door) -> None:
    door.live.process_lives = dict(SPEAKING)
    door.live.statuses = {
        name: CameraStatus(name, CameraState.ONLINE, since=NOON) for name in ("front", "back")
    }


@pytest.mark.endpoint("GET /healthz")
def test_a_server_that_answers_lives_whatever_else_is_wrong(door: Door) -> None:
    answer = door.client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "alive")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.endpoint("GET /readyz")
def test_all_is_well(door: Door) -> None:
    run_well(door)
    answer = door.client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "success": True,
        "message": "ready",
        "degraded": [],
        "cameras": {"front": "online", "back": "online"},
    }


@pytest.mark.endpoint("GET /readyz")
def test_a_camera_that_is_away_is_told_and_no_fault(door: Door) -> None:
    run_well(door)
    door.live.statuses["back"] = CameraStatus("back", CameraState.OFFLINE, NOON)
    answer = door.client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["degraded"] == ["camera back is offline"]
    assert answer.json()["cameras"] == {"front": "online", "back": "offline"}


@pytest.mark.endpoint("GET /readyz")
def test_a_silent_worker_is_a_fault_with_every_cameras_state(door: Door) -> None:
    run_well(door)
    door.live.process_lives["cameras:0"] = ProcessLife(14.0, 0, ("front",))
    answer = door.client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "success": False,
        "message": "not ready: process cameras:0 has been silent for 14 s; the log says why"
        " (cameras: front unknown, back online)",
    }


@pytest.mark.endpoint("GET /readyz")
def test_a_folder_that_takes_no_files_is_a_fault(door: Door) -> None:
    run_well(door)
    door.paths.recordings.rmdir()
    answer = door.client.get("/readyz")
    assert answer.status_code == 503
    assert "recordings cannot be written: No such file or directory" in answer.json()["message"]


@pytest.mark.endpoint("GET /readyz")
def test_an_index_that_cannot_be_read_is_a_fault(door: Door, index_place: Path) -> None:
    run_well(door)
    door.db.close()
    for file in index_place.parent.glob(f"{index_place.name}*"):
        file.unlink()
    answer = door.client.get("/readyz")
    assert answer.status_code == 503
    assert "the index cannot be read" in answer.json()["message"]


@pytest.mark.endpoint("GET /readyz")
def test_asking_leaves_nothing_behind(door: Door) -> None:
    run_well(door)
    assert door.client.get("/readyz").status_code == 200
    assert list(door.paths.recordings.iterdir()) == []
