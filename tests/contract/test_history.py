"""GET /api/stats/history and /api/recordings/forecast."""

from __future__ import annotations

import os

import pytest

from picket.api.history.sample import take_sample
from picket.domain.status import CameraState, CameraStatus, DetectorStatus
from picket.store.segments import put_segment
from tests.contract.conftest import NOW, Door
from tests.support.index_samples import make_segment

ROUTE = "GET /api/stats/history"


def sampled(door: Door, times: list[float]) -> None:
    """Take samples of a front camera that becomes quicker."""
    services = door.client.app.state.services
    for number, time in enumerate(times):
        door.times[0] = time
        status = CameraStatus("front", CameraState.ONLINE, NOW, pid=os.getpid())
        door.live.statuses["front"] = CameraStatus(
            "front", CameraState.ONLINE, NOW, pid=status.pid, camera_fps=5.0 + number
        )
        door.live.detector_statuses["hog"] = DetectorStatus("hog", "hog", 0, inference_ms=12.5)
        services.history.add(take_sample(services))


@pytest.mark.endpoint(ROUTE, "after", "before", "step")
def test_every_series_has_a_value_for_each_step(door: Door) -> None:
    sampled(door, [NOW, NOW + 10, NOW + 60, NOW + 120])
    told = door.client.get(f"/api/stats/history?after={NOW}&before={NOW + 180}&step=60").json()
    assert (told["step"], told["start"]) == (60.0, NOW)
    assert told["cameras"]["front"]["fps"] == [5.5, 7.0, None]
    assert told["cameras"]["front"]["skipped"] == [0.0, 0.0, None]
    assert told["cameras"]["front"]["cpu"][0] is not None
    assert told["detectors"] == {"hog": {"ms": [12.5, 12.5, None]}}
    server = told["processes"]["server"]
    assert server["memory"][0] > 10
    assert len(server["cpu"]) == 3
    assert told["storage"]["recordings"]["free"][0] > 0


@pytest.mark.endpoint(ROUTE, "after", "before", "step")
def test_of_the_last_hour_each_sample_is_told(door: Door) -> None:
    sampled(door, [NOW, NOW + 10])
    told = door.client.get(f"/api/stats/history?after={NOW}&before={NOW + 20}&step=10").json()
    assert told["cameras"]["front"]["fps"] == [5.0, 6.0]


@pytest.mark.endpoint(ROUTE)
def test_a_day_is_told_unless_asked_otherwise(door: Door) -> None:
    sampled(door, [NOW - 60, NOW])
    told = door.client.get("/api/stats/history").json()
    assert told["start"] == NOW - 86_400
    assert told["cameras"]["front"]["fps"][-2:] == [None, 5.0]
    assert len(told["cameras"]["front"]["fps"]) == 1440


@pytest.mark.endpoint(ROUTE, "after", "before", "step")
@pytest.mark.parametrize(
    "query", ["step=1", f"after={NOW}&before={NOW - 1}", f"after=0&before={NOW}", "step=10"]
)
def test_what_cannot_be_told_is_refused(door: Door, query: str) -> None:
    answer = door.client.get(f"/api/stats/history?{query}")
    assert (answer.status_code, answer.json()["success"]) == (400, False)


@pytest.mark.endpoint("GET /api/recordings/forecast")
def test_the_days_that_are_left_follow_from_what_cameras_write(door: Door) -> None:
    assert door.client.get("/api/recordings/forecast").json()["days_left"] is None
    for number in range(3):
        put_segment(door.db, make_segment(number, size_bytes=10 << 20))
    put_segment(door.db, make_segment(0, camera="back", id="other", size_bytes=5 << 20))
    told = door.client.get("/api/recordings/forecast").json()
    assert told["cameras"] == {"front": 3600.0, "back": 1800.0}
    assert told["bandwidth"] == 5400.0
    assert told["days_left"] == pytest.approx(told["room"] / 5400 / 24, abs=0.06)


@pytest.mark.endpoint("GET /api/recordings/forecast")
def test_a_quota_is_all_the_room_there_is(door: Door) -> None:
    text = door.config_file.read_text() + "storage: {quota: 1.0}\n"
    assert door.client.request("POST", "/api/config/save", content=text).status_code == 200
    put_segment(door.db, make_segment(size_bytes=24 << 20))
    told = door.client.get("/api/recordings/forecast").json()
    assert told["room"] == 1000.0
