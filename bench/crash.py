"""What `kill -9` costs: `python -m bench.crash [--kills N] [--seed N]`.

Processes are killed at random moments while cameras number their pictures. Afterwards everything
that the index can show is read back, and what is missing is counted.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.crash_report import Outcome, keep, table
from bench.meter import stalled_seconds
from picket.store.segments import find_segments
from tests.support.counted_feed import FPS, STRIP_PX, WIDTH, make_counted_clip
from tests.support.footage_audit import EVER, Audit, open_rows, unexplained_s
from tests.support.killed_service import EVERYTHING, RECOVERY_S, Service, index
from tests.support.live_rtsp import LiveCamera, live_camera
from tests.support.loss import Kill, losses, missing_numbers
from tests.support.servers import DATA

CAMERAS = [f"cam{n}" for n in range(9)]  # nine cameras are run by two workers
WATCHED = CAMERAS[0]  # where objects are looked for, so that events run when somebody dies
ROLES = ("cameras:0", "cameras:1", "keeper", "server", "main")
VICTIMS = (*ROLES, EVERYTHING)
SECONDS_PER_KILL = 20.0
WARM_UP_S = 90.0
PAUSE_S = (1.0, 3.0)  # the random moment after all is well again


def configuration(url: str) -> str:
    """The YAML of cameras that are all recorded, one of which is watched."""
    strip = f"0,0,{WIDTH},0,{WIDTH},{STRIP_PX},0,{STRIP_PX}"
    cameras = "".join(
        f"  {name}:\n"
        f"    ffmpeg: {{inputs: [{{path: '{url}/{name}', roles: [detect, record]}}]}}\n"
        f"    detect: {{fps: 2, enabled: {str(name == WATCHED).lower()}}}\n"
        f"    motion: {{mask: ['{strip}']}}\n"
        for name in CAMERAS
    )
    model = DATA / "models" / "yolox_nano.onnx"
    return (
        "mqtt: {enabled: false}\n"
        "detectors: {onnx: {type: onnx}}\n"
        f"model: {{path: {model}, model_type: yolox}}\n"
        "record: {enabled: true, retain: {days: 1, mode: all}}\n"
        "snapshots: {enabled: true}\n"
        f"cameras:\n{cameras}"
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is killed how often."""

    kills: int
    victims: Sequence[str]
    seed: int
    longest_s: float  # then it ends, however many there were


def run_kills(service: Service, camera: LiveCamera, plan: Plan) -> tuple[list[Kill], list[float]]:
    """Kill so often, each time after everything was well; and seconds until it was well again."""
    roles = service.await_health()
    kills: list[Kill] = []
    recoveries: list[float] = []
    chance = Random(plan.seed)  # noqa: S311 - repeatable, not secret
    end_monotonic = time.monotonic() + plan.longest_s
    while len(kills) < plan.kills and time.monotonic() < end_monotonic:
        time.sleep(chance.uniform(*PAUSE_S))  # the random moment is what is tested
        victim = chance.choice(plan.victims)
        kills.append(Kill(victim, now := time.time(), camera.newest(now)))
        service.kill(victim, roles)
        roles = service.await_health()
        recoveries.append(time.time() - kills[-1].time)
        print(f"{len(kills):4} {victim:12} well after {recoveries[-1]:5.1f} s", flush=True)
    service.now.stop()
    return kills, recoveries


def read_back(
    service: Service, camera: LiveCamera, kills: list[Kill], recoveries: list[float]
) -> Outcome:
    """Start once more, so that what waits for a start is mended, stop, and count."""
    service.start()
    service.await_health()
    service.now.stop()
    end = camera.newest(kills[-1].time + recoveries[-1] - 1.0)
    audit = Audit(service.folder / "media" / "recordings")
    with index(service.folder) as db:
        told = {name: audit.numbers(db, name) for name in CAMERAS}
        segments = [one for name in CAMERAS for one in find_segments(db, name, *EVER)]
        return Outcome(
            kills=kills,
            recoveries_s=recoveries,
            losses=[losses(kills, name, missing_numbers(set(told[name]), end)) for name in CAMERAS],
            pictures=sum(len(numbers) for numbers in told.values()),
            repeated=sum(len(numbers) - len(set(numbers)) for numbers in told.values()),
            files=len(segments),
            unplayable=audit.unplayable(segments),
            orphans=audit.orphans(db),
            lost_files=audit.lost_files(db),
            unexplained_s=[hole for name in CAMERAS for hole in unexplained_s(db, name)],
            events=db.rows("SELECT COUNT(*) AS n FROM event")[0]["n"],
            open_rows=open_rows(db),
        )


def bench(folder: Path, plan: Plan) -> Outcome:
    """Everything; the files stay in the folder."""
    length_s = WARM_UP_S + min(plan.kills * SECONDS_PER_KILL, plan.longest_s + RECOVERY_S)
    clip = make_counted_clip(folder / "counted.mp4", round(length_s * FPS))
    with live_camera(clip) as camera:
        service = Service(folder, configuration(camera.url), CAMERAS, ROLES)
        try:
            kills, recoveries = run_kills(service, camera, plan)
            return read_back(service, camera, kills, recoveries)
        finally:
            service.end()


def main() -> None:
    """Kill, count, print, keep."""
    parser = argparse.ArgumentParser(prog="python -m bench.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=28.0, help="no kill after so many")
    parser.add_argument("--only", choices=VICTIMS, action="append", help="of the processes")
    parser.add_argument("--folder", type=Path, help="kept; without it a temporary one is used")
    wanted = parser.parse_args()
    began, stalled_s = time.monotonic(), stalled_seconds()
    with tempfile.TemporaryDirectory() as temporary:
        folder = wanted.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        victims = wanted.only or VICTIMS
        plan = Plan(wanted.kills, victims, wanted.seed, 60 * wanted.minutes)
        outcome = bench(folder, plan)
    length_s = time.monotonic() - began
    stalled = 100 * (stalled_seconds() - stalled_s) / length_s
    print(table(outcome), f"{length_s:.0f} s, cores were short for {stalled:.0f} % of it", sep="\n")
    keep(outcome, wanted.seed, stalled)


if __name__ == "__main__":
    main()
