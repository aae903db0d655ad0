"""kill -9 of `main` while somebody walks through the picture: his event ends as it really was."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.support.killed_service import index
from tests.support.servers import DATA, Picket, loop_video, rtsp_server, running_picket, wait_for

CONFIG = """
mqtt: {{enabled: false}}
detectors: {{onnx: {{type: onnx}}}}
model: {{path: {model}, model_type: yolox}}
cameras:
  street:
    ffmpeg: {{inputs: [{{path: {url}/street, roles: [detect, record]}}]}}
    detect: {{width: 626, height: 360, fps: 5}}
    objects: {{track: [person]}}
record: {{enabled: true, retain: {{days: 1, mode: all}}}}
"""


STOPPED_S = 5.0
POST_CAPTURE_S = 5.0  # what an event's end has on top


@pytest.fixture
def picket(tmp_path: Path) -> Iterator[Picket]:
    short = tmp_path / "short.mp4"
    source = DATA / "videos" / "street_people_gt.mp4"
    encode = ["-r", "5", "-c:v", "libx264", "-preset", "veryfast", "-g", "10", "-an"]
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(source), *encode, str(short)], check=True)
    looped = loop_video(short, tmp_path / "long.mp4", rounds=20)
    model = DATA / "models" / "yolox_nano.onnx"
    with (
        rtsp_server({"street": looped}) as url,
        running_picket(tmp_path, CONFIG.format(url=url, model=model)) as running,
    ):
        yield running


def running_events(picket: Picket) -> list[Any]:
    return list(picket.json("/api/events?in_progress=1&include_thumbnails=0") or [])


def test_the_keeper_writes_down_how_events_ended_before_it_leaves(picket: Picket) -> None:
    running = wait_for(lambda: running_events(picket), 60, "event in progress")
    parent = psutil.Process(picket.process.pid)
    assert parent.num_threads() == 1  # or a child could begin with a lock that nobody opens
    family = parent.children(recursive=True)
    killed_time = time.time()
    os.kill(picket.process.pid, signal.SIGKILL)
    _, alive = psutil.wait_procs(family, timeout=15)
    assert alive == []
    with index(picket.media.parent) as db:  # nobody has started again and ended them by the clock
        rows = db.rows("SELECT id, end_time FROM event")
        segments = db.rows("SELECT id FROM segment WHERE is_closed = 0")
    ends = {row["id"]: row["end_time"] for row in rows}
    assert {event["id"] for event in running} <= ends.keys()
    latest = killed_time + STOPPED_S + POST_CAPTURE_S
    assert all(end is not None and end <= latest for end in ends.values())
    assert segments == []
