"""One measurement: cameras, Picket and the floor side by side."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av

from bench.cameras import Place, Running, Scenario, Start, running_cameras
from bench.floor import floor
from bench.latency import EventDelays, watched_events
from bench.meter import count_syncs, footprint, measure_cpu, stalled_seconds, written_bytes

WARM_UP_S = 15.0  # start-up scans are over and ten-second rates are full
SYNCS_S = 5.0
SLICES = 5


@dataclass(frozen=True, slots=True)
class Cost:
    """One process, or several that do the same."""

    cpu_percent: list[float]  # of one core, per slice of the window
    pss_bytes: int
    shared_bytes: int  # of it
    threads: int
    processes: int
    written_bytes: int  # a second


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scenario cost."""

    scenario: Scenario
    picket: dict[str, Cost]
    floor: dict[str, Cost]  # of the first `floor_streams` cameras
    floor_streams: int
    rates: dict[str, float]  # a second, all cameras together
    syncs: float | None  # a second; None where they cannot be counted
    delays: EventDelays
    stalled_percent: float  # of the window, in which something on the machine waited for a core
    start: Start


def run_scenario(scenario: Scenario, place: Place, window_s: float) -> Outcome:
    """Start everything, warm up, measure, end everything."""
    with running_cameras(scenario, place, WARM_UP_S + window_s + SYNCS_S) as running:
        folder = running.picket.media.parent
        with floor(list(running.urls.values()), folder) as below:
            time.sleep(WARM_UP_S)  # rates are means of ten seconds: only time fills them
            return _measure(scenario, running, below, window_s)


def _measure(
    scenario: Scenario, running: Running, below: Mapping[str, list[int]], window_s: float
) -> Outcome:
    picket = running.picket
    groups = {**picket.roles(), **below}
    before = _Counts.read(picket.media, groups)
    with watched_events(picket) as delays:
        cpu = measure_cpu(groups, window_s, SLICES)
    change = _Counts.read(picket.media, groups).since(before)
    costs = {name: _cost(cpu[name], pids, change.written[name]) for name, pids in groups.items()}
    rates = dict(_rates(picket.json("/api/stats")["cameras"].values()))
    ours = [pid for name, pids in groups.items() if name not in below for pid in pids]
    return Outcome(
        scenario,
        {name: cost for name, cost in costs.items() if name not in below},
        {name: cost for name, cost in costs.items() if name in below},
        len(below["decode"]),
        {"recorded": round(change.frames, 2), **rates},
        count_syncs(ours, SYNCS_S),
        delays,
        100 * change.stalled_s,
        running.start,
    )


@dataclass(frozen=True, slots=True)
class _Counts:
    """What only grows, so that two looks give what happened between them."""

    now_monotonic: float
    stalled_s: float
    frames: float
    written: dict[str, float]  # bytes, by group

    @classmethod
    def read(cls, media: Path, groups: Mapping[str, list[int]]) -> _Counts:
        """Look at it all."""
        return cls(
            time.monotonic(),
            stalled_seconds(),
            recorded_frames(media.rglob("*.mp4")),
            {name: sum(map(written_bytes, pids)) for name, pids in groups.items()},
        )

    def since(self, before: _Counts) -> _Counts:
        """What came in each second between the two looks."""
        elapsed_s = self.now_monotonic - before.now_monotonic
        return _Counts(
            elapsed_s,
            (self.stalled_s - before.stalled_s) / elapsed_s,
            (self.frames - before.frames) / elapsed_s,
            {
                name: (value - before.written[name]) / elapsed_s
                for name, value in self.written.items()
            },
        )


def recorded_frames(files: Iterable[Path]) -> int:
    """Pictures that are in these files, the growing ones up to their last whole fragment."""
    count = 0
    for file in files:
        with av.open(str(file)) as container:
            count += sum(packet.size > 0 for packet in container.demux(video=0))
    return count


def _cost(cpu_percent: list[float], pids: list[int], written: float) -> Cost:
    held = [footprint(pid) for pid in pids]
    return Cost(
        cpu_percent,
        sum(one.pss_bytes for one in held),
        sum(one.shared_bytes for one in held),
        sum(one.threads for one in held),
        len(pids),
        round(written),
    )


def _rates(cameras: Any) -> Iterator[tuple[str, float]]:
    names = {
        "due": "camera_fps",
        "analysed": "process_fps",
        "skipped": "skipped_fps",
        "inferences": "detection_fps",
    }
    stats = list(cameras)
    for name, key in names.items():
        yield name, round(sum(one[key] for one in stats), 2)
    yield "lost packets", sum(one["dropped_packets"] for one in stats)
