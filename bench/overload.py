"""What too slow a detector costs: busy cameras with models of several speeds."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.cameras import ANALYSED_FPS, START_S, Place, watch_start
from bench.clips import BUSY, Clip, Scene, make_clip
from bench.latency import EventDelays, watched_events
from bench.slow_model import SIDE_PX, slow_model
from tests.support.servers import DATA, Picket, rtsp_server, running_picket

CAMERAS = 4
LOOK_MS = (20, 60, 200)
WARM_UP_S = 15.0
PARKED = Scene(
    "parked",  # cars that stand, and traffic behind them
    DATA / "videos" / "street_cars_gt.mp4",
    ("-stream_loop", "-1"),
)
SCENES = (BUSY, PARKED)
HEAD = """
mqtt: {{enabled: false}}
detectors:
  far: {{type: deepstack, api_url: "{url}", api_timeout: 10}}
model: {{width: {side}, height: {side}}}
record: {{enabled: true, retain: {{days: 1, mode: all}}}}
snapshots: {{enabled: true}}
objects: {{track: [person, car]}}
cameras:
"""
CAMERA = """
  {name}:
    ffmpeg: {{inputs: [{{path: {url}, roles: [detect, record]}}]}}
    detect: {{fps: {fps}}}
"""


@dataclass(frozen=True, slots=True)
class Shedding:
    """What a detector of one speed left of the wishes of cameras."""

    name: str
    look_ms: float  # as the detector measured it
    due_fps: float  # frames, all cameras together
    analysed_fps: float
    skipped_fps: float
    made: dict[str, int]  # looks in the window, by what they are for
    shed: dict[str, int]
    looks_by_camera: dict[str, int]
    dropped_packets: int
    events: int  # that began in the window
    events_by_camera: dict[str, int]  # since the start
    told_p95_s: float | None
    overloaded: int  # cameras that say so

    @property
    def unevenness(self) -> float:
        """How much fewer looks the camera with the fewest got than the one with the most."""
        counts = self.looks_by_camera.values()
        return 1 - min(counts) / max(*counts, 1)


def shed(place: Place, window_s: float) -> Iterator[Shedding]:
    """One scene after the other with one model after the other."""
    for scene in SCENES:
        for look_ms in LOOK_MS:
            with _running(scene, look_ms, place, WARM_UP_S + window_s) as picket:
                time.sleep(WARM_UP_S)  # scans are over, and rates are means of ten seconds
                yield _measure(f"{CAMERAS} {scene.name} 720p5, {look_ms} ms", picket, window_s)


def shedding_table(found: Shedding) -> str:
    """A few lines."""
    told = "none" if found.told_p95_s is None else f"p95 {1000 * found.told_p95_s:.0f} ms"
    shares = ", ".join(
        f"{kind} {found.shed[kind]} of {found.shed[kind] + found.made[kind]}" for kind in found.made
    )
    return (
        f"\n{found.name} (a look takes {found.look_ms:.0f} ms)\n"
        f"  frames a second: {found.due_fps:.1f} due, {found.analysed_fps:.1f} analysed,"
        f" {found.skipped_fps:.1f} skipped; {found.dropped_packets} packets dropped\n"
        f"  looks shed: {shares}\n"
        f"  looks by camera: {sorted(found.looks_by_camera.values())},"
        f" {100 * found.unevenness:.0f} % apart; events by camera:"
        f" {sorted(found.events_by_camera.values())}\n"
        f"  {found.events} events began, told after: {told};"
        f" {found.overloaded} cameras say that they are overloaded"
    )


@contextmanager
def _running(scene: Scene, look_ms: float, place: Place, length_s: float) -> Iterator[Picket]:
    clip = make_clip(Clip(scene), place.folder, START_S + length_s)
    names = [f"camera{n}" for n in range(CAMERAS)]
    with (
        tempfile.TemporaryDirectory(dir=place.folder) as own,
        rtsp_server(dict.fromkeys(names, clip)) as server,
        slow_model(look_ms) as model,
    ):
        cameras = (
            CAMERA.format(name=name, url=f"{server}/{name}", fps=ANALYSED_FPS) for name in names
        )
        config = HEAD.format(url=model, side=SIDE_PX) + "".join(cameras)
        began = time.monotonic()
        with running_picket(Path(own), config, place.env) as picket:
            watch_start(picket, names, began)
            yield picket


def _measure(name: str, picket: Picket, window_s: float) -> Shedding:
    before = picket.json("/api/stats")["cameras"]
    with watched_events(picket) as delays:
        time.sleep(window_s)  # the measurement is the passing of this time
    stats = picket.json("/api/stats")
    after = stats["cameras"]
    made, gone = (_change(before, after, what) for what in ("made", "shed"))
    events = picket.json("/api/events?include_thumbnails=0&limit=1000")
    return Shedding(
        name,
        stats["detectors"]["far"]["inference_speed"],
        due_fps=_sum(after, "camera_fps"),
        analysed_fps=_sum(after, "process_fps"),
        skipped_fps=_sum(after, "skipped_fps"),
        made=_by_kind(made),
        shed=_by_kind(gone),
        looks_by_camera={camera: sum(kinds.values()) for camera, kinds in made.items()},
        dropped_packets=int(_sum(after, "dropped_packets")),
        events=len(delays.told_s),
        events_by_camera=dict(Counter(one["camera"] for one in events)),
        told_p95_s=_p95(delays),
        overloaded=sum(one["is_overloaded"] for one in after.values()),
    )


def _change(before: Any, after: Any, what: str) -> Mapping[str, Mapping[str, int]]:
    """Looks of each camera and kind between two answers of the statistics."""
    return {
        camera: {
            kind: count[what] - before[camera]["looks"][kind][what]
            for kind, count in stats["looks"].items()
        }
        for camera, stats in after.items()
    }


def _by_kind(counts: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    total = Counter[str]()
    for kinds in counts.values():
        total.update(kinds)
    return dict(total)


def _sum(cameras: Any, what: str) -> float:
    return round(sum(float(one[what]) for one in cameras.values()), 2)


def _p95(delays: EventDelays) -> float | None:
    if len(delays.told_s) < 2:
        return None
    return statistics.quantiles(delays.told_s, n=20, method="inclusive")[-1]
