"""Exports of a running program: of what it records itself, and of an hour that it recorded before.

The hour makes an export long enough to be stopped, and interrupted by a killed keeper.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from picket.store.database import transaction
from picket.store.segments import delete_segments, find_segments, put_segment
from tests.support.footage import Footage, duration_s, is_fast_start, make_footage
from tests.support.servers import (
    DATA,
    Picket,
    decode_errors,
    loop_video,
    probe_errors,
    rtsp_server,
    running_picket,
    wait_for,
)

LONG_S = 3600.0  # about 350 MB
CONFIG = """
mqtt: {{enabled: false}}
ui: {{timezone: UTC}}
cameras:
  front:
    ffmpeg:
      inputs:
        - path: {url}/front
          roles: [detect, record]
    detect: {{width: 626, height: 360, fps: 1, enabled: false}}
record:
  enabled: true
  retain: {{days: 20000, mode: all}}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exports")


@pytest.fixture(scope="module")
def hour(folder: Path) -> Footage:
    """An hour of 2024, in the index before the program starts: one file again and again."""
    made = make_footage(folder, loops=3)
    (first, *_) = find_segments(made.db, "front", made.start_time, made.end_time)
    delete_segments(made.db, [first.id])
    count = int(LONG_S / first.duration_s)
    with transaction(made.db):
        for number in range(count):
            start_time = first.start_time + number * first.duration_s
            end_time = start_time + first.duration_s
            again = replace(
                first, id=f"{start_time}-{number:06}", start_time=start_time, end_time=end_time
            )
            put_segment(made.db, again)
    made.db.close()
    (folder / "index.db").rename(folder / "picket.db")
    return replace(made, end_time=first.start_time + count * first.duration_s)


@pytest.fixture(scope="module")
def picket(folder: Path, hour: Footage) -> Iterator[Picket]:
    short, source = folder / "short.mp4", DATA / "videos" / "street_people_gt.mp4"
    encode = ["-c:v", "libx264", "-preset", "veryfast", "-g", "30", "-an"]  # a camera's usual GOP
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(source), *encode, str(short)], check=True)
    looped = loop_video(short, folder / "long.mp4", rounds=20)
    with (
        rtsp_server({"front": looped}) as url,
        running_picket(folder, CONFIG.format(url=url)) as running,
    ):
        wait_for(lambda: running.json("/api/stats"), 30, "server")
        yield running


def start(picket: Picket, start_time: float, end_time: float, playback: str = "realtime") -> str:
    url = picket.url(f"/api/export/front/start/{start_time}/end/{end_time}")
    answer = httpx.post(url, json={"playback": playback, "name": None}, timeout=10)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["export_id"])


def shown(picket: Picket, export_id: str) -> Any:
    return next((one for one in picket.json("/api/exports") if one["id"] == export_id), None)


def finished(picket: Picket, export_id: str) -> Any:
    """The export's row once it has ended, and its file in the folder."""
    row = wait_for(
        lambda: one if not (one := shown(picket, export_id))["in_progress"] else None,
        120,
        "end of the export",
    )
    assert (row["state"], row["error"]) == ("done", "")
    return row


def file_of(picket: Picket, row: Any) -> Path:
    return picket.media / "exports" / f"{row['name']}.mp4"


def listed(picket: Picket) -> list[str]:
    return [one["name"] for one in picket.json("/exports/")]


def digest(picket: Picket, path: str) -> str:
    found = hashlib.sha256()
    with httpx.stream("GET", picket.url(path), timeout=60) as answer:
        assert answer.status_code == 200
        for part in answer.iter_bytes():
            found.update(part)
    return found.hexdigest()


def wait_until_running(picket: Picket, export_id: str) -> str:
    """The name of its file when a part of that is written."""
    partial = shown(picket, export_id)["name"].replace("_", "@", 1)
    name = f"in_progress.{partial}.mp4"
    wait_for(
        lambda: (file := picket.media / "exports" / name).exists() and file.stat().st_size, 60, name
    )
    return name


def test_what_the_program_records_is_exported_in_both_ways(picket: Picket) -> None:
    def minute() -> Any:
        rows = picket.json(f"/api/front/recordings?after={time.time() - 600}") or []
        return rows if rows and rows[-1]["end_time"] - rows[0]["start_time"] >= 20 else None

    rows = wait_for(minute, 90, "twenty seconds of recordings")
    begin = rows[0]["start_time"]
    for playback, speed in (("realtime", 1), ("timelapse_25x", 25)):
        row = finished(picket, start(picket, begin, begin + 20, playback))
        file = file_of(picket, row)
        assert probe_errors(file) == decode_errors(file) == ""
        assert duration_s(file) == pytest.approx(20 / speed, abs=2 / speed)
        assert is_fast_start(file)
        assert row["size"] == file.stat().st_size
        status, body = picket.fetch(f"/exports/{row['name']}.mp4")
        assert (status, body) == (200, file.read_bytes())


def test_an_hour_is_the_same_as_its_clip(picket: Picket, hour: Footage) -> None:
    row = finished(picket, start(picket, hour.start_time, hour.end_time))
    assert row["name"] == "front_2024_01_15_12_00__2024_01_15_12_59"
    clip = f"/api/front/start/{hour.start_time}/end/{hour.end_time}/clip.mp4"
    assert digest(picket, f"/exports/{row['name']}.mp4") == digest(picket, clip)


def test_a_stopped_export_leaves_nothing(picket: Picket, hour: Footage) -> None:
    export_id = start(picket, hour.start_time, hour.end_time)
    partial = wait_until_running(picket, export_id)
    assert partial in listed(picket)
    answer = httpx.delete(picket.url(f"/api/export/{partial}"), timeout=10)
    assert answer.status_code == 200
    wait_for(lambda: partial not in listed(picket), 10, "end of the file")
    assert shown(picket, export_id)["state"] == "cancelled"
    assert shown(picket, export_id)["size"] is None


def test_a_killed_keeper_begins_its_export_anew(picket: Picket, hour: Footage) -> None:
    export_id = start(picket, hour.start_time, hour.end_time)
    wait_until_running(picket, export_id)
    os.kill(process_that_writes_below(picket.media / "exports"), signal.SIGKILL)
    row = finished(picket, export_id)
    assert [name for name in listed(picket) if name.startswith("in_progress")] == []
    clip = f"/api/front/start/{hour.start_time}/end/{hour.end_time}/clip.mp4"
    assert digest(picket, f"/exports/{row['name']}.mp4") == digest(picket, clip)


def test_a_stop_of_the_program_is_not_held_up_by_an_export(picket: Picket, hour: Footage) -> None:
    export_id = start(picket, hour.start_time, hour.end_time)
    wait_until_running(picket, export_id)
    assert picket.stop() < 5.0
    assert "Traceback" not in picket.log.read_text()


def process_that_writes_below(folder: Path) -> int:
    """The keeper: whoever has a file of this folder open."""
    for process in psutil.process_iter():
        try:
            files = process.open_files()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        if any(file.path.startswith(f"{folder}/") for file in files):
            return process.pid
    raise AssertionError("nobody writes an export")
