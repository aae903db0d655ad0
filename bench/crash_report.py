"""What kills cost, as a table to read and as JSON to keep."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.report import machine
from tests.support.counted_feed import FPS
from tests.support.loss import Kill, Loss

RESULTS = Path(__file__).with_name("results")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that was counted after the last kill."""

    kills: list[Kill]
    recoveries_s: list[float]  # until every camera was recorded and every process there
    losses: list[list[Loss]]  # by camera, in the order of the kills
    pictures: int  # that the index can show
    repeated: int  # of them, shown twice
    files: int
    unplayable: list[str]
    orphans: list[str]  # files without a row
    lost_files: list[str]  # rows without a file
    unexplained_s: list[float]  # holes with neither footage nor a gap
    events: int
    open_rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class Spread:
    """Seconds: how it usually was and how bad it got."""

    median: float
    p95: float
    worst: float

    @classmethod
    def of(cls, pictures: Sequence[int]) -> Spread:
        """Of counts of pictures."""
        ordered = sorted(count / FPS for count in pictures)
        p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
        return cls(statistics.median(ordered), p95, ordered[-1])


def worst_by_kill(outcome: Outcome) -> list[list[Loss]]:
    """For each kill what it cost each camera."""
    return [list(hit) for hit in zip(*outcome.losses, strict=True)]


def by_victim(outcome: Outcome) -> Iterator[tuple[str, list[list[Loss]], list[float]]]:
    """Each victim's kills and the seconds that followed them."""
    hits = worst_by_kill(outcome)
    for victim in sorted({kill.victim for kill in outcome.kills}):
        chosen = [n for n, kill in enumerate(outcome.kills) if kill.victim == victim]
        yield victim, [hits[n] for n in chosen], [outcome.recoveries_s[n] for n in chosen]


def table(outcome: Outcome) -> str:
    """The lines to read; seconds are of the camera that a kill cost most."""
    head = f"{'victim':12}{'kills':>6}{'lost with it':>22}{'not recorded after':>22}"
    lines = [head + f"{'together':>22}{'well after':>12}", f"{'':18}" + f"{WORDS:>22}" * 3]
    for victim, hits, recoveries in by_victim(outcome):
        lines.append(
            f"{victim:12}{len(hits):6}"
            + _cell(max(one.before for one in hit) for hit in hits)
            + _cell(max(one.away for one in hit) for hit in hits)
            + _cell(max(one.total for one in hit) for hit in hits)
            + f"{statistics.median(recoveries):10.1f} s"
        )
    return "\n".join([*lines, *_sums(outcome)])


WORDS = "median / p95 / worst"


def as_json(outcome: Outcome, seed: int, stalled_percent: float) -> str:
    """Every kill with what it cost each camera, in pictures."""
    body: dict[str, Any] = {
        "machine": machine(),
        "cores_short_percent": round(stalled_percent, 1),
        "seed": seed,
        "fps": FPS,
        "totals": {
            name: getattr(outcome, name)
            for name in ("pictures", "repeated", "files", "events", "open_rows")
        },
        "unplayable": outcome.unplayable,
        "files_without_row": outcome.orphans,
        "rows_without_file": outcome.lost_files,
        "unexplained_s": [round(hole, 3) for hole in outcome.unexplained_s],
        "kills": [
            {
                "victim": kill.victim,
                "newest": kill.newest,
                "well_after_s": round(recovery_s, 2),
                "before": [one.before for one in hit],
                "away": [one.away for one in hit],
            }
            for kill, recovery_s, hit in zip(
                outcome.kills, outcome.recoveries_s, worst_by_kill(outcome), strict=True
            )
        ],
    }
    return json.dumps(body) + "\n"


def keep(outcome: Outcome, seed: int, stalled_percent: float) -> None:
    """Write the JSON beside the other results."""
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"{datetime.now(UTC):%Y-%m-%d}-crash-{len(outcome.kills)}.json"
    target.write_text(as_json(outcome, seed, stalled_percent))
    print(f"kept in {target.relative_to(RESULTS.parents[1])}")


def _cell(pictures: Iterable[int]) -> str:
    spread = Spread.of(list(pictures))
    return f"{spread.median:.1f} / {spread.p95:.1f} / {spread.worst:.1f}".rjust(22)


def _sums(outcome: Outcome) -> Iterator[str]:
    yield f"{outcome.pictures} pictures in {outcome.files} files, {outcome.repeated} of them twice"
    yield f"files that ffmpeg cannot play: {len(outcome.unplayable)}"
    yield f"files without a row after the next start: {len(outcome.orphans)}"
    yield f"rows without a file: {len(outcome.lost_files)}"
    yield f"seconds with neither footage nor gap: {sum(outcome.unexplained_s):.1f}"
    yield f"events: {outcome.events}; left open: {outcome.open_rows}"
