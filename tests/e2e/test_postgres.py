"""An index in PostgreSQL: people become events, and a crash of the server costs nothing."""

import itertools
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.postgres_server import PostgresServer, postgres_server
from tests.support.servers import (
    DATA,
    Picket,
    decode_errors,
    loop_video,
    rtsp_server,
    running_picket,
    wait_for,
)

CONFIG = """
mqtt: {{enabled: false}}
database: {{url: "{database}"}}
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
record:
  enabled: true
  retain: {{days: 1, mode: all}}
snapshots: {{enabled: true}}
"""


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    with postgres_server() as started:
        yield started


@pytest.fixture
def picket(tmp_path: Path, server: PostgresServer) -> Iterator[Picket]:
    short = tmp_path / "short.mp4"
    source = DATA / "videos" / "street_people_gt.mp4"
    encode = ["-c:v", "libx264", "-preset", "veryfast", "-g", "30", "-an"]
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(source), *encode, str(short)], check=True)
    looped = loop_video(short, tmp_path / "long.mp4", rounds=40)
    with rtsp_server({"street": looped}) as url:
        config = CONFIG.format(
            url=url, database=server.url(), model=DATA / "models" / "yolox_nano.onnx"
        )
        with running_picket(tmp_path, config, names_index=True) as running:
            yield running


def ended_people(picket: Picket) -> list[Any]:
    return list(picket.json("/api/events?in_progress=0&labels=person&has_clip=1") or [])


def recordings(picket: Picket) -> list[Any]:
    return list(picket.json("/api/street/recordings") or [])


def files(picket: Picket) -> set[Path]:
    return set((picket.media / "recordings").rglob("*.mp4"))


def test_it_records_and_finds_people_while_the_server_crashes_and_comes_back(
    picket: Picket, server: PostgresServer
) -> None:
    people = wait_for(lambda: ended_people(picket), 90, "ended event of a person")
    assert decode_errors(picket.url(f"/vod/event/{people[0]['id']}/index.m3u8")) == ""
    told = {row["id"]: row["start_time"] for row in recordings(picket)}
    server.stop(crash=True)
    written = files(picket)
    status, body = picket.fetch("/api/events")
    assert (status, b'"success":false' in body.replace(b" ", b"")) == (503, True)
    # Two more, so that one began and ended while there was no server.
    wait_for(lambda: len(files(picket) - written) >= 2, 60, "files without a server")
    server.start()
    wait_for(lambda: len(recordings(picket)) >= len(told) + 3, 60, "recordings after it came back")
    rows = recordings(picket)
    assert told.items() <= {row["id"]: row["start_time"] for row in rows}.items()
    for before, after in itertools.pairwise(rows):
        assert after["start_time"] == pytest.approx(before["end_time"], abs=0.001)
    assert picket.json("/api/gaps") == []
    assert {one["id"] for one in people} <= {one["id"] for one in ended_people(picket)}
    assert picket.stop() < 5.0
    log = picket.log.read_text()
    assert "Traceback" not in log
    assert "hush-index" not in log
    assert not (picket.media.parent / "picket.db").exists()
