"""kill -9 of one process after the other while cameras number their pictures: what is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from picket.store.database import Database
from picket.store.segments import find_segments
from tests.support.counted_feed import FPS, make_counted_clip
from tests.support.footage_audit import EVER, Audit, open_rows, unexplained_s
from tests.support.killed_service import EVERYTHING, Service, index
from tests.support.live_rtsp import LiveCamera, live_camera
from tests.support.loss import Kill, losses, missing_numbers

CAMERAS = ["front", "back"]
ROLES = ["cameras:0", "keeper", "server", "main"]
VICTIMS = ["keeper", "cameras:0", "main", EVERYTHING]
CLIP_S = 150
MOST_LOST = 2 * FPS


def configuration(url: str) -> str:
    cameras = "".join(
        f"  {name}:\n"
        f"    ffmpeg: {{inputs: [{{path: '{url}/{name}', roles: [detect, record]}}]}}\n"
        "    detect: {fps: 1, enabled: false}\n"
        for name in CAMERAS
    )
    record = "record: {enabled: true, retain: {days: 1, mode: all}}\n"
    return f"mqtt: {{enabled: false}}\n{record}cameras:\n{cameras}"


@pytest.fixture
def camera(tmp_path: Path) -> Iterator[LiveCamera]:
    clip = make_counted_clip(tmp_path / "counted.mp4", CLIP_S * FPS)
    with live_camera(clip) as running:
        yield running


@pytest.fixture
def service(tmp_path: Path, camera: LiveCamera) -> Iterator[Service]:
    running = Service(tmp_path, configuration(camera.url), CAMERAS, ROLES)
    try:
        yield running
    finally:
        running.end()


def test_whoever_is_killed_little_is_lost_and_files_rows_and_gaps_agree(
    service: Service, camera: LiveCamera
) -> None:
    kills: list[Kill] = []
    roles = service.await_health()
    for victim in VICTIMS:
        kills.append(Kill(victim, now := time.time(), camera.newest(now)))
        service.kill(victim, roles)
        roles = service.await_health()
    end = camera.newest(time.time() - 3.0)
    service.now.stop()
    with index(service.folder) as db:
        audit = Audit(service.folder / "media" / "recordings")
        for name in CAMERAS:
            numbers = audit.numbers(db, name)
            assert len(numbers) == len(set(numbers))
            for loss in losses(kills, name, missing_numbers(set(numbers), end)):
                assert loss.before <= MOST_LOST, loss
                assert loss.victim not in {"keeper", "server"} or loss.total == 0, loss
        agree(db, audit)


def agree(db: Database, audit: Audit) -> None:
    segments = [one for name in CAMERAS for one in find_segments(db, name, *EVER)]
    assert audit.unplayable(segments) == []
    assert audit.orphans(db) == audit.lost_files(db) == []
    assert [unexplained_s(db, name) for name in CAMERAS] == [[], []]
    assert open_rows(db) == {"event": 0, "gap": 0, "segment": 0}
