from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from picket.api.mse_viewer import LATE_S, MOST_BYTES, MseViewer, Offline
from picket.media.init_segment import InitSegment
from picket.record.live_fragments import LiveFragment

INIT = InitSegment(b"init", "avc1.64001F", 1280, 720, has_audio=False)
OTHER = InitSegment(b"other", "avc1.64001E", 640, 360, has_audio=False)
ZERO_TIME = 1_705_320_000.0
TOLD = '{"codecs":"avc1.64001F","height":720,"type":"init","width":1280,"zero_time":1705320000.0}'


def viewer() -> MseViewer:
    return MseViewer(lambda: None)


def fragment(
    data: bytes, *, key: bool = False, init: InitSegment = INIT, zero_time: float = ZERO_TIME
) -> LiveFragment:
    return LiveFragment(init, data, is_keyframe=key, zero_time=zero_time)


def test_it_begins_at_a_keyframe_with_what_is_read_first() -> None:
    one = viewer()
    for each in (fragment(b"lost"), fragment(b"key", key=True), fragment(b"next")):
        one.offer(each, 0.0)
    assert one.take() == [TOLD, b"init", b"key", b"next"]
    one.offer(fragment(b"more"), 0.1)
    assert one.take() == [b"more"]


def test_what_is_read_first_comes_again_when_it_changes_and_after_a_silence() -> None:
    one = viewer()
    one.offer(fragment(b"a", key=True), 0.0)
    one.offer(fragment(b"b", key=True, init=OTHER), 0.0)
    assert [m for m in one.take() if isinstance(m, bytes)] == [b"init", b"a", b"other", b"b"]
    one.tell(Offline("refused", 12.5))
    one.offer(fragment(b"lost"), 0.0)
    one.offer(fragment(b"c", key=True, init=OTHER), 0.0)
    told, *rest = one.take()
    assert json.loads(told) == {"type": "offline", "reason": "refused", "since": 12.5}
    assert rest[1:] == [b"other", b"c"]


def test_the_clock_is_told_again_when_it_has_moved() -> None:
    one = viewer()
    one.offer(fragment(b"a", key=True), 0.0)
    assert one.take()[0] == TOLD
    for moved_s in (0.01, 0.015, -0.01):
        one.offer(fragment(b"b", zero_time=ZERO_TIME + moved_s), 0.0)
    assert one.take() == [b"b"] * 3
    for moved_s in (0.03, 0.04, 0.06):
        one.offer(fragment(b"c", zero_time=ZERO_TIME + moved_s), 0.0)
    told = [m for m in one.take() if isinstance(m, str)]
    assert [json.loads(m) for m in told] == [
        {"type": "clock", "zero_time": ZERO_TIME + moved_s} for moved_s in (0.03, 0.06)
    ]


def test_who_is_late_goes_on_at_the_next_keyframe() -> None:
    one = viewer()
    one.offer(fragment(b"old", key=True), 0.0)
    one.offer(fragment(b"old too"), LATE_S + 1)
    one.offer(fragment(b"new", key=True), LATE_S + 1)
    assert one.take() == [TOLD, b"init", b"new"]


def test_what_waits_is_bounded_and_whole_groups_are_lost() -> None:
    one = viewer()
    big = bytes(MOST_BYTES // 2)
    for each in (fragment(big, key=True), fragment(big), fragment(b"too much"), fragment(b"lost")):
        one.offer(each, 0.0)
    assert one.take() == []
    one.offer(fragment(b"key", key=True), 0.0)
    assert one.take()[-1] == b"key"


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 3), st.booleans()), max_size=40))
def test_nothing_is_sent_that_a_player_cannot_decode(
    steps: list[tuple[bool, float, bool]],
) -> None:
    """Every fragment that is sent follows the one before it, or is a keyframe."""
    one, now, sent = viewer(), 0.0, list[bytes]()
    keys = {b"%d" % n for n, (key, _, _) in enumerate(steps) if key}
    for number, (key, pause, takes) in enumerate(steps):
        now += pause
        one.offer(fragment(b"%d" % number, key=key), now)
        if takes:
            sent += [m for m in one.take() if isinstance(m, bytes) and m != b"init"]
    for before, after in zip([b"-2", *sent], sent, strict=False):
        assert after in keys or int(after) == int(before) + 1
