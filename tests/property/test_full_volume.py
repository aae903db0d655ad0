"""A simulated day on a full volume: recording goes on, and what has to stay stays."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from picket.domain.timespan import TimeSpan
from tests.support.full_volume import Day, Shot, Volume
from tests.support.stored_media import make_config

SEGMENT_S = 240.0
SEGMENTS = round(24 * 3600 / SEGMENT_S)
MIB = 1 << 20
GIB = 1 << 30
CAMERAS = ("front", "back")


@dataclass(frozen=True)
class World:
    """How much is written, how much there is, and what happens."""

    volume_bytes: int
    sizes: tuple[int, int]  # of a file of each camera
    rush: int  # factor at night
    quota_bytes: int | None  # of the first camera
    days: float  # of continuous footage
    events: dict[int, bool]  # at which segment, and whether it is protected


@st.composite
def worlds(draw: st.DrawFn) -> World:
    sizes = draw(st.tuples(*[st.integers(4 * MIB, 16 * MIB)] * 2))
    rush = draw(st.sampled_from((1, 2, 3)))
    # A twentieth is kept free, which must take the files of one step.
    least = 20 * 2 * rush * sum(sizes)
    return World(
        volume_bytes=draw(st.integers(least, 3 * least)),
        sizes=sizes,
        rush=rush,
        quota_bytes=draw(st.none() | st.integers(20 * sizes[0], 60 * sizes[0])),
        days=draw(st.sampled_from((0.1, 0.25, 30.0))),
        events=draw(
            st.dictionaries(st.integers(2, SEGMENTS - 2), st.booleans(), min_size=4, max_size=10)
        ),
    )


def play(world: World, folder: Path) -> Iterator[tuple[Day, list[TimeSpan], list[TimeSpan]]]:
    """The day after each step, with the events of the first camera so far: protected, and not."""
    quota = None if world.quota_bytes is None else world.quota_bytes / GIB
    config = make_config(
        {"record": {"enabled": True, "quota": quota}},
        record={"retain": {"days": world.days, "mode": "all"}, "expire_interval": 60},
    )
    day = Day(folder, config, Volume(world.volume_bytes), SEGMENT_S)
    protected: list[TimeSpan] = []
    plain: list[TimeSpan] = []
    with closing(day.db):
        for number in range(SEGMENTS):
            factor = world.rush if SEGMENTS // 3 < number < SEGMENTS // 2 else 1
            day.record({c: factor * size for c, size in zip(CAMERAS, world.sizes, strict=True)})
            if number in world.events:
                is_protected = world.events[number]
                span = day.note_event(CAMERAS[0], SEGMENT_S / 2, is_protected=is_protected)
                (protected if is_protected else plain).append(span)
            yield day, protected, plain


def belongs(shot: Shot, spans: list[TimeSpan]) -> bool:
    return shot.camera == CAMERAS[0] and any(
        span.start_time <= shot.span.end_time and shot.span.start_time <= span.end_time
        for span in spans
    )


@given(world=worlds())
@settings(max_examples=12, deadline=None, phases=(Phase.reuse, Phase.generate))
def test_for_a_day_there_is_always_room_and_only_the_oldest_unprotected_footage_goes(
    world: World,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for day, protected, plain in play(world, Path(folder)):
            assert day.refused == 0
            if len(day.shots) % 40 == 0 or day.now >= day.shots[0].span.start_time + 86_400:
                inspect(day, world, protected, plain)


def inspect(day: Day, world: World, protected: list[TimeSpan], plain: list[TimeSpan]) -> None:
    there = [shot for shot in day.shots if day.is_there(shot)]
    assert {shot.id for shot in there} == day.rows()
    assert all(day.is_there(shot) for shot in day.shots if belongs(shot, protected))
    kept = [*protected, *plain]
    for camera in CAMERAS:
        free = [s for s in day.shots if s.camera == camera and not belongs(s, kept)]
        states = [day.is_there(shot) for shot in free]
        assert states == sorted(states), "a younger one went before an older one"
    if world.quota_bytes is not None:
        used = sum(day.volume.sizes[s.path] for s in there if s.camera == CAMERAS[0])
        bound = sum(day.volume.sizes[s.path] for s in there if belongs(s, protected))
        assert used <= max(world.quota_bytes, bound + world.rush * world.sizes[0])
    elif day.least_free_bytes > world.volume_bytes // 20:  # it never was short of space
        assert all(day.is_there(shot) for shot in day.shots if belongs(shot, plain))


def test_footage_that_nobody_wants_is_gone_an_hour_after_its_days(tmp_path: Path) -> None:
    world = World(100 * GIB, (4 * MIB, 4 * MIB), 1, None, 0.1, {100: True, 110: False})
    *_, (day, protected, plain) = play(world, tmp_path)
    oldest = day.now - 0.1 * 86_400 - 3600.0 - 2 * SEGMENT_S
    for shot in day.shots:
        is_wanted = belongs(shot, [*protected, *plain])
        if shot.span.end_time < oldest:
            assert day.is_there(shot) == is_wanted
    assert list(itertools.filterfalse(day.is_there, day.shots))
