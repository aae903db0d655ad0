from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.capture.backlog import (
    GIVE_UP_S,
    LITTLE_PATIENCE_S,
    OVERLOAD_S,
    PATIENCE_S,
    Backlog,
    Skip,
    find_skip,
)
from picket.capture.queue import PacketQueue, Skipped, StreamOver
from picket.domain.segment import GapReason
from picket.domain.stream import MediaKind, Packet

FPS, GOP = 5, 10


def packet(number: int, *, gop: int = GOP, kind: MediaKind = MediaKind.VIDEO) -> Packet:
    """Of a camera that sends a keyframe first, and then once in `gop` packets."""
    time = number / FPS
    is_keyframe = number % gop == 0
    return Packet(kind, b"x", time, time, 1 / FPS, is_keyframe, 1_700_000_000 + time, time)


def packets(first: int, last: int, *, gop: int = GOP) -> list[Packet]:
    return [packet(number, gop=gop) for number in range(first, last + 1)]


def test_a_hiccup_is_made_good() -> None:
    waiting = packets(8, 8 + int(PATIENCE_S * FPS))
    assert find_skip(Backlog(waiting)) is None
    assert find_skip(Backlog([])) is None


def test_who_is_too_far_behind_goes_on_at_the_newest_keyframe() -> None:
    assert find_skip(Backlog(packets(3, 24))) == Skip(packets=17)
    assert find_skip(Backlog(packets(10, 28, gop=30))) is None, "no keyframe waits yet"
    assert find_skip(Backlog(packets(30, 49, gop=30))) is None, "the newest keyframe is next"


@pytest.mark.parametrize(("ago_s", "skips"), [(OVERLOAD_S - 1, True), (OVERLOAD_S + 1, False)])
def test_who_had_to_skip_just_before_has_less_patience(ago_s: float, *, skips: bool) -> None:
    waiting = packets(8, 8 + int(LITTLE_PATIENCE_S * FPS) + 1)
    skipped = waiting[-1].arrival_monotonic - ago_s
    assert find_skip(Backlog(waiting, skipped)) == (Skip(packets=2) if skips else None)


def test_where_keyframes_are_rare_all_is_given_up_in_the_end() -> None:
    late = packets(1, 1 + int(GIVE_UP_S * FPS), gop=1000)
    assert find_skip(Backlog(late)) is None
    assert find_skip(Backlog([*late, packet(22, gop=1000)])) == Skip(packets=22, is_all=True)


def test_a_keyframe_of_sound_is_no_place_to_go_on() -> None:
    sound = packet(20, gop=1, kind=MediaKind.AUDIO)
    assert find_skip(Backlog([*packets(1, 19, gop=1000), sound])) is None


def test_what_ends_a_session_is_left_where_it_is() -> None:
    over = StreamOver(GapReason.STALLED)
    assert find_skip(Backlog([*packets(3, 12), over, *packets(20, 24)])) == Skip(packets=10)


@given(arrivals=st.lists(st.tuples(st.floats(0.01, 1.0), st.booleans()), max_size=60))
def test_what_is_left_begins_at_a_keyframe_or_is_all_that_waited(
    arrivals: Sequence[tuple[float, bool]],
) -> None:
    time, waiting = 0.0, list[Packet]()
    for step_s, is_keyframe in arrivals:
        time += step_s
        waiting.append(Packet(MediaKind.VIDEO, b"x", time, time, 0.1, is_keyframe, time, time))
    skip = find_skip(Backlog(waiting))
    if skip is None:
        return
    assert skip.packets > 0
    left = waiting[skip.packets :]
    assert left[0].is_keyframe if left else skip.is_all
    assert not any(each.is_keyframe for each in left[1:])


@given(
    cameras=st.integers(1, 6),
    cost=st.floats(0.3, 4.0),
    phases=st.lists(st.integers(0, GOP - 1), min_size=6, max_size=6),
)
def test_a_worker_that_is_too_slow_leaves_each_camera_its_keyframes_and_an_even_share(
    cameras: int, cost: float, phases: list[int]
) -> None:
    """A machine that can decode one frame of every camera in `cost` of the time between two."""
    seen = run_worker([packets(p, p + 60 * FPS) for p in phases[:cameras]], cost)
    counts = [len(each) for each in seen]
    assert max(counts) - min(counts) <= 2 * GOP
    for each in seen:
        numbers = [round(p.arrival_monotonic * FPS) for p in each]
        keyframes = [number for number in numbers if number % GOP == 0]
        longest_s = max(b - a for a, b in pairwise(keyframes)) / FPS
        assert longest_s <= max(2.0, cost) * GOP / FPS
        assert all(b == a + 1 or b % GOP == 0 for a, b in pairwise(numbers))
        if cost <= 1:
            assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def run_worker(streams: Sequence[Sequence[Packet]], cost: float) -> list[list[Packet]]:
    """What each camera gets decoded, when all of them take turns on one processor."""
    queues = [PacketQueue(1 << 20, is_for_now=True) for _ in streams]
    coming = sorted(
        ((one.arrival_monotonic - stream[0].arrival_monotonic, n, one)
         for n, stream in enumerate(streams) for one in stream),
        key=lambda each: each[:2],
    )  # fmt: skip
    seen: list[list[Packet]] = [[] for _ in streams]
    now, turn, step_s = 0.0, 0, cost / FPS / len(streams)
    while coming:
        now += step_s
        while coming and coming[0][0] <= now:
            _, n, one = coming.pop(0)
            queues[n].put(one)
        for n in (*range(turn, len(queues)), *range(turn)):
            item = queues[n].get(0.0)
            item = queues[n].get(0.0) if isinstance(item, Skipped) else item
            if isinstance(item, Packet):
                seen[n].append(item)
                turn = (n + 1) % len(queues)
                break
    return [_from_keyframe(each) for each in seen]


def _from_keyframe(decoded: list[Packet]) -> list[Packet]:
    """A session begins with one."""
    first = next((n for n, one in enumerate(decoded) if one.is_keyframe), len(decoded))
    return decoded[first:]
