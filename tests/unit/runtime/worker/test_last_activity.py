"""Who comes to look at a camera learns when something stirred there last."""

from __future__ import annotations

from tests.unit.pipeline.scene import FPS, START
from tests.unit.runtime.worker.analysis_bench import VISIT, Bench, items


def test_the_newest_frame_tells_when_something_stirred_last(bench: Bench) -> None:
    bench.run(items(VISIT))
    notes = bench.ring.view_latest(lambda _, notes: notes)
    assert notes is not None
    come, gone = START + 10 / FPS, START + 50 / FPS
    assert come < notes.activity.motion_time < gone + 5
    assert come < notes.activity.object_time < notes.frame_time
