"""What Picket costs, next to what cannot be avoided: `python -m bench [--full]`.

Without options a choice of scenarios, in less than ten minutes; with `--full` each scene, size,
rate and number of cameras, in about an hour.
"""

from __future__ import annotations

import argparse
import tempfile
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

from bench.cameras import Place, Scenario
from bench.clips import BUSY, QUIET, Clip
from bench.overload import shed, shedding_table
from bench.plot import draw
from bench.report import as_json, panels, table, watching_table
from bench.scenario import run_scenario
from bench.viewers import watch

RESULTS = Path(__file__).with_name("results")
VIEWERS = "viewers"
OVERLOAD = "overload"
OTHERS = (VIEWERS, OVERLOAD)  # that are no cameras beside a floor
CAMERAS = (1, 4, 8, 16)
QUICK = (
    *(Scenario(Clip(QUIET), cameras) for cameras in CAMERAS),
    *(Scenario(Clip(BUSY), cameras) for cameras in (1, 4)),
    *(Scenario(Clip(QUIET, 720, 15), cameras) for cameras in (1, 4)),
    Scenario(Clip(QUIET, 1080, 15), 1),
)
FULL = tuple(
    Scenario(Clip(scene, height, fps), cameras)
    for scene, height, fps, cameras in product((QUIET, BUSY), (720, 1080), (5, 15, 30), CAMERAS)
)


def wanted_scenarios(*, is_full: bool, only: list[str]) -> list[Scenario]:
    """In the order of the table; `only` names some of them, or parts of names.

    Raises: SystemExit when a name means none.
    """
    every = FULL if is_full or only else QUICK
    lost = [part for part in only if part not in OTHERS and not any(part in s.name for s in FULL)]
    if lost:
        names = "\n".join(scenario.name for scenario in FULL)
        raise SystemExit(f"no scenario is named {lost}; there are {OTHERS} and\n{names}")
    return [one for one in every if not only or any(part in one.name for part in only)]


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--window", type=float, default=15.0, help="seconds to measure")
    parser.add_argument("--what", default="cost", help="name of the files in bench/results")
    parser.add_argument("--full", action="store_true", help="every scenario")
    parser.add_argument(
        "--only", action="append", default=[], help=f"such as '4 quiet 720p5' or {OTHERS}"
    )
    wanted = parser.parse_args()
    scenarios = wanted_scenarios(is_full=wanted.full, only=wanted.only)
    outcomes, watching, shedding = [], None, []
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder))
        place.prepare()
        for scenario in scenarios:
            try:
                outcomes.append(run_scenario(scenario, place, wanted.window))
            except AssertionError as error:  # too much for this machine: the others still count
                print(f"\n{scenario.name}: given up, {error}", flush=True)
            else:
                print(table(outcomes[-1]), flush=True)
        if not wanted.only or VIEWERS in wanted.only:
            watching = watch(Scenario(Clip(BUSY), 1), place, wanted.window / 4)
            print(watching_table(watching), flush=True)
        if wanted.full or OVERLOAD in wanted.only:
            for found in shed(place, wanted.window):
                shedding.append(found)
                print(shedding_table(found), flush=True)
    target = RESULTS / f"{datetime.now(UTC):%Y-%m-%d}-{wanted.what}.json"
    target.write_text(as_json(outcomes, watching, shedding, wanted.window))
    target.with_suffix(".svg").write_text(draw(panels(outcomes)))
    print(f"\nkept in {target.relative_to(RESULTS.parents[1])} and .svg")


if __name__ == "__main__":
    main()
