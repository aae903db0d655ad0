"""A real RTSP camera, a real model: people become events, footage has no hole."""

import itertools
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.servers import (
    DATA,
    Picket,
    count_frames,
    decode_errors,
    loop_video,
    probe_errors,
    rtsp_server,
    running_picket,
    wait_for,
)

SEGMENTS = 6

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
        - path: {url}/street
          roles: [detect, record]
    detect: {{width: 626, height: 360, fps: 5}}
    objects: {{track: [person]}}
    zones:
      pavement: {{coordinates: "0.0,0.0,1.0,0.0,1.0,1.0,0.0,1.0"}}
record:
  enabled: true
  retain: {{days: 1, mode: all}}
snapshots: {{enabled: true}}
"""


@pytest.fixture(scope="module")
def picket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Picket]:
    folder = tmp_path_factory.mktemp("street")
    short = folder / "short.mp4"
    source = DATA / "videos" / "street_people_gt.mp4"
    encode = ["-c:v", "libx264", "-preset", "veryfast", "-g", "30", "-an"]  # a camera's usual GOP
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(source), *encode, str(short)], check=True)
    looped = loop_video(short, folder / "long.mp4", rounds=40)
    model = DATA / "models" / "yolox_nano.onnx"
    with (
        rtsp_server({"street": looped}) as url,
        running_picket(folder, CONFIG.format(url=url, model=model)) as running,
    ):
        yield running


PATH_TIME_S = 0.01
"""To which the times of a path are rounded."""


def ended_people(picket: Picket) -> list[Any]:
    events = picket.json(
        "/api/events?in_progress=0&labels=person&zones=pavement&has_clip=1&has_snapshot=1"
    )
    return list(events or [])


def closed_segments(picket: Picket) -> list[Any]:
    rows = picket.json("/api/street/recordings") or []
    return list(rows[:-1])  # the newest one grows


def test_people_become_events_with_picture_clip_and_playlist(
    picket: Picket, tmp_path: Path
) -> None:
    people = wait_for(lambda: ended_people(picket), 60, "ended event of a person")
    event = people[-1]
    assert event["data"]["top_score"] >= 0.7
    assert event["zones"] == ["pavement"]
    assert event["thumbnail"]
    for kind, magic in (("snapshot.jpg", b"\xff\xd8"), ("thumbnail.jpg", b"\xff\xd8")):
        status, body = picket.fetch(f"/api/events/{event['id']}/{kind}")
        assert (status, body[:2]) == (200, magic)
    status, clip = picket.fetch(f"/api/events/{event['id']}/clip.mp4")
    assert status == 200
    file = tmp_path / "clip.mp4"
    file.write_bytes(clip)
    assert probe_errors(file) == ""
    assert decode_errors(file) == ""
    assert count_frames(file) > 30
    assert decode_errors(picket.url(f"/vod/event/{event['id']}/index.m3u8")) == ""
    moments = picket.json(f"/api/timeline?source_id={event['id']}")
    assert [moments[0]["class_type"], moments[-1]["class_type"]] == ["visible", "gone"]
    path = picket.json(f"/api/events/{event['id']}/path")
    assert len(path) >= 2
    assert moments[0]["timestamp"] - PATH_TIME_S <= path[0]["time"] < path[-1]["time"]
    assert path[-1]["time"] <= moments[-1]["timestamp"] + PATH_TIME_S


def test_recordings_have_no_hole_over_six_segments_and_all_decode(picket: Picket) -> None:
    def enough() -> list[Any] | None:
        rows = closed_segments(picket)
        return rows if len(rows) >= SEGMENTS else None

    rows = wait_for(enough, 100, f"{SEGMENTS} closed segments")
    for before, after in itertools.pairwise(rows):
        assert after["start_time"] == pytest.approx(before["end_time"], abs=0.001)
        assert after["start_time"] > before["start_time"]

    # Where analysis began late or left frames out, as on a busy machine, motion stays unknown.
    def all_have_motion() -> bool:
        known = [row["motion"] is not None for row in closed_segments(picket)]
        return any(all(known[n : n + SEGMENTS - 1]) for n in range(1, len(known) - SEGMENTS + 2))

    wait_for(all_have_motion, 30, f"motion of {SEGMENTS - 1} segments in a row")
    files = sorted((picket.media / "recordings").rglob("*.mp4"))
    assert len(files) >= SEGMENTS
    for file in files[:SEGMENTS]:
        assert probe_errors(file) == ""
        assert decode_errors(file) == ""
        assert count_frames(file) == pytest.approx(300, abs=31)


def test_the_newest_picture_and_the_figures_are_live(picket: Picket) -> None:
    status, body = picket.fetch("/api/street/latest.jpg?bbox=1")
    assert (status, body[:2]) == (200, b"\xff\xd8")
    stats = picket.json("/api/stats")["cameras"]["street"]
    assert stats["camera_fps"] == pytest.approx(5.0, abs=1.0)
    activity = picket.json("/api/street/activity?step=600")
    assert max(activity["recorded"]) > 0
    assert max(activity["motion"]) > 0
    assert max(activity["objects"]) >= 1
    history = picket.json(f"/api/stats/history?step=10&after={time.time() - 600}")
    assert {"main", "server"} <= history["processes"].keys()
    assert stats["process_fps"] + stats["skipped_fps"] == pytest.approx(stats["camera_fps"], abs=1)


def test_a_clean_stop_closes_every_file_and_ends_every_event(picket: Picket) -> None:
    wait_for(lambda: picket.json("/api/events?in_progress=1"), 30, "event in progress")
    assert picket.stop() < 5.0
    log = picket.log.read_text()
    assert "Traceback" not in log
    for file in sorted((picket.media / "recordings").rglob("*.mp4"))[-2:]:
        assert decode_errors(file) == ""
    from picket.store.database import open_database
    from picket.store.segments import open_segments

    db = open_database(picket.media.parent / "picket.db", read_only=True)
    try:
        assert open_segments(db) == []
        assert db.rows("SELECT id FROM event WHERE end_time IS NULL", {}) == []
    finally:
        db.close()
