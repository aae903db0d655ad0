"""kill -9 of a camera worker in the middle of a segment costs two seconds of its own cameras."""

import itertools
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.servers import (
    Picket,
    decode_errors,
    loop_video,
    probe_errors,
    rtsp_server,
    running_picket,
    wait_for,
)

CAMERAS = [f"cam{n}" for n in range(9)]  # nine cameras are run by two workers


def config(url: str) -> str:
    cameras = "".join(
        f"  {name}:\n"
        f"    ffmpeg: {{inputs: [{{path: '{url}/{name}', roles: [detect, record]}}]}}\n"
        "    detect: {width: 320, height: 180, fps: 1, enabled: false}\n"
        for name in CAMERAS
    )
    return (
        "mqtt: {enabled: false}\n"
        "record: {enabled: true, retain: {days: 1, mode: all}}\n"
        f"cameras:\n{cameras}"
    )


@pytest.fixture
def picket(tmp_path: Path) -> Iterator[Picket]:
    scene = "testsrc2=s=320x180:r=10:d=10"
    encode = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-pix_fmt", "yuv420p"]
    short = tmp_path / "short.mp4"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", scene, *encode, str(short)], check=True
    )
    looped = loop_video(short, tmp_path / "long.mp4", rounds=30)
    with (
        rtsp_server(dict.fromkeys(CAMERAS, looped)) as url,
        running_picket(tmp_path, config(url)) as running,
    ):
        yield running


def rows(picket: Picket, camera: str) -> list[Any]:
    return list(picket.json(f"/api/{camera}/recordings") or [])


def test_a_killed_worker_is_back_in_five_seconds_and_nobody_else_notices(picket: Picket) -> None:
    # Everyone is in the second segment; the newest has grown for a while.
    wait_for(
        lambda: all(
            len(r) >= 2 and r[-1]["end_time"] - r[-1]["start_time"] > 4
            for r in (rows(picket, name) for name in CAMERAS)
        ),
        40,
        "second segment of every camera",
    )
    pids = picket.worker_pids()
    assert len(pids) == len(CAMERAS)
    assert len(set(pids.values())) == 2
    victim = pids["cam0"]
    hit = [name for name, pid in pids.items() if pid == victim]
    spared = [name for name, pid in pids.items() if pid != victim]
    cut = {name: picket.media / "recordings" / newest_file(picket, name) for name in hit}
    before = {name: rows(picket, name)[-1] for name in hit}
    os.kill(victim, signal.SIGKILL)
    killed_time = time.time()

    def recovered() -> dict[str, Any] | None:
        fresh = {name: rows(picket, name)[-1] for name in hit}
        is_new = all(fresh[name]["id"] != before[name]["id"] for name in hit)
        return fresh if is_new else None

    fresh = wait_for(recovered, 10, "new segment of every camera of the killed worker")
    for name in hit:
        assert fresh[name]["start_time"] - killed_time <= 5.0
        old = next(r for r in rows(picket, name) if r["id"] == before[name]["id"])
        assert killed_time - old["end_time"] <= 2.0, f"{name} lost too much"
        assert probe_errors(cut[name]) == ""
        assert decode_errors(cut[name]) == ""
        gaps = picket.json(f"/api/gaps?camera={name}")
        assert [gap["reason"] for gap in gaps] == ["restart"]
    # The others went on: their next segments join without a hole.
    wait_for(
        lambda: all(rows(picket, n)[-1]["start_time"] > killed_time for n in spared),
        30,
        "next segment of the others",
    )
    for name in spared:
        for earlier, later in itertools.pairwise(rows(picket, name)):
            assert later["start_time"] == pytest.approx(earlier["end_time"], abs=0.001)
        assert picket.json(f"/api/gaps?camera={name}") == []
    assert_the_metrics_tell_it(picket, hit)
    assert picket.stop() < 5.0


def assert_the_metrics_tell_it(picket: Picket, hit: list[str]) -> None:
    told = metrics(picket)
    for name in CAMERAS:
        gaps = picket.json(f"/api/gaps?camera={name}")
        missed_s = told[f'picket_recording_gap_seconds_total{{camera="{name}",reason="restart"}}']
        expected_s = sum(gap["end_time"] - gap["start_time"] for gap in gaps)
        assert missed_s == pytest.approx(expected_s, abs=0.001)
        assert bool(missed_s) == (name in hit)
    restarts = [told[f'picket_process_restarts_total{{process="cameras:{n}"}}'] for n in (0, 1)]
    assert sorted(restarts) == [0, 1]


def metrics(picket: Picket) -> dict[str, float]:
    """Values by name and labels."""
    _, text = picket.fetch("/api/metrics")
    lines = (line for line in text.decode().splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def newest_file(picket: Picket, camera: str) -> Path:
    folder = picket.media / "recordings"
    return max(folder.rglob(f"{camera}/*.mp4"), key=lambda p: p.stat().st_mtime).relative_to(folder)
