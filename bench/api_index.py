"""A large index for measuring: sixteen cameras, thirty days, the same rows every time."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from heapq import merge
from itertools import count, islice
from pathlib import Path

from picket.config.database import DatabaseUrl
from picket.domain.event import Event, EventData, Moment, TimelineEntry
from picket.domain.segment import MEDIA_TIMESCALE, Fragment, Segment
from picket.store.database import Database, open_database, transaction
from picket.store.events import put_event
from picket.store.migrate import migrate, read_migrations
from picket.store.segments import put_segment
from picket.store.timeline import add_timeline

END = 1_767_225_600.0  # 2026-01-01 00:00 UTC
DAYS = 30
DAY_S = 86_400.0
START = END - DAYS * DAY_S
CAMERAS = tuple(f"camera{number:02}" for number in range(16))
FULL_TIME = CAMERAS[:4]  # keep everything; the others keep what moved
BUSY_RUN = 6  # segments that are kept, one after the other, where something moved
BUSY_SHARE = 0.31  # of the time something moves, so that two million segments are thirty days
CLIPS_KEPT_S = 20 * DAY_S
THUMBNAILS_S = DAY_S  # as long are thumbnails as large as real ones, to keep the file small
THUMBNAIL_BYTES = 8_000
BATCH = 10_000
ZONES = ("drive", "porch", "yard", "street")
NAMES = (None, None, None, None, None, None, None, None, "ann", "bob", "ann, bob")
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def fill_index(place: Path | DatabaseUrl, events: int, segments: int) -> float:
    """Write a fresh index that can be made again; rows a second."""
    db = open_database(place, read_only=False)
    is_file = isinstance(place, Path)
    db.execute("PRAGMA synchronous = OFF" if is_file else "SET synchronous_commit = off")
    migrate(db, read_migrations())
    began = time.perf_counter()
    sources: tuple[Iterator[Event | Segment], ...] = (_events(events), _segments(segments))
    rows = merge(*sources, key=lambda row: row.start_time)
    while batch := list(islice(rows, BATCH)):
        with transaction(db):
            for row in batch:
                _write(db, row)
    seconds = time.perf_counter() - began
    db.refresh_statistics()
    db.close()
    return (events + segments) / seconds


def _write(db: Database, row: Event | Segment) -> None:
    if isinstance(row, Segment):
        put_segment(db, row)
        return
    put_event(db, row)
    if row.start_time > END - DAY_S and row.data.box is not None:
        box = row.data.box
        moment = TimelineEntry(
            row.start_time, row.camera, row.id, Moment.VISIBLE, row.label, box, box
        )
        add_timeline(db, moment)


def _events(total: int) -> Iterator[Event]:
    """Common and rare labels, zones and names; few score high or last long."""
    draw = random.Random(1)  # noqa: S311 - the same events every time
    picture = draw.randbytes(THUMBNAIL_BYTES)
    for number in range(total):
        start = START + (number + draw.random()) * (END - START) / total
        label = draw.choices(["person", "car", "dog", "bear"], [600, 320, 79, 1])[0]
        zones = draw.sample(ZONES, draw.choices([0, 1, 2], [3, 5, 2])[0])
        is_recent = start > END - THUMBNAILS_S
        length_s = draw.expovariate(1 / 25)
        yield Event(
            id=f"{start:.6f}-{_letters(number)}",
            camera=draw.choice(CAMERAS),
            label=label,
            start_time=start,
            end_time=None if number >= total - 3 else start + length_s,
            zones=(*zones, "gate") if draw.random() < 1e-4 else tuple(zones),
            has_clip=start > END - CLIPS_KEPT_S,
            has_snapshot=draw.random() < 0.97,
            thumbnail=picture[number % 64 :] if is_recent else picture[:64],
            data=EventData(
                score=round(draw.betavariate(9, 3), 6),
                top_score=0.9,
                box=(0.125, 0.25, 0.0625, 0.125),
                region=(0.1, 0.2, 0.3, 0.4),
            ),
            sub_label=draw.choice(NAMES) if label == "person" else None,
            retain_indefinitely=draw.random() < 2e-4,
        )


def _segments(total: int) -> Iterator[Segment]:
    """Ten seconds each; the newest, about as many as asked for."""
    draw = random.Random(2)  # noqa: S311 - the same segments every time
    a_slot = len(FULL_TIME) + BUSY_SHARE * (len(CAMERAS) - len(FULL_TIME))
    first = round((END - START) / 10 - total / a_slot)
    busy: list[str] = []
    for number, slot in zip(count(), range(first, round((END - START) / 10)), strict=False):
        if number % BUSY_RUN == 0:
            busy = [one for one in CAMERAS if one in FULL_TIME or draw.random() < BUSY_SHARE]
        for place, camera in enumerate(busy):
            yield _segment(draw, camera, START + 10 * slot, number * len(CAMERAS) + place)


def _segment(draw: random.Random, camera: str, start: float, number: int) -> Segment:
    sizes = [draw.randrange(150_000, 250_000) for _ in range(10)]
    ticks = MEDIA_TIMESCALE
    ends = [sum(sizes[: n + 1]) for n in range(10)]
    return Segment(
        id=f"{start:.6f}-{_letters(number)}",
        camera=camera,
        session=f"session-{int(start // DAY_S)}",
        path=f"{int(start // 3600)}/{camera}/{number}.mp4",
        start_time=start,
        end_time=start + 10,
        size_bytes=800 + ends[-1],
        is_closed=True,
        codecs="avc1.64001E",
        width=1280,
        height=720,
        init_size=800,
        fragments=tuple(
            Fragment(800 + end - size, size, n * ticks, ticks, is_keyframe=True)
            for n, (size, end) in enumerate(zip(sizes, ends, strict=True))
        ),
        motion=draw.randrange(5_000),
        objects=draw.randrange(3),
    )


def _letters(number: int) -> str:
    return "".join(LETTERS[number // 36**place % 36] for place in range(6))
