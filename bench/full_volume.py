"""24 hours on a full volume in fast motion: `python -m bench.full_volume [--hours N] [--seed N]`.

Four cameras write a file every ten seconds, two with a quota; events happen, some are protected.
Clock and disk are simulated; rules, chores and index are the real ones.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bench.meter import stalled_seconds
from picket.config.load import parse_config
from picket.config.root import Config
from picket.domain.timespan import TimeSpan
from tests.support.full_volume import Day, Shot, Volume

SEGMENT_S = 10.0
GIB = 1 << 30
VOLUME_BYTES = 100 * GIB
MEGABITS = {"door": 16, "yard": 8, "hall": 8, "lane": 4}  # a second
QUOTAS_GIB = {"hall": 15.0, "lane": 5.0}
EVENT_CHANCE = 0.02  # a file, with one of a camera
PROTECTED_SHARE = 0.1
EVENT_S = 20.0


@dataclass
class Course:
    """What happened, and what the clean-ups took."""

    turns_ms: list[float] = field(default_factory=list)  # a step with all of its clean-ups
    protected: dict[str, list[TimeSpan]] = field(default_factory=lambda: {n: [] for n in MEGABITS})


def configuration() -> Config:
    """Keep for a month, which the volume does not allow."""
    source = "rtsp://10.0.0.5/main"
    cameras = {
        name: {
            "ffmpeg": {"inputs": [{"path": source, "roles": ["detect", "record"]}]},
            "record": {"quota": QUOTAS_GIB.get(name)},
        }
        for name in MEGABITS
    }
    record = {"enabled": True, "retain": {"days": 30, "mode": "all"}}
    return parse_config({"record": record, "cameras": cameras})


def play(day: Day, hours: float, chance: Random) -> Course:
    """Record on; sizes vary by a fifth, and triple in one hour of six."""
    course = Course()
    for number in range(round(hours * 3600 / SEGMENT_S)):
        rush = 3 if number * SEGMENT_S // 3600 % 6 == 5 else 1
        sizes = {
            name: round(rush * rate * 1e6 / 8 * SEGMENT_S * chance.uniform(0.8, 1.2))
            for name, rate in MEGABITS.items()
        }
        began = time.perf_counter()
        day.record(sizes)
        course.turns_ms.append(1000 * (time.perf_counter() - began))
        if chance.random() < EVENT_CHANCE:
            camera = chance.choice(list(MEGABITS))
            is_protected = chance.random() < PROTECTED_SHARE
            span = day.note_event(camera, EVENT_S, is_protected=is_protected)
            if is_protected:
                course.protected[camera].append(span)
    return course


def is_protected(shot: Shot, course: Course) -> bool:
    """Whether a protected event touches it."""
    return any(
        span.start_time <= shot.span.end_time and shot.span.start_time <= span.end_time
        for span in course.protected[shot.camera]
    )


def report(day: Day, course: Course) -> str:
    """The lines to read."""
    there = [shot for shot in day.shots if day.is_there(shot)]
    bound = [shot for shot in day.shots if is_protected(shot, course)]
    lines = [
        f"{len(day.shots):,} files recorded, {len(day.shots) - len(there):,} deleted;"
        f" {day.refused} found no room",
        f"least free: {day.least_free_bytes / GIB:.2f} GiB of {VOLUME_BYTES / GIB:.0f}",
        f"protected: {len(bound)}, deleted of them: {sum(not day.is_there(s) for s in bound)}",
        f"rows and files agree: {day.rows() == {shot.id for shot in there}}",
        f"out of order: {sum(out_of_order(day, course, n) for n in MEGABITS)}",
    ]
    for name, quota in QUOTAS_GIB.items():
        used = sum(day.volume.sizes[s.path] for s in there if s.camera == name)
        lines.append(f"{name}: {used / GIB:.2f} GiB of its quota of {quota:g}")
    usual, worst = statistics.median(course.turns_ms), max(course.turns_ms)
    return "\n".join([*lines, f"a step: median {usual:.2f} ms, longest {worst:.0f} ms"])


def out_of_order(day: Day, course: Course, camera: str) -> int:
    """How many unprotected files of a camera went while an older one stayed."""
    free = [s for s in day.shots if s.camera == camera and not is_protected(s, course)]
    states = [day.is_there(shot) for shot in free]
    return sum(a != b for a, b in zip(states, sorted(states), strict=True))


def main() -> None:
    """Simulate, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.full_volume", description=__doc__)
    parser.add_argument("--hours", type=float, default=24.0)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    logging.disable(logging.WARNING)  # a full volume is what is simulated
    began, stalled_s = time.monotonic(), stalled_seconds()
    with tempfile.TemporaryDirectory() as folder:
        day = Day(Path(folder), configuration(), Volume(VOLUME_BYTES), SEGMENT_S)
        with closing(day.db):
            course = play(day, wanted.hours, Random(wanted.seed))  # noqa: S311 - repeatable
            print(report(day, course))
    length_s = time.monotonic() - began
    short = 100 * (stalled_seconds() - stalled_s) / length_s
    print(f"{wanted.hours:g} h in {length_s:.0f} s; cores were short for {short:.0f} % of it")


if __name__ == "__main__":
    main()
