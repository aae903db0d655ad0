from itertools import pairwise

import pytest

from picket.capture.timeline import MAX_HELD, PlacedPacket, RawPacket, Timeline
from picket.domain.errors import ClockJumped
from picket.domain.stream import MediaKind


def raw(
    pts_s: float | None,
    dts_s: float | None,
    kind: MediaKind = MediaKind.VIDEO,
    *,
    key: bool = False,
    turn: int = 0,
) -> RawPacket:
    return RawPacket(kind, b"x", key, pts_s, dts_s, 0.04, turn)


def place_all(packets: list[RawPacket]) -> list[PlacedPacket]:
    timeline = Timeline()
    return [placed for packet in packets for placed in timeline.place(packet)]


def test_times_count_from_the_first_video_packet() -> None:
    placed = place_all([raw(100.0, 100.0, key=True), raw(100.04, 100.04)])
    assert [p.dts_s for p in placed] == pytest.approx([0.0, 0.04])


def test_sound_before_the_first_picture_is_left_out() -> None:
    sound = raw(99.9, 99.9, MediaKind.AUDIO)
    placed = place_all([sound, raw(100.0, 100.0, key=True), raw(100.1, 100.1, MediaKind.AUDIO)])
    assert [p.raw.kind for p in placed] == [MediaKind.VIDEO, MediaKind.AUDIO]


def test_an_opening_keyframe_without_times_is_numbered_backwards() -> None:
    # What libav hands out at the start of an RTSP stream with two B-frames in a row.
    opening = [raw(None, None, key=True), raw(0.16, None), raw(0.08, None), raw(0.04, 0.04)]
    placed = place_all(opening)
    assert placed[0].raw.is_keyframe
    dts = [p.dts_s for p in placed]
    assert dts == pytest.approx([0.0, 0.04, 0.08, 0.12])
    assert placed[0].pts_s == pytest.approx(0.08)  # shown just before the first B-frame
    assert [p.pts_s for p in placed[1:]] == pytest.approx([0.24, 0.16, 0.12])


def test_a_stream_that_never_tells_decode_times_is_not_held_forever() -> None:
    placed = place_all([raw(n * 0.04, None) for n in range(MAX_HELD + 5)])
    assert len(placed) == MAX_HELD + 5
    assert all(a.dts_s < b.dts_s for a, b in pairwise(placed))


def test_decode_time_that_stands_still_is_pushed_on() -> None:
    placed = place_all([raw(0.0, 0.0), raw(0.0, 0.0), raw(0.0, -0.02)])
    assert all(a.dts_s < b.dts_s for a, b in pairwise(placed))
    assert all(p.pts_s >= p.dts_s for p in placed)


def test_a_count_that_is_set_back_goes_on_at_its_own_pace() -> None:
    before = [raw(n * 0.04, n * 0.04) for n in range(5)]
    after = [raw(0.03 + n * 0.04, 0.03 + n * 0.04) for n in range(5)]
    placed = place_all(before + after)
    assert [p.dts_s for p in placed] == pytest.approx([n * 0.04 for n in range(10)])


def test_sound_keeps_its_distance_to_the_picture_when_both_are_set_back() -> None:
    timeline = Timeline()
    for n in range(10):
        list(timeline.place(raw(n * 0.04, n * 0.04)))
    list(timeline.place(raw(0.36, 0.36, MediaKind.AUDIO)))
    (picture,) = timeline.place(raw(0.1, 0.1))
    (sound,) = timeline.place(raw(0.12, 0.12, MediaKind.AUDIO))
    assert sound.dts_s - picture.dts_s == pytest.approx(0.02)


def test_sound_that_would_be_heard_twice_is_left_out() -> None:
    sounds = [raw(t, t, MediaKind.AUDIO) for t in (0.1, 0.2, 0.3, 0.1, 0.2, 0.34)]
    placed = place_all([raw(0.0, 0.0, key=True), *sounds])
    assert [p.dts_s for p in placed[1:]] == pytest.approx([0.1, 0.2, 0.3, 0.34])


def test_a_jump_of_time_ends_the_session() -> None:
    timeline = Timeline()
    list(timeline.place(raw(0.0, 0.0)))
    with pytest.raises(ClockJumped, match="jumped by 3600"):
        list(timeline.place(raw(3600.0, 3600.0)))


def test_a_looped_file_goes_on_where_its_last_round_ended() -> None:
    first = [raw(n * 0.04, n * 0.04) for n in range(3)]
    second = [raw(n * 0.04, n * 0.04, turn=1) for n in range(3)]
    placed = place_all(first + second)
    assert [p.dts_s for p in placed] == pytest.approx([n * 0.04 for n in range(6)])


def test_sound_without_times_follows_the_sound_before_it() -> None:
    sound = [raw(100.1, 100.1, MediaKind.AUDIO), *[raw(None, None, MediaKind.AUDIO)] * 2]
    placed = place_all([raw(100.0, 100.0, key=True), *sound])
    assert [p.dts_s for p in placed[1:]] == pytest.approx([0.1, 0.14, 0.18])
