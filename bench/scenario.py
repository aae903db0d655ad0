"""One measurement: cameras, Picket and the floor side by side."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.clips import FPS, Clip, make_clip
from bench.floor import floor
from bench.meter import Footprint, footprint, measure_cpu, stalled_seconds
from tests.support.servers import DATA, Picket, rtsp_server, running_picket, wait_for

WARM_UP_S = 15.0  # start-up scans are over and ten-second rates are full
START_S = 40.0
SLICES = 5

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


@dataclass(frozen=True, slots=True)
class Scenario:
    """So many cameras that all see the same kind of thing."""

    clip: Clip
    cameras: int

    @property
    def name(self) -> str:
        """Such as `4 quiet`."""
        return f"{self.cameras} {self.clip.name}"


@dataclass(frozen=True, slots=True)
class Cost:
    """One process, or several that do the same."""

    cpu_percent: list[float]  # of one core, per slice of the window
    pss_bytes: int
    threads: int
    processes: int


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the start of the program to what every camera has."""

    first_file_s: float
    first_fragment_s: float  # in the index, as clients see it


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scenario cost."""

    scenario: str
    picket: dict[str, Cost]
    floor: dict[str, Cost]
    rates: dict[str, float]  # a second, all cameras together
    stalled_percent: float  # of the window, in which something on the machine waited for a core
    start: Start


def run_scenario(scenario: Scenario, folder: Path, window_s: float) -> Outcome:
    """Start everything, warm up, measure, end everything."""
    folder.mkdir(parents=True)
    clip = make_clip(scenario.clip, folder, START_S + WARM_UP_S + window_s + 30)
    names = [f"camera{n}" for n in range(scenario.cameras)]
    with rtsp_server(dict.fromkeys(names, clip)) as server:
        urls = {name: f"{server}/{name}" for name in names}
        began = time.monotonic()
        with running_picket(folder, configuration(urls)) as picket:
            start = watch_start(picket, names, began)
            with floor(list(urls.values()), folder) as below:
                time.sleep(WARM_UP_S)  # rates are means of ten seconds: only time fills them
                return _measure(scenario, picket, below, start, window_s)


def configuration(urls: Mapping[str, str]) -> str:
    """The YAML of cameras that are recorded and analysed at their own size."""
    head = HEAD.format(model=DATA / "models" / "yolox_nano.onnx")
    cameras = (CAMERA.format(name=name, url=url, fps=FPS) for name, url in urls.items())
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


def _measure(
    scenario: Scenario,
    picket: Picket,
    below: Mapping[str, list[int]],
    start: Start,
    window_s: float,
) -> Outcome:
    ours = picket.roles()
    stalled_s = stalled_seconds()
    cpu = measure_cpu({**ours, **below}, window_s, SLICES)
    stalled_s = stalled_seconds() - stalled_s
    return Outcome(
        scenario.name,
        {name: _cost(cpu[name], pids) for name, pids in ours.items()},
        {name: _cost(cpu[name], pids) for name, pids in below.items()},
        dict(_rates(picket.json("/api/stats")["cameras"].values())),
        100 * stalled_s / window_s,
        start,
    )


def _cost(cpu_percent: list[float], pids: list[int]) -> Cost:
    held: list[Footprint] = [footprint(pid) for pid in pids]
    pss, threads = sum(one.pss_bytes for one in held), sum(one.threads for one in held)
    return Cost(cpu_percent, pss, threads, len(pids))


def _rates(cameras: Any) -> Iterator[tuple[str, float]]:
    names = {
        "frames": "camera_fps",
        "analysed": "process_fps",
        "skipped": "skipped_fps",
        "inferences": "detection_fps",
    }
    stats = list(cameras)
    for name, key in names.items():
        yield name, round(sum(one[key] for one in stats), 2)
