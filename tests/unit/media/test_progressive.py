import io
from dataclasses import replace
from pathlib import Path

import av
import pytest

from picket.domain.errors import MediaError, NotFound
from picket.domain.segment import Segment
from picket.media.fmp4 import FragmentTable, TrackRun
from picket.media.progressive import (
    PIECE_BYTES,
    Read,
    VirtualFile,
    choose_fragments,
    first_picture,
    plan_clip,
    plan_keyframes,
)
from tests.support.packets import (
    OTHER_PPS,
    OTHER_SPS,
    STREAM,
    STREAM_WITH_SOUND,
    WALL,
    annex_b,
    gop,
    with_sound,
)
from tests.support.recordings import record_packets


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recordings")


@pytest.fixture(scope="module")
def segments(root: Path) -> list[Segment]:
    return record_packets(STREAM_WITH_SOUND, with_sound(25), root).segments


@pytest.fixture
def read(root: Path) -> Read:
    def read_file(path: str, offset: int, size: int) -> bytes:
        with (root / path).open("rb") as file:
            file.seek(offset)
            return file.read(size)

    return read_file


def whole(clip: VirtualFile, read: Read) -> bytes:
    return b"".join(clip.read_range(0, clip.size, read))


def packets(data: bytes, kind: str) -> list[tuple[float, bytes]]:
    """Presentation time in seconds and payload of every packet of a track."""
    with av.open(io.BytesIO(data), "r") as source:
        stream = next(s for s in source.streams if s.type == kind)
        found = [p for p in source.demux(stream) if p.size and p.pts is not None]
        tick = float(stream.time_base or 0)
        return [(float(p.pts or 0) * tick, bytes(p)) for p in found]


def test_a_clip_holds_every_packet_at_its_time(segments: list[Segment], read: Read) -> None:
    clip = plan_clip(segments, WALL, WALL + 25, read)
    video = packets(whole(clip, read), "video")
    assert len(video) == 250
    for number, (time, data) in enumerate(video):
        assert time == pytest.approx(number / 10, abs=1e-4)
        assert data.endswith(b"picture %d" % number)
    audio = packets(whole(clip, read), "audio")
    assert [data for _, data in audio] == [b"sound %d" % n for n in range(len(audio))]
    assert all(time == pytest.approx(n * 0.064, abs=1e-4) for n, (time, _) in enumerate(audio))
    assert clip.duration_s == pytest.approx(25)


def test_a_clip_begins_at_the_keyframe_before_and_keeps_sound_in_step(
    segments: list[Segment], read: Read
) -> None:
    clip = plan_clip(segments, WALL + 3.4, WALL + 12.5, read)
    video, audio = (packets(whole(clip, read), kind) for kind in ("video", "audio"))
    assert video[0][1].endswith(b"picture 30")
    assert video[-1][1].endswith(b"picture 129")
    for time, data in audio:
        number = int(data.removeprefix(b"sound "))
        assert time == pytest.approx(number * 0.064 - 3.0, abs=1e-3)


def test_a_gap_is_left_out(segments: list[Segment], read: Read) -> None:
    clip = plan_clip([segments[0], segments[2]], WALL, WALL + 25, read)
    video = packets(whole(clip, read), "video")
    assert len(video) == 150
    assert video[100][0] == pytest.approx(10)
    assert video[100][1].endswith(b"picture 200")
    audio = {int(data[6:]): time for time, data in packets(whole(clip, read), "audio")}
    assert audio[320] == pytest.approx(320 * 0.064 - 10, abs=1e-3)


def test_any_range_equals_that_part_of_the_whole(segments: list[Segment], read: Read) -> None:
    clip = plan_clip(segments, WALL, WALL + 25, read)
    data, head = whole(clip, read), len(clip.header)
    for start, end in ((0, 10), (head - 3, head + 3), (head, clip.size), (head + 777, head + 9999)):
        assert b"".join(clip.read_range(start, end, read)) == data[start:end]


def test_a_file_that_vanished_is_told(segments: list[Segment], read: Read) -> None:
    clip = plan_clip(segments, WALL, WALL + 25, read)
    with pytest.raises(NotFound, match="deleted"):
        list(clip.read_range(0, clip.size, lambda *_: b""))


def test_nothing_recorded_is_not_found(segments: list[Segment], read: Read) -> None:
    for chosen, start in (([], WALL), (segments, WALL + 60), (segments, WALL - 60)):
        with pytest.raises(NotFound):
            plan_clip(chosen, start, start + 5, read)


def test_fragments_are_chosen_from_a_keyframe_to_the_end(segments: list[Segment]) -> None:
    first = segments[0]
    start = first.start_time
    assert len(choose_fragments(first, start - 5, start + 100)) == 10
    assert len(choose_fragments(first, start + 2.5, start + 4.0)) == 2
    assert choose_fragments(first, start + 50, start + 60) == []
    one_keyframe = [replace(f, is_keyframe=n == 0) for n, f in enumerate(first.fragments)]
    blind = replace(first, fragments=tuple(one_keyframe))
    assert len(choose_fragments(blind, start + 8.5, start + 100)) == 10


def test_segments_with_other_parameters_get_their_own_sample_entry(
    segments: list[Segment], root: Path, read: Read
) -> None:
    stream = replace(
        STREAM_WITH_SOUND,
        session="session-2",
        video=replace(
            STREAM_WITH_SOUND.video,
            extradata=annex_b(OTHER_SPS, OTHER_PPS),
            width=626,
            height=360,
        ),
    )
    later = [replace(p, wall_time=p.wall_time + 60) for p in with_sound(5)]
    other = record_packets(stream, later, root).segments
    clip = plan_clip([*segments, *other], WALL, WALL + 100, read)
    assert clip.header.count(b"avcC") == 2
    assert len(packets(whole(clip, read), "video")) == 300


def test_a_clip_of_keyframes_holds_the_first_picture_of_each_second_and_no_sound(
    segments: list[Segment], read: Read
) -> None:
    data = whole(plan_keyframes(segments, WALL + 2.5, WALL + 22.5, read), read)
    everything = packets(whole(plan_clip(segments, WALL + 2.5, WALL + 22.5, read), read), "video")
    video = packets(data, "video")
    assert [body for _, body in video] == [body for _, body in everything[::10]]
    for number, (time, _) in enumerate(video):
        assert time == pytest.approx(number, abs=1e-4)
    with av.open(io.BytesIO(data), "r") as source:
        assert [stream.type for stream in source.streams] == ["video"]


def test_keyframes_far_apart_keep_their_times(read: Read, root: Path) -> None:
    far = [packet for first in range(0, 250, 25) for packet in gop(first, 25)]
    segments = record_packets(STREAM, far, root / "far").segments
    rows = [replace(row, path=f"far/{row.path}") for row in segments]
    assert len(rows) > 1
    clip = plan_keyframes(rows, WALL, WALL + 25, read)
    video = packets(whole(clip, read), "video")
    assert [time for time, _ in video] == pytest.approx([2.5 * n for n in range(10)], abs=1e-4)
    assert clip.duration_s == pytest.approx(25, abs=1e-3)


def test_a_keyframe_is_found_behind_sound(segments: list[Segment]) -> None:
    sound = TrackRun(2, 0, (5, 6), (10, 10))
    pictures = TrackRun(1, 0, (7, 8), (10, 20), (3, 0), (True, False))
    table = first_picture(FragmentTable(100, (sound, pictures)))
    assert table == FragmentTable(111, (TrackRun(1, 0, (7,), (30,), (3,), (True,)),))
    with pytest.raises(MediaError):
        first_picture(FragmentTable(100, (sound,)))


def test_nothing_recorded_has_no_keyframes(segments: list[Segment], read: Read) -> None:
    with pytest.raises(NotFound):
        plan_keyframes(segments, WALL + 100, WALL + 110, read)


def test_a_long_header_comes_in_parts(read: Read) -> None:
    header = bytes(range(256)) * (3 * PIECE_BYTES // 256) + b"end"
    clip = VirtualFile(header, (), 0.0)
    for start, end in ((0, len(header)), (5, len(header) - 1), (PIECE_BYTES, PIECE_BYTES + 1)):
        parts = list(clip.read_range(start, end, read))
        assert b"".join(parts) == header[start:end]
        assert max(map(len, parts)) <= PIECE_BYTES
