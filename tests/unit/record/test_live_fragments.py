from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.stream import Packet
from picket.media.fmp4 import TrackRun, read_fragment
from picket.media.init_segment import AUDIO_TRACK, VIDEO_TRACK
from picket.record.live_fragments import LiveFragment, LiveFragments
from tests.support.packets import (
    OTHER_PPS,
    OTHER_SPS,
    STREAM,
    STREAM_WITH_SOUND,
    WALL,
    annex_b,
    gop,
    picture,
    pictures,
    sound,
    with_sound,
)


def played(fragments: list[LiveFragment], track: int = VIDEO_TRACK) -> list[TrackRun]:
    return [
        run
        for fragment in fragments
        for run in read_fragment(fragment.data).runs
        if run.track_id == track
    ]


def run_through(live: LiveFragments, packets: list[Packet]) -> list[LiveFragment]:
    """Everything, looked at after each packet."""
    return [one for packet in packets for one in (*live.add(packet), *live.flush())]


def test_each_picture_is_a_fragment_as_soon_as_the_next_one_came() -> None:
    live = LiveFragments(STREAM)
    assert run_through(live, [picture(0, is_keyframe=True)]) == []
    (first,) = run_through(live, [picture(1)])
    (second,) = run_through(live, [picture(2)])
    assert (first.is_keyframe, second.is_keyframe) == (True, False)
    assert first.init is second.init
    assert (first.init.codecs, first.init.width) == ("avc1.64001F", 1280)
    assert [run.decode_time for run in played([first, second])] == [0, 9000]
    assert [run.durations for run in played([first, second])] == [(9000,), (9000,)]


def test_each_tells_when_media_time_zero_was_by_the_clock_of_its_newest_picture() -> None:
    slow = [replace(one, wall_time=one.wall_time + 0.01 * n) for n, one in enumerate(gop(0, 4))]
    late = [replace(one, pts_s=one.dts_s + 0.3, wall_time=one.wall_time + 0.3) for one in slow]
    times = [one.zero_time for one in run_through(LiveFragments(STREAM), late)]
    assert times == pytest.approx([WALL + 0.01 * n for n in (1, 2, 3)], abs=1e-4)


def test_what_waits_is_one_fragment_that_ends_before_a_keyframe() -> None:
    live = LiveFragments(STREAM)
    done = [one for packet in pictures(2) for one in live.add(packet)] + live.flush()
    assert [one.is_keyframe for one in done] == [True, True]
    assert [len(run.sizes) for run in played(done)] == [10, 9]


@given(st.lists(st.integers(1, 12), min_size=1, max_size=5), st.data())
def test_samples_follow_each_other_without_hole_however_they_are_looked_at(
    lengths: list[int], data: st.DataObject
) -> None:
    live, first, done = LiveFragments(STREAM), 0, list[LiveFragment]()
    for length in lengths:
        for packet in gop(first, length):
            done += live.add(packet)
            if data.draw(st.booleans()):
                done += live.flush()
        first += length
    runs = played(done)
    ends = [run.decode_time + run.duration for run in runs]
    assert [run.decode_time for run in runs[1:]] == ends[:-1]
    for one in done:
        (run,) = played([one])
        syncs = run.syncs or (True,) * len(run.sizes)
        assert (syncs[0], any(syncs[1:])) == (one.is_keyframe, False)


def test_nothing_comes_before_a_keyframe() -> None:
    live = LiveFragments(STREAM)
    assert run_through(live, gop(0)[3:]) == []
    assert run_through(live, gop(10))[0].is_keyframe


def test_new_parameters_begin_with_an_init_of_their_own() -> None:
    live = LiveFragments(STREAM)
    head = annex_b(OTHER_SPS, OTHER_PPS)
    change = [replace(picture(10, is_keyframe=True), data=head + picture(10).data), picture(11)]
    before, *_, after = run_through(live, [*gop(0), *change])
    assert (before.init.width, after.init.width) == (1280, 626)
    assert after.is_keyframe


def test_sound_is_promised_only_while_it_comes() -> None:
    live = LiveFragments(STREAM_WITH_SOUND)
    done = run_through(live, with_sound(3))
    assert {one.init.has_audio for one in done[1:]} >= {True}
    assert done[-1].init.codecs == "avc1.64001F,mp4a.40.2"
    assert played(done[-10:], AUDIO_TRACK)
    silent = run_through(live, [p for second in range(3, 7) for p in gop(second * 10)])
    assert not silent[-1].init.has_audio
    assert played(silent[-10:], AUDIO_TRACK) == []


def test_sound_that_never_comes_keeps_no_player_waiting() -> None:
    done = run_through(LiveFragments(STREAM_WITH_SOUND), pictures(2))
    assert {one.init.codecs for one in done} == {"avc1.64001F"}


def test_sound_that_browsers_cannot_play_is_left_out() -> None:
    assert STREAM_WITH_SOUND.audio is not None
    stream = replace(STREAM, audio=replace(STREAM_WITH_SOUND.audio, codec="pcm_alaw"))
    done = run_through(LiveFragments(stream), with_sound(3))
    assert {one.init.has_audio for one in done} == {False}


def test_sound_is_no_later_than_its_picture() -> None:
    live = LiveFragments(STREAM_WITH_SOUND)
    done = run_through(live, with_sound(4))
    heard = played(done, AUDIO_TRACK)
    ends = [run.decode_time + run.duration for run in heard]
    assert [run.decode_time for run in heard[1:]] == ends[:-1]
    last = played(done)[-1]
    assert abs(ends[-1] - last.decode_time - last.duration) <= 90_000 * 0.2


def test_sound_alone_is_nothing() -> None:
    live = LiveFragments(STREAM_WITH_SOUND)
    assert run_through(live, [sound(n) for n in range(5)]) == []


@pytest.mark.parametrize("count", [2, 25])
def test_the_bytes_are_those_of_the_camera(count: int) -> None:
    live = LiveFragments(STREAM)
    done = run_through(live, gop(0, count))
    for number, one in enumerate(done):
        body = one.data[read_fragment(one.data).body_offset :]
        assert body.endswith(b"picture %d" % number)
