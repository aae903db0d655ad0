"""Recordings: segments, summaries, single frames, ranges as clips, what a camera feeds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from tests.e2e.api.pictures import read_picture, size
from tests.e2e.api.scene import CAMERAS, Json, Scene
from tests.support.servers import count_frames, decode_errors, wait_for

SEGMENTS = "GET /api/{camera}/recordings"
SUMMARY = "GET /api/{camera}/recordings/summary"
STILL = "GET /api/{camera}/recordings/{frame_time}/snapshot.png"
CLIP = "GET /api/{camera}/start/{start}/end/{end}/clip.mp4"
PROBE = "GET /api/ffprobe"
KOLKATA = ZoneInfo("Asia/Kolkata")


@pytest.mark.endpoint(SEGMENTS, "after", "before")
def test_segments_of_the_last_hour_or_of_a_range(scene: Scene) -> None:
    rows = scene.json("/api/street/recordings")
    for row in rows:
        assert set(row) == {"id", "start_time", "end_time", "motion", "objects", "segment_size"}
        assert isinstance(row["id"], str)
        assert row["start_time"] < row["end_time"]
        assert isinstance(row["motion"], int | None)
        assert isinstance(row["objects"], int | None)
    assert [row["start_time"] for row in rows] == sorted(row["start_time"] for row in rows)
    first = rows[0]
    middle = (first["start_time"] + first["end_time"]) / 2
    assert scene.json("/api/street/recordings", before=middle, after=middle - 1)[0] == first
    later = scene.json("/api/street/recordings", after=int(first["end_time"]) + 1)
    assert first["id"] not in [row["id"] for row in later]
    assert later[0]["id"] == rows[1]["id"]
    assert scene.json("/api/street/recordings", after=0, before=middle - 3600) == []


@pytest.mark.endpoint(SUMMARY, "timezone")
def test_the_summary_is_by_local_day_and_hour(scene: Scene) -> None:
    (utc, *_), (local, *_) = (
        scene.json("/api/street/recordings/summary", **params)
        for params in ({}, {"timezone": "Asia/Kolkata"})
    )
    started = datetime.fromtimestamp(scene.segments("street")[0]["start_time"], KOLKATA)
    assert f"{started:%Y-%m-%d %H}" in {f"{local['day']} {h['hour']}" for h in local["hours"]}
    assert utc["hours"] != local["hours"]  # half an hour apart, whatever the hour
    for day in (utc, local):
        assert set(day) == {"day", "events", "hours"}
        for hour in day["hours"]:
            assert set(hour) == {"hour", "duration", "events", "motion", "objects"}
            assert isinstance(hour["hour"], str)
            assert len(hour["hour"]) == 2
            assert isinstance(hour["duration"], int)
    assert utc["events"] == sum(hour["events"] for hour in utc["hours"]) > 0
    assert sum(hour["duration"] for hour in utc["hours"]) >= 10


@pytest.mark.endpoint("GET /api/recordings/storage")
def test_storage_is_told_by_camera(scene: Scene) -> None:
    told = scene.json("/api/recordings/storage")
    assert set(told) == set(CAMERAS)
    assert told["street"]["usage"] > told["porch"]["usage"] >= 0
    assert all({"bandwidth", "usage", "usage_percent"} == set(one) for one in told.values())


@pytest.mark.endpoint(STILL)
def test_a_still_is_in_full_resolution(scene: Scene) -> None:
    row = scene.segments("garden")[0]
    for instant in (row["start_time"] + 2.5, int(row["start_time"] + 2)):
        answer = scene.client.get(f"/api/garden/recordings/{instant}/snapshot.png")
        assert size(read_picture(answer, "image/png")) == (1280, 720)
    for camera, instant in (("garden", 100), ("nobody", row["start_time"])):
        missing = scene.client.get(f"/api/{camera}/recordings/{instant}/snapshot.png")
        assert (missing.status_code, missing.json()["success"]) == (404, False)
    assert scene.client.get("/api/garden/recordings/noon/snapshot.png").status_code == 400


@pytest.mark.endpoint(CLIP, "download")
def test_a_clip_of_any_range(scene: Scene, tmp_path: Path) -> None:
    row = scene.segments("porch")[0]
    start, end = row["start_time"] + 2, row["start_time"] + 6
    for times in (f"start/{start}/end/{end}", f"start/{int(start)}/end/{int(end)}"):
        answer = scene.client.get(f"/api/porch/{times}/clip.mp4")
        assert answer.headers["content-type"] == "video/mp4"
        clip = tmp_path / "clip.mp4"
        clip.write_bytes(answer.content)
        assert decode_errors(clip) == ""
        assert count_frames(clip) == pytest.approx(45, abs=15)
    disposition = scene.client.get(f"/api/porch/{times}/clip.mp4?download=1").headers
    name = f"clip_porch_{int(start)}-{int(end)}.mp4"
    assert disposition["content-disposition"] == f"attachment; filename={name}"


@pytest.mark.endpoint(CLIP)
def test_a_range_without_footage_is_not_found(scene: Scene) -> None:
    answer = scene.client.get("/api/porch/start/100/end/200/clip.mp4")
    assert (answer.status_code, answer.json()["success"]) == (404, False)


@pytest.mark.endpoint(PROBE, "paths")
def test_ffprobe_tells_of_a_camera_or_of_an_address(scene: Scene) -> None:
    def probe() -> Json | None:
        """None while the test's server, which rewinds when somebody joins, has yet to recover."""
        (told,) = scene.json("/api/ffprobe", paths="camera:porch")
        assert set(told) == {"return_code", "stderr", "stdout"}
        return told if told["return_code"] == 0 else None

    told = wait_for(probe, 90, "answer of the camera")
    video, sound = sorted(told["stdout"]["streams"], key=lambda one: "width" not in one)
    assert (video["width"], video["height"]) == (320, 180)
    assert video["codec_long_name"].startswith("H.264")
    assert video["avg_frame_rate"]
    assert sound["codec_long_name"].startswith("AAC")
    files = sorted((scene.picket.media / "recordings").rglob("*.mp4"))[:2]
    both = scene.json("/api/ffprobe", paths=",".join(map(str, files)))
    assert [one["return_code"] for one in both] == [0, 0]


@pytest.mark.endpoint(PROBE, "paths")
@pytest.mark.parametrize("query", ["", "?paths=camera:nobody"])
def test_ffprobe_of_nothing_is_not_found(scene: Scene, query: str) -> None:
    answer: httpx.Response = scene.client.get(f"/api/ffprobe{query}")
    assert (answer.status_code, answer.json()["success"]) == (404, False)
