"""Cameras of a scenario, and Picket that records and watches them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.clips import Clip, make_clip
from tests.support.servers import DATA, Picket, rtsp_server, running_picket, wait_for

START_S = 60.0
SPARE_S = 30.0  # that cameras go on beyond what was asked for
ANALYSED_FPS = 5

HEAD = """
mqtt: {{enabled: false}}
detectors:
  onnx: {{type: onnx}}
model: {{path: {model}, model_type: yolox}}
record: {{enabled: true, retain: {{days: 1, mode: all}}}}
snapshots: {{enabled: true}}
objects: {{track: [person]}}
cameras:
"""
CAMERA = """
  {name}:
    ffmpeg: {{inputs: [{{path: {url}, roles: [detect, record]}}]}}
    detect: {{fps: {fps}}}
"""
LOAD_ALL = (
    "import picket.runtime.program, picket.runtime.keeper.process, picket.runtime.serving.process,"
    "picket.runtime.worker.camera, picket.runtime.detecting.process, picket.detect.backends.onnx"
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """So many cameras that all send the same."""

    clip: Clip
    cameras: int

    @property
    def name(self) -> str:
        """Such as `4 quiet 720p5`."""
        return f"{self.cameras} {self.clip.name}"


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the start of the program to what every camera has."""

    first_file_s: float
    first_fragment_s: float  # in the index, as clients see it


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run of the bench keeps its files."""

    folder: Path

    @property
    def env(self) -> dict[str, str]:
        """Bytecode is kept as an installation keeps it: compiling leaves memory behind."""
        return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(self.folder / "bytecode")}

    def prepare(self) -> None:
        """Fill the bytecode, so that the first scenario is like the others."""
        env = {**os.environ, **self.env}
        subprocess.run([sys.executable, "-c", LOAD_ALL], check=True, env=env)


@dataclass(frozen=True, slots=True)
class Running:
    """Picket with all its cameras recorded."""

    picket: Picket
    urls: dict[str, str]  # of the cameras, by name
    start: Start


@contextmanager
def running_cameras(scenario: Scenario, place: Place, length_s: float) -> Iterator[Running]:
    """Start cameras that last at least so long, and Picket; both are gone afterwards."""
    clip = make_clip(scenario.clip, place.folder, START_S + length_s + SPARE_S)
    names = [f"camera{n}" for n in range(scenario.cameras)]
    with (
        tempfile.TemporaryDirectory(dir=place.folder) as own,
        rtsp_server(dict.fromkeys(names, clip)) as server,
    ):
        urls = {name: f"{server}/{name}" for name in names}
        began = time.monotonic()
        with running_picket(Path(own), configuration(urls), place.env) as picket:
            yield Running(picket, urls, watch_start(picket, names, began))


def configuration(urls: Mapping[str, str]) -> str:
    """The YAML of cameras that are recorded and analysed at their own size."""
    head = HEAD.format(model=DATA / "models" / "yolox_nano.onnx")
    cameras = (CAMERA.format(name=name, url=url, fps=ANALYSED_FPS) for name, url in urls.items())
    return head + "".join(cameras)


def watch_start(picket: Picket, names: list[str], began_monotonic: float) -> Start:
    """Wait until every camera has footage on the disk and in the index."""

    def files() -> bool:
        folders = {file.parent.name for file in (picket.media / "recordings").rglob("*.mp4")}
        return folders >= set(names)

    wait_for(files, START_S, "file of every camera")
    first_file_s = time.monotonic() - began_monotonic

    def rows() -> bool:
        return all(picket.json(f"/api/{name}/recordings") for name in names)

    wait_for(rows, START_S, "row of every camera")
    return Start(first_file_s, time.monotonic() - began_monotonic)
