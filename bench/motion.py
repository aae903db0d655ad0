"""How well motion is found, beside the first rules: `python -m bench.motion [--only WORD]`."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import cv2

from bench.motion_reference import AverageState, find_by_average
from bench.motion_scenes import Scene, Shown, all_scenes
from picket.config.motion import MotionConfig
from picket.motion.motion import Motion, MotionState, find_motion
from picket.motion.rules import MotionRules, compile_motion

Find = Callable[[Any, Any, MotionRules], tuple[Any, Motion]]


@dataclass(slots=True)
class Tally:
    """What one algorithm did in one scene."""

    frames: int = 0
    calibrating: int = 0
    empty: int = 0  # frames in which nothing moves
    false: int = 0  # of these, with boxes that guide
    boxes: int = 0  # that guide, in all frames
    area: float = 0.0  # share of the picture under these, summed over frames
    movers: int = 0
    touched: int = 0  # of the movers
    cost_s: list[float] = field(default_factory=list)  # processor time of each frame

    def add(self, shown: Shown, motion: Motion) -> None:
        """Count one frame; boxes of a frame that calibrates guide nobody, so they do not count."""
        boxes = () if motion.is_calibrating else motion.boxes
        self.frames += 1
        self.calibrating += motion.is_calibrating
        self.boxes += len(boxes)
        self.area += sum(box.area for box in boxes) / shown.luma.size
        if shown.movers is not None:
            self.empty += not shown.movers
            self.false += bool(boxes) and not shown.movers
            self.movers += len(shown.movers)
            self.touched += sum(any(m.overlaps(box) for box in boxes) for m in shown.movers)

    def columns(self) -> str:
        """As the table shows it."""
        return (
            f"{_percent(self.calibrating, self.frames)} {_percent(self.false, self.empty)}"
            f" {self.boxes / self.frames:6.2f} {100 * self.area / self.frames:6.1f}"
            f" {_percent(self.touched, self.movers)} {1e3 * statistics.median(self.cost_s):6.2f}"
        )


TITLES = f"{'calib%':>6} {'false%':>6} {'boxes':>6} {'area%':>6} {'found%':>6} {'ms':>6}"


def main() -> None:
    """Measure both on the same frames, one after the other, and print a line for each scene."""
    parser = argparse.ArgumentParser(prog="python -m bench.motion", description=__doc__)
    parser.add_argument("--only", default="", help="scenes whose name holds this")
    wanted = parser.parse_args()
    cv2.setNumThreads(1)
    print(f"{'':36} {'running average':^41}   {'Picket':^41}")
    print(f"{'':36} {TITLES}   {TITLES}")
    for scene in all_scenes():
        if wanted.only in scene.name:
            before, now = measure(scene, MotionConfig())
            print(f"{scene.name:36} {before.columns()}   {now.columns()}", flush=True)


def measure(scene: Scene, config: MotionConfig) -> Sequence[Tally]:
    """The old rules and the new ones."""
    finders: tuple[Find, ...] = (find_by_average, find_motion)
    tallies = [Tally() for _ in finders]
    for run in scene.runs:
        states: list[Any] = [AverageState(), MotionState()]
        for shown in run():
            height, width = shown.luma.shape
            rules = compile_motion(config, width, height)
            for n, find in enumerate(finders):
                began = time.thread_time()
                states[n], motion = find(states[n], shown.luma, rules)
                tallies[n].cost_s.append(time.thread_time() - began)
                tallies[n].add(shown, motion)
    return tallies


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:6.1f}" if whole else f"{'-':>6}"


if __name__ == "__main__":
    main()
