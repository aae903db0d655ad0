"""The recording thread: what it tells the keeper when a camera comes and goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from picket.capture.queue import Item, PacketQueue, StreamOver
from picket.domain.segment import Gap, GapReason, Segment
from picket.domain.stream import Packet
from picket.ipc.messages import GapNoted, Record, SegmentWritten
from picket.record.recorder import Recorder, RecorderSpec
from picket.runtime.worker.recording import Recording, RecordingTools
from tests.support.packets import STREAM, WALL, pictures
from tests.support.recordings import numbered_draws

OFFLINE = StreamOver(GapReason.CAMERA_OFFLINE, "connection refused")
AGAIN = replace(STREAM, session="session-2")


def run(folder: Path, items: Sequence[Item]) -> tuple[list[Record], list[Segment]]:
    """Everything told to the keeper, and the segments that analysis hears of."""
    queue = PacketQueue(1 << 20)
    told: list[Record] = []
    closed: list[Segment] = []
    tools = RecordingTools(told.append, closed.append, lambda: WALL, numbered_draws)
    recorder = Recorder(RecorderSpec(folder, "front"), numbered_draws)
    recording = Recording("front", queue, recorder, tools)
    for item in items:
        queue.put(item)
    queue.close()
    recording.run()
    return told, closed


def later(packets: Sequence[Packet], wall_s: float) -> list[Packet]:
    """The same packets in a session that began later."""
    return [replace(packet, wall_time=packet.wall_time + wall_s) for packet in packets]


def gaps_of(told: Sequence[Record]) -> list[Gap]:
    return [record.gap for record in told if isinstance(record, GapNoted)]


def segments_of(told: Sequence[Record]) -> dict[str, Segment]:
    return {r.segment.id: r.segment for r in told if isinstance(r, SegmentWritten)}


def test_a_healthy_camera_has_segments_and_no_gap(tmp_path: Path) -> None:
    told, closed = run(tmp_path, [STREAM, *pictures(25)])
    assert gaps_of(told) == []
    assert [segment.start_time for segment in closed] == [WALL, WALL + 10, WALL + 20]
    assert all(segment.is_closed for segment in segments_of(told).values())


def test_a_gap_opens_where_footage_ends_and_closes_where_it_goes_on(tmp_path: Path) -> None:
    told, _ = run(tmp_path, [STREAM, *pictures(3), OFFLINE, AGAIN, *later(pictures(3), 60)])
    opened, ended = gaps_of(told)
    assert opened.end_time is None
    assert opened.start_time == WALL + 3
    assert (opened.reason, opened.detail) == (GapReason.CAMERA_OFFLINE, "connection refused")
    assert ended == replace(opened, end_time=WALL + 60)


def test_the_file_is_closed_before_the_gap_is_told(tmp_path: Path) -> None:
    told, closed = run(tmp_path, [STREAM, *pictures(3), OFFLINE])
    assert isinstance(told[-1], GapNoted)
    assert isinstance(told[-2], SegmentWritten)
    assert told[-2].segment.is_closed
    assert closed == [told[-2].segment]


def test_failures_one_after_the_other_are_one_gap_with_its_first_reason(tmp_path: Path) -> None:
    stalled = StreamOver(GapReason.STALLED)
    told, _ = run(tmp_path, [STREAM, *pictures(2), stalled, OFFLINE, OFFLINE])
    assert [(gap.reason, gap.end_time) for gap in gaps_of(told)] == [(GapReason.STALLED, None)]


def test_a_camera_that_never_answers_has_a_gap_from_the_start(tmp_path: Path) -> None:
    told, closed = run(tmp_path, [OFFLINE, OFFLINE])
    assert [(gap.start_time, gap.end_time) for gap in gaps_of(told)] == [(WALL, None)]
    assert closed == []


def test_a_gap_never_ends_before_it_begins(tmp_path: Path) -> None:
    told, _ = run(tmp_path, [STREAM, *pictures(3), OFFLINE, AGAIN, *later(pictures(2), 1)])
    opened, ended = gaps_of(told)
    assert ended.end_time == opened.start_time


def test_footage_behind_an_overload_does_not_join_what_was_before(tmp_path: Path) -> None:
    overload = StreamOver(GapReason.OVERLOAD, "the consumer is too slow")
    everything = pictures(9)
    told, _ = run(tmp_path, [STREAM, *everything[:30], overload, *everything[60:]])
    before, after = segments_of(told).values()
    assert before.session != after.session
    assert (before.end_time, after.start_time) == (WALL + 3, WALL + 6)
    assert [gap.end_time for gap in gaps_of(told)] == [None, WALL + 6]
    assert gaps_of(told)[0].reason is GapReason.OVERLOAD


def test_recording_that_is_switched_off_is_a_gap_and_begins_anew(tmp_path: Path) -> None:
    queue = PacketQueue(1 << 20)
    told: list[Record] = []

    def put(record: Record) -> None:
        """Somebody switches it off after the first second, and on again after the gap began."""
        told.append(record)
        recording.is_on = isinstance(record, GapNoted) or len(gaps_of(told)) > 0

    tools = RecordingTools(put, lambda _: None, lambda: WALL, numbered_draws)
    recorder = Recorder(RecorderSpec(tmp_path, "front"), numbered_draws)
    recording = Recording("front", queue, recorder, tools)
    items: list[Item] = [STREAM, *pictures(6)]
    for item in items:
        queue.put(item)
    queue.close()
    recording.run()
    opened, ended = gaps_of(told)
    assert (opened.reason, opened.end_time) == (GapReason.DISABLED, None)
    before, after = segments_of(told).values()
    assert before.is_closed
    assert WALL + 1 <= before.end_time == opened.start_time
    assert before.end_time < after.start_time == ended.end_time
    assert before.session != after.session


def inter_pictures(seconds: int) -> list[Packet]:
    """Of a camera that never sends a keyframe."""
    return [replace(packet, is_keyframe=False) for packet in pictures(seconds)]


def test_a_camera_without_a_keyframe_is_a_gap_after_a_while(tmp_path: Path) -> None:
    assert gaps_of(run(tmp_path, [STREAM, *inter_pictures(14)])[0]) == []
    told, _ = run(tmp_path, [STREAM, *inter_pictures(40)])
    (gap,) = gaps_of(told)
    assert (gap.start_time, gap.end_time, gap.reason) == (WALL, None, GapReason.STALLED)
    assert "no keyframe" in gap.detail


def test_that_gap_ends_with_the_first_segment(tmp_path: Path) -> None:
    late = [replace(packet, is_keyframe=packet.dts_s >= 20) for packet in pictures(25)]
    told, _ = run(tmp_path, [STREAM, *late])
    assert [gap.end_time for gap in gaps_of(told)] == [None, WALL + 20]


def test_a_picture_that_cannot_be_recorded_is_a_gap(tmp_path: Path) -> None:
    vp8 = replace(STREAM, video=replace(STREAM.video, codec="vp8", extradata=b""))
    told, _ = run(tmp_path, [vp8, *pictures(30)])
    assert [gap.reason for gap in gaps_of(told)] == [GapReason.STALLED]


def test_the_disk_s_own_gap_is_enough(tmp_path: Path) -> None:
    root = tmp_path / "recordings"
    root.write_text("in the way")
    told, _ = run(root, [STREAM, *pictures(40)])
    assert {gap.reason for gap in gaps_of(told)} == {GapReason.DISK}


def test_a_camera_that_goes_while_the_disk_is_ill_has_two_gaps_one_after_the_other(
    tmp_path: Path,
) -> None:
    root = tmp_path / "recordings"
    root.write_text("in the way")
    told, _ = run(root, [STREAM, *pictures(5), OFFLINE])
    disk = next(gap for gap in gaps_of(told) if gap.end_time is not None)
    offline = gaps_of(told)[-1]
    assert (disk.reason, offline.reason) == (GapReason.DISK, GapReason.CAMERA_OFFLINE)
    assert offline.start_time == disk.end_time
