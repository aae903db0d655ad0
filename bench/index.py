"""How long questions to the index take in SQLite and in PostgreSQL: `python -m bench.index`.

Fills an index of each with the same rows and asks both the same questions in turn, so that a busy
machine treats them alike. PostgreSQL runs on this machine with its default settings, as durable as
they are, and is reached over the loopback address.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.api_index import CAMERAS, DAY_S, END, fill_index
from picket.config.database import DatabaseUrl
from picket.store.database import Database, open_database, transaction
from picket.store.event_groups import Choice
from picket.store.event_query import EventQuery, find_events
from picket.store.event_summary import event_summary
from picket.store.events import find_event, put_event
from picket.store.recordings import camera_usage, find_recordings, recorded_hours
from picket.store.segments import find_outlines, put_segment
from tests.support.index_samples import make_event, make_segment
from tests.support.postgres_server import postgres_server

Act = Callable[[Database], object]

BERLIN = ZoneInfo("Europe/Berlin")
DAY = (END - 2 * DAY_S, END - DAY_S)
ROWS = 10  # events and segments each; about what sixteen cameras write in a second

_QUERIES = {
    "newest 100 events, with thumbnails": EventQuery(with_thumbnails=True),
    "newest 100 events": EventQuery(),
    "camera and label": EventQuery(cameras=Choice(CAMERAS[3:4]), labels=Choice(("dog",))),
    "a zone": EventQuery(zones=Choice(("porch",))),
    "without clip": EventQuery(has_clip=False),
    "score 0.98 and more": EventQuery(min_score=0.98),
    "longer than 2 minutes": EventQuery(min_length_s=120),
    "in progress": EventQuery(in_progress=True),
}


def questions() -> dict[str, Act]:
    """What the server asks most, and a commit of the keeper's; by name."""
    numbers = count()
    return {
        **{name: partial(find_events, query=query) for name, query in _QUERIES.items()},
        "one event": lambda db: find_event(db, _newest(db)),
        "summary of all days, Berlin": lambda db: event_summary(db, BERLIN),
        "recorded hours of 30 days": lambda db: recorded_hours(db, CAMERAS[1], BERLIN),
        "recordings of 24 h": lambda db: find_recordings(db, CAMERAS[1], *DAY),
        "playlist of 24 h": lambda db: find_outlines(db, CAMERAS[1], *DAY),
        "storage by camera": camera_usage,
        f"commit of {2 * ROWS} rows": lambda db: _write(db, next(numbers)),
    }


def _newest(db: Database) -> str:
    row = db.row("SELECT id FROM event ORDER BY start_time DESC LIMIT 1")
    assert row is not None
    return str(row["id"])


def _write(db: Database, number: int) -> None:
    with transaction(db):
        for n in range(number * ROWS, (number + 1) * ROWS):
            put_event(db, make_event(n, id=f"bench-{n}"))
            put_segment(db, make_segment(n, id=f"bench-{n}"))


def milliseconds(act: Act, db: Database) -> float:
    """How long one answer takes."""
    began = time.perf_counter()
    act(db)
    return 1000 * (time.perf_counter() - began)


def compare(act: Act, databases: Sequence[Database], rounds: int) -> list[list[float]]:
    """The times of each database, asked in turn; the first two answers are left out."""
    taken = [[milliseconds(act, db) for db in databases] for _ in range(rounds + 2)][2:]
    return [list(times) for times in zip(*taken, strict=True)]


def _cell(times: list[float]) -> str:
    return f"{statistics.median(times):.1f} ({min(times):.1f} to {max(times):.1f})"


def main() -> None:
    """Fill both, ask both, print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.index", description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--segments", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=20)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, postgres_server(settings="") as server:
        places: list[Path | DatabaseUrl] = [Path(folder) / "index.db", server.make_place()]
        rates = [fill_index(place, wanted.events, wanted.segments) for place in places]
        print("| question | SQLite, ms | PostgreSQL, ms |\n| --- | --- | --- |")
        databases = [open_database(place, read_only=False) for place in places]
        for name, act in questions().items():
            times = compare(act, databases, wanted.rounds)
            cells = (
                f"{statistics.median(one):.1f} ({min(one):.1f} - {max(one):.1f})" for one in times
            )
            print(f"| {name} | {' | '.join(cells)} |", flush=True)
        print(f"| filling, rows/s | {' | '.join(f'{rate:,.0f}' for rate in rates)} |")
        for db in databases:
            db.close()


if __name__ == "__main__":
    main()
