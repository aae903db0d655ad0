"""Events, segments and the rest with every value filled in, and an empty index to put them in."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from picket.config.database import DatabaseUrl
from picket.domain.appearance import CHROMA_BYTES, LUMA_BYTES, Appearance
from picket.domain.event import AttributeView, Event, EventData, Moment, TimelineEntry
from picket.domain.export import Export, Playback
from picket.domain.segment import MEDIA_TIMESCALE, Fragment, Gap, GapReason, Segment
from picket.domain.suppression import Suppression
from picket.store.database import Database, open_database
from picket.store.migrate import migrate, read_migrations

NOON = 1_705_320_000.0
"""2024-01-15 12:00:00 UTC."""

EVENT = Event(
    id="1705320000.5-abc123",
    camera="front",
    label="person",
    start_time=NOON,
    end_time=NOON + 30.5,
    zones=("porch", "driveway"),
    has_clip=True,
    has_snapshot=True,
    thumbnail=b"\xff\xd8 a small picture",
    data=EventData(
        score=0.875,
        top_score=0.9,
        box=(0.25, 0.5, 0.125, 0.25),
        region=(0.0, 0.25, 0.5, 0.75),
        attributes=(AttributeView("face", 0.75, (0.25, 0.5, 0.0625, 0.0625)),),
    ),
    detector_type="onnx",
    model_type="yolox",
    model_hash="d41d8cd98f00b204e9800998ecf8427e",
)

MOMENT = TimelineEntry(
    timestamp=NOON + 1,
    camera="front",
    source_id=EVENT.id,
    moment=Moment.VISIBLE,
    label="person",
    box=(0.25, 0.5, 0.125, 0.25),
    region=(0.0, 0.25, 0.5, 0.75),
)

GAP = Gap("1705320100.0-gap001", "front", NOON + 100, NOON + 160, GapReason.STALLED, "no packets")


def make_event(number: int = 0, **changes: Any) -> Event:
    """An event that began `number` minutes after noon; changes win."""
    start = NOON + 60 * number
    numbered = replace(EVENT, id=f"{start}-num{number:03}", start_time=start, end_time=start + 30)
    return replace(numbered, **changes)


def make_segment(number: int = 0, **changes: Any) -> Segment:
    """The `number`th ten seconds after noon; changes win."""
    start = NOON + 10 * number
    segment = Segment(
        id=f"{start}-seg{number:03}",
        camera="front",
        session="session-1",
        path=f"2024-01-15/12/front/{number // 6:02}.{number % 6}0.mp4",
        start_time=start,
        end_time=start + 10,
        size_bytes=1_000_000,
        is_closed=True,
        codecs="avc1.64001E",
        width=1280,
        height=720,
        init_size=800,
        fragments=tuple(
            Fragment(800 + 500 * n, 500, MEDIA_TIMESCALE * n, MEDIA_TIMESCALE, n % 2 == 0)
            for n in range(10)
        ),
    )
    return replace(segment, **changes)


def make_export(number: int = 0, **changes: Any) -> Export:
    """The ten seconds from noon, asked for `number` minutes after one; changes win."""
    created_time = NOON + 3600 + 60 * number
    export = Export(
        id=f"{created_time}-exp{number:03}",
        camera="front",
        name=f"front_{number}.mp4",
        start_time=NOON,
        end_time=NOON + 10,
        playback=Playback.REALTIME,
        created_time=created_time,
    )
    return replace(export, **changes)


def make_suppression(event: Event) -> Suppression:
    """What leaves untold that which looks like this event, which has a box."""
    assert event.data.box is not None
    return Suppression(
        id=event.id,
        camera=event.camera,
        label=event.label,
        box=event.data.box,
        appearance=Appearance(bytes(range(256))[:LUMA_BYTES], bytes(CHROMA_BYTES)),
        score=event.data.top_score,
        created_time=NOON + 60,
        thumbnail=event.thumbnail,
    )


def make_index(place: Path | DatabaseUrl) -> Database:
    """A fresh index, open for writing."""
    if isinstance(place, Path):
        place.write_bytes(_empty_index())
    db = open_database(place, read_only=False)
    migrate(db, read_migrations())
    return db


@cache
def _empty_index() -> bytes:
    """The file after all migrations, which take longer than most tests."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "index.db"
        with closing(open_database(file, read_only=False)) as db:
            migrate(db, read_migrations())
        return file.read_bytes()
