from pathlib import Path

from picket.media.codec.nal import ParameterSets
from picket.media.codec.sample_entry import h264_entry
from picket.media.init_segment import build_init
from picket.record.growing import GrowingSegment, Opening
from tests.support.packets import H264_PPS, H264_SPS, WALL, gop

INIT = build_init(h264_entry(ParameterSets((), (H264_SPS,), (H264_PPS,))), None)
OPENING = Opening(f"{WALL}-abcdef", "front", "s", WALL, INIT)


def growing(root: Path, pictures: int = 10) -> GrowingSegment:
    segment = GrowingSegment(root, OPENING, zero_s=0.0)
    for packet in gop(0, pictures):
        segment.add_video(packet, packet.data)
    return segment


def test_no_file_exists_before_the_first_fragment(tmp_path: Path) -> None:
    segment = growing(tmp_path)
    assert list(tmp_path.iterdir()) == []
    row = segment.write_waiting(1.0)
    assert row is not None
    assert (tmp_path / row.path).exists()
    segment.finish(None, None)


def test_waiting_is_counted_from_the_oldest_sample_not_written(tmp_path: Path) -> None:
    segment = growing(tmp_path)
    assert segment.waiting_s(0.9) == 0.9
    segment.write_waiting(1.0)
    for packet in gop(10, 5):
        segment.add_video(packet, packet.data)
    assert abs(segment.waiting_s(1.4) - 0.4) < 1e-6
    segment.finish(None, None)


def test_the_end_is_where_the_next_segment_begins(tmp_path: Path) -> None:
    row = growing(tmp_path).finish(1.5, WALL + 1.6)
    assert row is not None
    assert row.fragments[-1].duration_ticks == 135_000
    assert (row.end_time, row.is_closed) == (WALL + 1.6, True)


def test_nothing_taken_is_nothing_told(tmp_path: Path) -> None:
    assert growing(tmp_path, pictures=0).finish(None, None) is None
    assert list(tmp_path.iterdir()) == []


def test_abandoning_keeps_what_is_on_the_disk(tmp_path: Path) -> None:
    segment = growing(tmp_path)
    written = segment.write_waiting(1.0)
    for packet in gop(10):
        segment.add_video(packet, packet.data)
    row = segment.abandon()
    assert row is not None
    assert written is not None
    assert (row.fragments, row.is_closed) == (written.fragments, True)
