"""How long the lists of the index take: `python -m bench.index [events]`.

Fills an index in a temporary folder and prints the median and the spread of each question, and its
ratio to the floor: stepping through as many rows of the time index, without making values of them.
"""

from __future__ import annotations

import platform
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from picket.domain.event import Event, EventData
from picket.domain.segment import Fragment, Segment
from picket.store.database import (
    Database,
    open_database,
    refresh_statistics,
    transaction,
)
from picket.store.event_query import Choice, DaytimeRange, EventQuery, find_events
from picket.store.event_summary import event_summary, find_labels
from picket.store.events import put_event
from picket.store.local_time import find_zone
from picket.store.migrate import migrate, read_migrations
from picket.store.recordings import camera_usage, find_recordings, recorded_hours
from picket.store.segments import find_segments, put_segment

START, LENGTH_S = 1_600_000_000.0, 30_000_000.0
RUNS = 7
BATCH = 10_000
ZONE = find_zone("Europe/Berlin")
FRAGMENTS = tuple(
    Fragment(n * 200_000, 200_000, n * 90_000, 90_000, is_keyframe=True) for n in range(10)
)


def make_event(draw: random.Random, number: int, total: int) -> Event:
    """Ten cameras, common and rare labels and zones, a year of them."""
    start = START + number * (LENGTH_S / total) + draw.random()
    zones = draw.sample(["drive", "porch", "yard", "street"], draw.randrange(3))
    return Event(
        id=f"{start:.6f}-{number:06}",
        camera=f"camera{draw.randrange(10)}",
        label=draw.choices(["person", "car", "dog", "bear"], [60, 30, 9, 1])[0],
        start_time=start,
        end_time=None if number > total - 3 else start + 60 * draw.random(),
        zones=(*zones, "rare") if draw.random() < 1e-4 else tuple(zones),
        has_clip=True,
        has_snapshot=True,
        thumbnail=bytes(200),
        data=EventData(score=draw.random(), top_score=0.9, box=(0.1, 0.1, 0.2, 0.2)),
        sub_label=draw.choices([None, "bob", "ann, bob"], [20, 1, 1])[0],
    )


def make_segment(number: int) -> Segment:
    """Four cameras, ten seconds each, without a hole."""
    start = START + number // 4 * 10.0
    return Segment(
        id=f"{start}-{number:06}",
        camera=f"camera{number % 4}",
        session="s",
        path=f"{number}.mp4",
        start_time=start,
        end_time=start + 10,
        size_bytes=2_000_000,
        is_closed=True,
        codecs="avc1.64001E",
        width=1280,
        height=720,
        init_size=800,
        fragments=FRAGMENTS,
        motion=5,
        objects=1,
    )


def fill(db: Database, total: int) -> None:
    """Write `total` events and as many segments."""
    draw = random.Random(1)  # noqa: S311 - the same events every time
    began = time.perf_counter()
    for first in range(0, total, BATCH):
        with transaction(db):
            for number in range(first, min(first + BATCH, total)):
                put_event(db, make_event(draw, number, total))
                put_segment(db, make_segment(number))
    per_s = 2 * total / (time.perf_counter() - began)
    refresh_statistics(db)
    print(f"written: {per_s:,.0f} rows/s in transactions of {2 * BATCH}")


def questions(db: Database) -> dict[str, Callable[[], object]]:
    """What clients ask, by name."""
    night = DaytimeRange(20 * 3600, 6 * 3600, ZONE)
    queries = {
        "events, newest": EventQuery(),
        "events, with thumbnails": EventQuery(with_thumbnails=True),
        "events, two cameras": EventQuery(cameras=Choice(("camera3", "camera4"))),
        "events, rare label": EventQuery(labels=Choice(("bear",))),
        "events, common zone": EventQuery(zones=Choice(("porch",))),
        "events, rare zone": EventQuery(zones=Choice(("rare",))),
        "events, no zone": EventQuery(zones=Choice((), or_none=True)),
        "events, sub label": EventQuery(sub_labels=Choice(("ann",))),
        "events, page of 25": EventQuery(before=START + LENGTH_S / 2, in_progress=False, limit=25),
        "events, at night": EventQuery(daytime=night),
        "events, submitted": EventQuery(is_submitted=True),
        "events, score > 0.999": EventQuery(min_score=0.999),
    }
    hour = (START + 5_000, START + 8_600)
    return {
        **{name: partial(find_events, db, query) for name, query in queries.items()},
        "labels": lambda: find_labels(db),
        "event summary": lambda: event_summary(db, ZONE),
        "segments of an hour": lambda: find_segments(db, "camera1", *hour),
        "recordings of an hour": lambda: find_recordings(db, "camera1", *hour),
        "recorded hours": lambda: recorded_hours(db, "camera1", ZONE),
        "space by camera": lambda: camera_usage(db),
    }


def measure(ask: Callable[[], object]) -> list[float]:
    """Milliseconds of each run, after one that warms up."""
    ask()
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        ask()
        times.append(1000 * (time.perf_counter() - began))
    return times


def main() -> None:
    """Fill, ask, print."""
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(f"{total:,} events and segments; Python {platform.python_version()},", end=" ")
    print(f"SQLite {sqlite3.sqlite_version}, {platform.machine()}; {RUNS} runs each")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index.db"
        writer = open_database(path, read_only=False)
        migrate(writer, read_migrations())
        fill(writer, total)
        reader = open_database(path, read_only=True)
        newest = "SELECT id FROM event ORDER BY start_time DESC, id DESC LIMIT 100"
        floor = statistics.median(measure(lambda: reader.rows(newest)))
        print(f"{'floor: 100 ids':26}{floor:9.2f} ms")
        for name, ask in questions(reader).items():
            times = measure(ask)
            median = statistics.median(times)
            spread = f"{min(times):.2f}..{max(times):.2f}"
            print(f"{name:26}{median:9.2f} ms  ({spread})  {median / floor:,.0f} x floor")
        reader.close()
        writer.close()


if __name__ == "__main__":
    main()
