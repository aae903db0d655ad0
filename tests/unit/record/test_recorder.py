import errno
import itertools
import logging
import os
from dataclasses import replace
from pathlib import Path

import pytest

from picket.domain.segment import GapReason
from picket.domain.stream import MediaKind, Packet, StreamInfo
from picket.ipc.messages import GapNoted, SegmentWritten
from picket.media.codec.nal import read_extradata
from picket.media.codec.sample_entry import h264_entry
from picket.record.files import Files
from picket.record.recorder import Recorder, RecorderSpec
from tests.support.packets import (
    AUDIO,
    OTHER_PPS,
    OTHER_SPS,
    STREAM,
    STREAM_WITH_SOUND,
    WALL,
    annex_b,
    gop,
    picture,
    pictures,
    with_sound,
)
from tests.support.recordings import Recorded, numbered_draws, record_packets


def new_recorder(root: Path) -> Recorder:
    return Recorder(RecorderSpec(root, "front"), numbered_draws)


def test_segments_are_cut_at_the_first_keyframe_after_ten_seconds(tmp_path: Path) -> None:
    segments = record_packets(STREAM, pictures(25), tmp_path).segments
    assert [round(s.start_time - WALL) for s in segments] == [0, 10, 20]
    assert [len(s.fragments) for s in segments] == [10, 10, 5]
    assert all(s.is_closed for s in segments)
    assert segments[0].path == "2024-01-15/12/front/00.00.mp4"


def test_no_moment_lies_between_two_segments(tmp_path: Path) -> None:
    jittered = [replace(p, wall_time=p.wall_time + n * 1e-4) for n, p in enumerate(pictures(45))]
    segments = record_packets(STREAM, jittered, tmp_path).segments
    for before, after in itertools.pairwise(segments):
        assert before.end_time == after.start_time
        assert before.session == after.session


def test_a_wall_clock_that_goes_back_never_turns_a_segment_around(tmp_path: Path) -> None:
    packets = [replace(p, wall_time=p.wall_time - 12 * (p.dts_s >= 10)) for p in pictures(15)]
    first, second = record_packets(STREAM, packets, tmp_path).segments
    assert first.start_time == first.end_time == second.start_time == WALL


def test_a_new_session_begins_at_its_own_time_even_where_the_last_was_cut(tmp_path: Path) -> None:
    recorder, recorded = new_recorder(tmp_path), Recorded()
    later = [replace(p, wall_time=p.wall_time + 60) for p in gop(100)]
    for stream, packets in ((STREAM, pictures(11)), (replace(STREAM, session="two"), later)):
        for packet in packets:
            recorded.note(recorder.accept(stream, packet))
    recorded.note(recorder.close(WALL + 71))
    assert [s.start_time for s in recorded.segments] == [WALL, WALL + 10, WALL + 70]


def test_nothing_is_recorded_before_the_first_keyframe(tmp_path: Path) -> None:
    segments = record_packets(STREAM, [picture(n) for n in range(7)], tmp_path).segments
    assert segments == []
    packets = [picture(n) for n in range(7)] + gop(7) + gop(17)
    (segment,) = record_packets(STREAM, packets, tmp_path).segments
    assert segment.start_time == pytest.approx(WALL + 0.7)


def test_a_fragment_is_written_each_second_however_long_the_gop(tmp_path: Path) -> None:
    (segment,) = record_packets(STREAM, gop(0, 605), tmp_path).segments
    assert len(segment.fragments) == 61
    assert [f.is_keyframe for f in segment.fragments] == [True] + [False] * 60
    assert segment.duration_s == pytest.approx(60.5)


def test_short_gops_make_short_fragments(tmp_path: Path) -> None:
    packets = [packet for start in range(0, 30, 6) for packet in gop(start, 6)]
    (segment,) = record_packets(STREAM, packets, tmp_path).segments
    assert [f.duration_ticks for f in segment.fragments] == [54_000] * 5


def test_a_stream_of_nothing_but_keyframes_asks_the_disk_twice_a_second(tmp_path: Path) -> None:
    packets = [packet for n in range(30) for packet in gop(n, 1)]
    (segment,) = record_packets(STREAM, packets, tmp_path).segments
    assert [f.duration_ticks for f in segment.fragments] == [45_000] * 6
    assert all(f.is_keyframe for f in segment.fragments)


def test_every_fragment_is_told_and_on_the_disk_by_then(tmp_path: Path) -> None:
    recorder = new_recorder(tmp_path)
    told = 0
    for packet in pictures(5):
        for happening in recorder.accept(STREAM, packet):
            assert isinstance(happening, SegmentWritten)
            row = happening.segment
            told += 1
            assert (tmp_path / row.path).stat().st_size == row.size_bytes
            assert len(row.fragments) == told
            assert row.end_time == pytest.approx(WALL + told)
            assert not row.is_closed
    assert told == 4


def test_a_new_session_is_a_new_segment(tmp_path: Path) -> None:
    recorder, recorded = new_recorder(tmp_path), Recorded()
    later = [replace(p, wall_time=p.wall_time + 60) for p in pictures(3)]
    for stream, packets in ((STREAM, pictures(3)), (replace(STREAM, session="two"), later)):
        for packet in packets:
            recorded.note(recorder.accept(stream, packet))
    recorded.note(recorder.close(WALL + 63))
    first, second = recorded.segments
    assert first.end_time == pytest.approx(WALL + 3)
    assert second.start_time == WALL + 60
    assert (first.session, second.session) == ("session-1", "two")
    assert recorded.gaps == {}


def test_other_parameters_in_the_stream_cut_at_once_and_end_the_joint_session(
    tmp_path: Path,
) -> None:
    changed = picture(30, is_keyframe=True, head=annex_b(OTHER_SPS, OTHER_PPS))
    packets = [*pictures(3), changed, *gop(30)[1:]]
    first, second = record_packets(STREAM, packets, tmp_path).segments
    assert (first.width, second.width) == (1280, 626)
    assert first.end_time == second.start_time
    assert first.session != second.session


def test_repeated_parameters_change_nothing(tmp_path: Path) -> None:
    head = STREAM.video.extradata
    packets = [replace(p, data=head + p.data) if p.is_keyframe else p for p in pictures(25)]
    segments = record_packets(STREAM, packets, tmp_path).segments
    assert len(segments) == 3
    assert {s.session for s in segments} == {"session-1"}


@pytest.mark.parametrize("late_s", [0.0, 0.3])
def test_sound_that_arrives_late_is_in_the_segment_of_its_time(
    tmp_path: Path, late_s: float
) -> None:
    segments = record_packets(STREAM_WITH_SOUND, with_sound(25, late_s), tmp_path).segments
    stored = b"".join((tmp_path / s.path).read_bytes() for s in segments)
    numbers = range(round(25 / 0.064))
    assert [n for n in numbers if b"sound %d" % n not in stored] == []
    first = (tmp_path / segments[0].path).read_bytes()
    assert b"sound 156" in first  # 9.984 s
    assert b"sound 157" not in first
    assert segments[0].codecs == "avc1.64001F,mp4a.40.2"


def test_sound_that_mp4_cannot_hold_is_left_out_with_one_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stream = replace(STREAM, audio=replace(AUDIO, codec="pcm_alaw"))
    with caplog.at_level(logging.WARNING):
        segments = record_packets(stream, with_sound(25), tmp_path).segments
    assert {s.codecs for s in segments} == {"avc1.64001F"}
    assert [r.levelname for r in caplog.records] == ["WARNING"]
    assert "without its sound: MP4 does not hold sound of codec pcm_alaw" in caplog.text


ADTS = bytes.fromhex("fff16c401c7ffc")
"""ADTS header of a mono AAC frame at 8 kHz."""


def test_sound_that_begins_late_is_recorded_from_the_next_keyframe_on(tmp_path: Path) -> None:
    unknown = replace(AUDIO, extradata=b"", sample_rate=0, channels=0)
    packets = [
        replace(p, data=ADTS + p.data) if p.kind is MediaKind.AUDIO else p
        for p in with_sound(12)
        if p.kind is MediaKind.VIDEO or p.dts_s > 4.5
    ]
    before, after = record_packets(replace(STREAM, audio=unknown), packets, tmp_path).segments
    assert (before.codecs, after.codecs) == ("avc1.64001F", "avc1.64001F,mp4a.40.2")
    assert before.end_time == after.start_time == pytest.approx(WALL + 5)
    assert before.session != after.session
    data = (tmp_path / after.path).read_bytes()
    assert b"sound 80" in data  # 5.12 s
    assert ADTS not in data


def test_a_damaged_keyframe_of_a_length_prefixed_stream_is_stored_as_it_came(
    tmp_path: Path,
) -> None:
    record = h264_entry(read_extradata(STREAM.video.extradata, "h264")).data
    avcc = record[record.index(b"avcC") + 4 :]
    stream = replace(STREAM, video=replace(STREAM.video, extradata=avcc))
    damaged = b"\0\1\0\0" + b"cut short"
    packets = [replace(p, data=damaged) if p.dts_s == 2 else p for p in pictures(4)]
    (segment,) = record_packets(stream, packets, tmp_path).segments
    assert segment.duration_s == pytest.approx(4)
    assert damaged in (tmp_path / segment.path).read_bytes()


def test_damaged_parameters_in_the_stream_do_not_end_the_recording(tmp_path: Path) -> None:
    broken = picture(30, is_keyframe=True, head=annex_b(OTHER_SPS[:5]))
    segments = record_packets(STREAM, [*pictures(3), broken, *gop(30)[1:]], tmp_path).segments
    assert sum(s.duration_s for s in segments) == pytest.approx(4)
    assert {s.width for s in segments} == {1280}


def test_segments_last_as_long_as_their_media_however_keyframes_are_reordered(
    tmp_path: Path,
) -> None:
    def shown(packet: Packet) -> Packet:
        """The first keyframe is shown at once, later ones after two pictures."""
        delay_s = 0.2 if packet.dts_s > 5 else 0.1
        pts_s = packet.dts_s + delay_s
        return replace(packet, pts_s=pts_s, wall_time=WALL + pts_s)

    segments = record_packets(STREAM, [shown(p) for p in pictures(25)], tmp_path).segments
    assert segments[0].start_time == pytest.approx(WALL + 0.1)
    for segment in segments:
        assert segment.end_time - segment.start_time == pytest.approx(segment.duration_s, abs=1e-4)


def test_a_stream_without_parameters_waits_and_says_so_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stream = StreamInfo("s", replace(STREAM.video, extradata=b""))
    complete = picture(30, is_keyframe=True, head=STREAM.video.extradata)
    with caplog.at_level(logging.WARNING):
        segments = record_packets(stream, [*pictures(3), complete, *gop(30)[1:]], tmp_path).segments
    assert [s.start_time for s in segments] == [WALL + 3]
    assert len(caplog.records) == 1


def test_video_that_cannot_be_stored_is_refused_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stream = StreamInfo("s", replace(STREAM.video, codec="vp8", extradata=b""))
    assert record_packets(stream, pictures(3), tmp_path).history == []
    assert "vp8" in caplog.text


def test_a_full_disk_is_a_gap_that_ends_with_the_next_keyframe_that_can_be_written(
    tmp_path: Path, small_disk: None, caplog: pytest.LogCaptureFixture
) -> None:
    recorder, recorded = new_recorder(tmp_path), Recorded()
    huge = replace(picture(25), data=annex_b(b"\x41" + b"x" * 20_000))
    for packet in [*gop(0), *gop(10), *gop(20)[:5], huge, *gop(20)[6:], *gop(30), *gop(40)]:
        recorded.note(recorder.accept(STREAM, packet))
    recorded.note(recorder.close(WALL + 5))
    first, second = recorded.segments
    (gap,) = recorded.gaps.values()
    assert gap.reason is GapReason.DISK
    assert gap.detail == "File too large"
    assert gap.start_time == first.end_time == pytest.approx(WALL + 2)
    assert gap.end_time == second.start_time == pytest.approx(WALL + 3)
    assert first.is_closed
    assert (tmp_path / first.path).stat().st_size == first.size_bytes
    assert first.session != second.session
    assert sum(isinstance(h, GapNoted) for h in recorded.history) == 2
    assert [r.levelname for r in caplog.records] == ["ERROR"]


def test_a_failure_at_the_end_of_a_segment_leaves_no_row_open(
    tmp_path: Path, small_disk: None
) -> None:
    recorder, recorded = new_recorder(tmp_path), Recorded()
    packets = with_sound(15)
    at = next(n for n, p in enumerate(packets) if p.data.endswith(b"picture 99"))
    packets[at] = replace(packets[at], data=annex_b(b"\x41" + b"x" * 20_000))
    silent = [p for p in packets if p.kind is MediaKind.VIDEO or p.dts_s < 9]  # nothing ends it
    for packet in silent:
        recorded.note(recorder.accept(STREAM_WITH_SOUND, packet))
    recorded.note(recorder.close(WALL + 15))
    assert all(row.is_closed for row in recorded.segments)
    (gap,) = recorded.gaps.values()
    assert gap.start_time == pytest.approx(WALL + 9)
    assert gap.end_time == recorded.segments[1].start_time


def test_a_vanished_folder_is_one_gap_and_recording_comes_back(tmp_path: Path) -> None:
    root = tmp_path / "recordings"
    root.write_text("in the way")
    recorder, recorded = new_recorder(root), Recorded()
    for packet in pictures(5):
        recorded.note(recorder.accept(STREAM, packet))
    assert [(g.start_time, g.end_time) for g in recorded.gaps.values()] == [(WALL, None)]
    root.unlink()
    for packet in [p for start in (50, 60, 70) for p in gop(start)]:
        recorded.note(recorder.accept(STREAM, packet))
    recorded.note(recorder.close(WALL + 8))
    (gap,), (segment,) = recorded.gaps.values(), recorded.segments
    assert gap.end_time == segment.start_time


def test_a_gap_that_lasts_ends_when_recording_is_stopped(tmp_path: Path) -> None:
    root = tmp_path / "recordings"
    root.write_text("in the way")
    recorded = record_packets(STREAM, pictures(3), root)
    (gap,) = recorded.gaps.values()
    assert gap.end_time is not None


def test_a_closed_recorder_can_be_used_again(tmp_path: Path) -> None:
    recorder = new_recorder(tmp_path)
    for packet in pictures(2):
        recorder.accept(STREAM, packet)
    recorder.close(WALL + 2)
    later = [replace(p, wall_time=p.wall_time + 9) for p in pictures(2)]
    rows = [h for p in later for h in recorder.accept(STREAM, p)]
    assert isinstance(rows[0], SegmentWritten)
    assert rows[0].segment.start_time == WALL + 9
    recorder.close(WALL + 11)


class IllDisk(Files):
    """A disk whose syncing fails for a while, as `fdatasync` tells of a bad block (EIO)."""

    def __init__(self, number: int, begin: int, end: int) -> None:
        self._number = number
        self._failing = range(begin, end)
        self._asked = 0

    def sync(self, fd: int) -> None:
        self._asked += 1
        if self._asked in self._failing:
            raise OSError(self._number, os.strerror(self._number))


@pytest.mark.parametrize("number", [errno.EIO, errno.EROFS, errno.EACCES, errno.EDQUOT])
def test_whatever_a_disk_says_is_the_reason_of_the_gap(tmp_path: Path, number: int) -> None:
    disk = IllDisk(number, begin=5, end=8)
    spec = RecorderSpec(tmp_path, "front", files=disk)
    recorder, recorded = Recorder(spec, numbered_draws), Recorded()
    for packet in pictures(12):
        recorded.note(recorder.accept(STREAM, packet))
    recorded.note(recorder.close(WALL + 12))
    (gap,) = recorded.gaps.values()
    assert (gap.reason, gap.detail) == (GapReason.DISK, os.strerror(number))
    assert (gap.start_time, gap.end_time) == (WALL + 4, WALL + 7)
    before, after = recorded.segments
    assert (before.end_time, after.start_time) == (gap.start_time, gap.end_time)
    files = {str(p.relative_to(tmp_path)): p.stat().st_size for p in tmp_path.rglob("*.mp4")}
    assert files == {row.path: row.size_bytes for row in recorded.segments}
