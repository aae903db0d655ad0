"""What Picket costs, next to what cannot be avoided: `python -m bench [--window SECONDS]`."""

from __future__ import annotations

import argparse
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.clips import BUSY, QUIET
from bench.report import as_json, table
from bench.scenario import Scenario, run_scenario

RESULTS = Path(__file__).with_name("results")
SCENARIOS = {one.name: one for one in (Scenario(QUIET, 1), Scenario(QUIET, 4), Scenario(BUSY, 1))}


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--window", type=float, default=30.0, help="seconds to measure")
    parser.add_argument("--what", default="cost", help="name of the file in bench/results")
    parser.add_argument("--only", choices=SCENARIOS, action="append", help="of the scenarios")
    wanted = parser.parse_args()
    outcomes = []
    for name in wanted.only or SCENARIOS:
        with tempfile.TemporaryDirectory() as folder:
            outcome = run_scenario(SCENARIOS[name], Path(folder) / "run", wanted.window)
        print(table(outcome), flush=True)
        outcomes.append(outcome)
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"{datetime.now(UTC):%Y-%m-%d}-{wanted.what}.json"
    target.write_text(as_json(outcomes, wanted.window))
    print(f"\nkept in {target.relative_to(RESULTS.parents[1])}")


if __name__ == "__main__":
    main()
