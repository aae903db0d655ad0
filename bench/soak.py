"""Hours of bad luck: `python -m bench.soak [--minutes N] [--seed N]`.

Eight cameras that vanish, freeze and come back, on a volume that somebody else fills now and then.
What the processes hold must stay flat, nothing unexpected may be logged, and in the end files, rows
and gaps must agree. The volume is a `tmpfs` in a mount namespace of its own, which needs root.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import psutil

from bench.meter import footprint, process_tree, stalled_seconds
from bench.report import machine
from bench.soak_report import LIMITS, MIB, Trend, classify, trend_of
from picket.store.database import open_database
from picket.store.gaps import find_gaps
from picket.store.segments import find_segments
from tests.support.counted_feed import FPS, make_counted_clip
from tests.support.footage_audit import EVER, Audit, complaints, open_rows, unexplained_s
from tests.support.live_rtsp import LiveCamera, live_camera
from tests.support.servers import DATA, free_port, running_picket

RESULTS = Path(__file__).with_name("results")
CAMERAS = [f"cam{n}" for n in range(8)]
CLIP_S = 120
VOLUME = "96m"
SAMPLE_S = 5.0
QUIET_S = (2.0, 10.0)  # between two strokes of bad luck
CALM_END_S = 30.0  # at the end everything is well again


@dataclass
class Camera:
    """One that can go wrong, and comes back at the same address."""

    name: str
    clip: Path
    port: int = field(default_factory=free_port)
    start_time: float = field(default_factory=time.time)
    life: ExitStack = field(default_factory=ExitStack)
    server: LiveCamera | None = None

    def start(self) -> None:
        """Send, from where it would be by now."""
        camera = live_camera(self.clip, self.port, self.start_time)
        self.server = self.life.enter_context(camera)

    def vanish(self) -> None:
        """Every connection is cut."""
        self.life.close()
        self.server = None

    def freeze(self) -> None:
        """Connections stay, nothing comes."""
        if self.server is not None:
            self.server.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Go on."""
        if self.server is not None:
            self.server.process.send_signal(signal.SIGCONT)


@dataclass
class BadLuck:
    """What goes wrong, and when it is mended."""

    cameras: list[Camera]
    volume: Path
    chance: Random
    strokes: Counter[str] = field(default_factory=Counter)
    _mends: list[tuple[float, Callable[[], None]]] = field(default_factory=list)
    _busy: set[str] = field(default_factory=set)
    _next_monotonic: float = 0.0

    def turn(self, now: float, *, may_strike: bool) -> None:
        """Mend what is due, and perhaps break something; `now` is monotonic."""
        for mend in [one for due, one in self._mends if due <= now]:
            mend()
        self._mends = [one for one in self._mends if one[0] > now]
        if may_strike and now >= self._next_monotonic:
            self._next_monotonic = now + self.chance.uniform(*QUIET_S)
            self._strike(now)

    def _strike(self, now: float) -> None:
        kind = self.chance.choice(["cut", "vanish", "freeze", "freeze", "fill"])
        target = self.chance.choice(self.cameras)
        key = "disk" if kind == "fill" else target.name
        if key in self._busy:
            return
        self._busy.add(key)
        self.strokes[kind] += 1
        begin, end, longest_s = {
            "cut": (target.vanish, target.start, 0.5),
            "vanish": (target.vanish, target.start, 20.0),
            "freeze": (target.freeze, target.thaw, 25.0),
            "fill": (self._fill, self._empty, 15.0),
        }[kind]
        begin()

        def mend() -> None:
            end()
            self._busy.discard(key)

        self._mends.append((now + self.chance.uniform(0.1, longest_s), mend))

    def _fill(self) -> None:
        with suppress(OSError), (self.volume / "ballast").open("wb", buffering=0) as ballast:
            while True:
                ballast.write(bytes(MIB))

    def _empty(self) -> None:
        (self.volume / "ballast").unlink(missing_ok=True)


@dataclass
class Samples:
    """What the whole tree holds, again and again."""

    times_s: list[float] = field(default_factory=list)
    series: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in LIMITS})

    def take(self, pid: int, now: float) -> None:
        """One look at every process."""
        tree = process_tree(pid)
        self.times_s.append(now)
        self.series["pss_mib"].append(sum(footprint(p.pid).pss_bytes for p in tree) / MIB)
        self.series["rss_mib"].append(sum(p.memory_info().rss for p in tree) / MIB)
        self.series["fds"].append(sum(p.num_fds() for p in tree))
        self.series["threads"].append(sum(p.num_threads() for p in tree))

    def trends(self) -> dict[str, Trend]:
        """How each figure moved."""
        return {name: trend_of(self.times_s, values) for name, values in self.series.items()}


def configuration(cameras: list[Camera]) -> str:
    """The YAML: all are recorded, one is watched."""
    head = (
        "mqtt: {enabled: false}\n"
        "detectors: {onnx: {type: onnx}}\n"
        f"model: {{path: {DATA / 'models' / 'yolox_nano.onnx'}, model_type: yolox}}\n"
        "record: {enabled: true, retain: {days: 1, mode: all}}\n"
        "snapshots: {enabled: true}\n"
        "cameras:\n"
    )
    return head + "".join(
        f"  {one.name}:\n"
        f"    ffmpeg: {{inputs: [{{path: 'rtsp://127.0.0.1:{one.port}/{one.name}',"
        " roles: [detect, record]}]}\n"
        f"    detect: {{fps: 2, enabled: {str(one.name == CAMERAS[0]).lower()}}}\n"
        for one in cameras
    )


@contextmanager
def small_volume(folder: Path) -> Iterator[Path]:
    """A tmpfs for the media; seen by nobody but us."""
    folder.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={VOLUME}", "soak", str(folder)], check=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def soak(folder: Path, length_s: float, seed: int) -> dict[str, Any]:
    """Run it; everything that is worth keeping."""
    clip = make_counted_clip(folder / "clip.mp4", CLIP_S * FPS)
    with ExitStack() as stack:
        volume = stack.enter_context(small_volume(folder / "media"))
        cameras = [Camera(name, clip) for name in CAMERAS]
        for camera in cameras:
            stack.callback(camera.vanish)
            camera.start()
        picket = stack.enter_context(running_picket(folder, configuration(cameras)))
        luck = BadLuck(cameras, volume, Random(seed))  # noqa: S311 - repeatable, not secret
        samples = Samples()
        end = time.monotonic() + length_s
        next_sample = time.monotonic() + SAMPLE_S
        while (now := time.monotonic()) < end:
            luck.turn(now, may_strike=now < end - CALM_END_S - 25.0)
            if now >= next_sample:
                with suppress(psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
                    samples.take(picket.process.pid, now)
                next_sample = now + SAMPLE_S
            time.sleep(0.1)  # the passing of time is what is tested
        picket.stop()
        return {**judge(folder, samples), "strokes": dict(luck.strokes)}


def judge(folder: Path, samples: Samples) -> dict[str, Any]:
    """What the samples, the log and the recordings say."""
    known, other = classify((folder / "picket.log").read_text().splitlines())
    db = open_database(folder / "picket.db", read_only=True)
    try:
        audit = Audit(folder / "media" / "recordings")
        segments = [one for name in CAMERAS for one in find_segments(db, name, *EVER)]
        gaps = Counter(gap.reason.value for gap in find_gaps(db, None, *EVER))
        files = [audit.recordings / one.path for one in segments]
        return {
            "trends": {
                name: {**asdict(trend), "is_flat": LIMITS[name].allows(trend)}
                for name, trend in samples.trends().items()
            },
            "log_expected": dict(known),
            "log_other": dict(other),
            "files": len(files),
            "gaps": dict(gaps),
            "unplayable": [str(one) for one in files if complaints([one])],
            "files_without_row": audit.orphans(db),
            "rows_without_file": audit.lost_files(db),
            "unexplained_s": [h for name in CAMERAS for h in unexplained_s(db, name)],
            "open_rows": open_rows(db),
        }
    finally:
        db.close()


def main() -> None:
    """Enter a mount namespace of our own, soak, print, keep."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if not wanted.inside:
        again = [sys.executable, "-m", "bench.soak", *sys.argv[1:], "--inside"]
        os.execvp("unshare", ["unshare", "--mount", *again])  # noqa: S606 - ourselves, no shell
    stalled_s = stalled_seconds()
    with tempfile.TemporaryDirectory() as folder:
        outcome = soak(Path(folder), 60 * wanted.minutes, wanted.seed)
    short = (stalled_seconds() - stalled_s) / (60 * wanted.minutes)
    outcome = {
        "machine": machine(),
        "minutes": wanted.minutes,
        "seed": wanted.seed,
        "cores_short_percent": round(100 * short),
        **outcome,
    }
    text = json.dumps(outcome, indent=1)
    print(text)
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"{datetime.now(UTC):%Y-%m-%d}-soak-{wanted.minutes:g}.json"
    target.write_text(text + "\n")
    print(f"kept in {target.relative_to(RESULTS.parents[1])}")


if __name__ == "__main__":
    main()
