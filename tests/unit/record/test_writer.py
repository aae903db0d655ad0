from pathlib import Path

import pytest

from picket.media.codec.nal import ParameterSets
from picket.media.codec.sample_entry import h264_entry
from picket.media.fmp4 import TrackRun, read_fragment
from picket.media.init_segment import build_init
from picket.record.identity import Identity
from picket.record.writer import SegmentWriter, segment_path
from tests.support.packets import H264_PPS, H264_SPS, WALL

INIT = build_init(h264_entry(ParameterSets((), (H264_SPS,), (H264_PPS,))), None)
IDENTITY = Identity(f"{WALL}-abcdef", "front", "s", WALL, INIT.codecs, INIT.width, INIT.height)
RUN = TrackRun(1, 0, (3,), (9000,))


def test_the_path_is_in_utc() -> None:
    assert segment_path("front", WALL + 61.9) == "2024-01-15/12/front/01.01.mp4"
    assert segment_path("front", WALL, copy=2) == "2024-01-15/12/front/00.00-2.mp4"


def test_fragments_lie_where_they_are_said_to(tmp_path: Path) -> None:
    writer = SegmentWriter(tmp_path, IDENTITY, INIT)
    first = writer.append([RUN], [[b"one"]])
    second = writer.append([TrackRun(1, 9000, (3,), (9000,), (), (False,))], [[b"two"]])
    writer.close()
    data = (tmp_path / writer.path).read_bytes()
    assert data.startswith(INIT.data)
    assert len(data) == writer.size_bytes == second.offset + second.size
    assert second.offset == first.offset + first.size
    assert (first.is_keyframe, second.is_keyframe) == (True, False)
    assert (second.start_ticks, second.duration_ticks) == (9000, 9000)
    for fragment, payload in ((first, b"one"), (second, b"two")):
        body = data[fragment.offset : fragment.offset + fragment.size]
        assert body[read_fragment(body).body_offset :] == payload


def test_a_second_file_of_the_same_second_has_another_name(tmp_path: Path) -> None:
    one, two = (SegmentWriter(tmp_path, IDENTITY, INIT) for _ in range(2))
    assert two.path == one.path.replace("00.00", "00.00-2")
    one.close()
    two.close()


def test_a_file_without_a_fragment_is_removed(tmp_path: Path) -> None:
    writer = SegmentWriter(tmp_path, IDENTITY, INIT)
    writer.close()
    writer.close()
    assert not (tmp_path / writer.path).exists()


def test_a_full_disk_leaves_what_was_whole(tmp_path: Path, small_disk: None) -> None:
    writer = SegmentWriter(tmp_path, IDENTITY, INIT)
    first = writer.append([RUN], [[b"one"]])
    with pytest.raises(OSError, match="File too large"):
        writer.append([TrackRun(1, 9000, (20_000,), (9000,))], [[bytes(20_000)]])
    writer.close()
    assert (tmp_path / writer.path).stat().st_size == first.offset + first.size
