from __future__ import annotations

import json
from dataclasses import replace

from bench.cameras import Scenario, Start
from bench.clips import QUIET, Clip
from bench.latency import EventDelays
from bench.overload import Shedding, shedding_table
from bench.report import as_json, floors, panels, ratios, table
from bench.scenario import Cost, Outcome

MIB = 1 << 20


def cost(cpu: float, mib: float) -> Cost:
    return Cost([cpu, 2 * cpu, 3 * cpu], round(mib * MIB), 0, 1, 1, 1000)


def outcome(cameras: int = 4, delays: EventDelays | None = None) -> Outcome:
    return Outcome(
        scenario=Scenario(Clip(QUIET), cameras),
        picket={"main": cost(2, 50), "cameras:0": cost(18, 150)},
        floor={"decode": cost(4, 40), "copy": cost(1, 10)},
        floor_streams=2,
        rates={"analysed": 20.0},
        syncs=4.0,
        delays=delays or EventDelays(),
        stalled_percent=0.0,
        start=Start(1.0, 2.0),
    )


def test_the_floor_counts_for_all_cameras_though_only_some_were_run() -> None:
    assert floors(outcome())["decode"].cpu_percent == [8, 16, 24]
    assert ratios(outcome())["decode"] == 20 / 8
    assert ratios(outcome())["decode and copy"] == 20 / 10
    assert ratios(outcome())["memory"] == 200 / 100


def test_the_table_names_every_process_the_sum_and_the_ratios() -> None:
    text = table(outcome(delays=EventDelays([0.3], [0.4])))
    assert "cameras:0" in text
    assert "Picket" in text
    assert "2.50 x decode" in text
    assert "told after 300 ms" in text


def test_what_is_kept_can_be_read_again() -> None:
    kept = json.loads(as_json([outcome()], None, [SHEDDING], 20.0))
    assert kept["scenarios"][0]["scenario"] == "4 quiet 720p5"
    assert kept["scenarios"][0]["ratios"]["memory"] == 2.0
    assert kept["shedding"][0]["shed"] == {"new": 1, "resting": 9}
    assert kept["machine"]["cores"] > 0


def test_figures_of_one_clip_are_one_line_by_the_number_of_cameras() -> None:
    cpu, memory = panels([outcome(4), outcome(1)])
    assert [one.is_floor for one in cpu.series] == [False, True]
    assert [n for n, _ in cpu.series[0].points] == [1, 4]
    assert memory.series[0].points == ((1, 200.0), (4, 200.0))


def test_shedding_is_told_by_what_looks_are_for_and_how_even_it_was() -> None:
    text = shedding_table(SHEDDING)
    assert "20.0 due, 19.5 analysed, 0.5 skipped" in text
    assert "new 1 of 10, resting 9 of 10" in text
    assert "25 % apart" in text
    assert "p95 700 ms" in text
    assert "told after: none" in shedding_table(replace(SHEDDING, told_p95_s=None))


SHEDDING = Shedding(
    "2 busy 720p5, 60 ms",
    look_ms=61.0,
    due_fps=20.0,
    analysed_fps=19.5,
    skipped_fps=0.5,
    made={"new": 9, "resting": 1},
    shed={"new": 1, "resting": 9},
    looks_by_camera={"a": 4, "b": 3},
    dropped_packets=3,
    events=2,
    events_by_camera={"a": 2, "b": 1},
    told_p95_s=0.7,
    overloaded=1,
)
