"""Recording rules that hold for any stream of packets, and reading back after any cut."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from picket.domain.segment import MEDIA_TIMESCALE, Segment
from picket.domain.stream import MediaKind, Packet
from picket.media.fmp4 import read_fragment
from picket.record.adopt import read_segment
from tests.support.packets import STREAM, STREAM_WITH_SOUND, WALL, annex_b, with_sound
from tests.support.recordings import record_packets


@pytest.fixture(scope="module")
def recorded() -> Iterator[tuple[Path, Segment]]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        yield root, record_packets(STREAM_WITH_SOUND, with_sound(8), root).segments[0]


@given(fragment=st.integers(0, 8), distance=st.integers(-40, 40))
@settings(max_examples=300, deadline=None)
def test_a_file_cut_anywhere_keeps_every_whole_fragment(
    recorded: tuple[Path, Segment], fragment: int, distance: int
) -> None:
    root, row = recorded
    borders = [row.fragments[0].offset, *(f.offset + f.size for f in row.fragments)]
    cut = borders[min(fragment, len(borders) - 1)] + distance
    torn = root / Path(row.path).parent / "torn.mp4"
    torn.write_bytes((root / row.path).read_bytes()[:cut])
    whole = tuple(f for f in row.fragments if f.offset + f.size <= cut)
    read = read_segment(root, torn)
    if not whole:
        assert read is None
        return
    assert read is not None
    assert read.fragments == whole
    assert read.size_bytes == whole[-1].offset + whole[-1].size
    assert (read.id, read.start_time) == (row.id, row.start_time)


@st.composite
def streams(draw: st.DrawFn) -> list[Packet]:
    """Pictures at uneven times with keyframes anywhere, reordered pictures included."""
    steps = draw(st.lists(st.floats(0, 3), min_size=1, max_size=40))
    packets, dts_s = [], 0.0
    for number, step_s in enumerate(steps):
        dts_s += step_s
        pts_s = dts_s + draw(st.floats(0, 0.5))
        data = annex_b(b"\x41picture %d" % number)
        is_keyframe = draw(st.booleans())
        packets.append(
            Packet(MediaKind.VIDEO, data, pts_s, dts_s, 0.0, is_keyframe, WALL + pts_s, dts_s)
        )
    return packets


@given(packets=streams())
@settings(max_examples=40, deadline=None)
def test_every_picture_after_the_first_keyframe_is_stored_once_at_its_time(
    packets: list[Packet],
) -> None:
    kept = list(itertools.dropwhile(lambda packet: not packet.is_keyframe, packets))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        segments = record_packets(STREAM, packets, root).segments
        bases = _bases(segments)
        times: list[int] = []
        for row in segments:
            times += _decode_times(root, row, base=bases[row.id])
        stored = b"".join((root / row.path).read_bytes() for row in segments)
    assert len(times) == len(kept)
    assert all(stored.count(p.data[4:]) >= 1 for p in kept)
    for before, after in itertools.pairwise(segments):
        assert before.end_time == after.start_time
    if kept:
        base_s = kept[0].dts_s
        ticks = [round((p.dts_s - base_s) * MEDIA_TIMESCALE) for p in kept]
        assert max(abs(a - b) for a, b in zip(times, ticks, strict=True)) <= len(segments)


@given(packets=streams())
@settings(max_examples=40, deadline=None)
def test_playing_can_start_within_half_a_second_of_any_keyframe(packets: list[Packet]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for row in record_packets(STREAM, packets, root).segments:
            data = (root / row.path).read_bytes()
            for fragment in row.fragments:
                body = data[fragment.offset : fragment.offset + fragment.size]
                run = read_fragment(body).runs[0]
                times = itertools.accumulate(run.durations, initial=0)
                syncs = run.syncs or (True,) * len(run.sizes)
                hidden = [at for at, is_sync in zip(times, syncs, strict=False) if is_sync and at]
                assert not hidden or fragment.is_keyframe
                assert max(hidden, default=0) <= MEDIA_TIMESCALE / 2  # rounded to ticks


def _bases(segments: list[Segment]) -> dict[str, int]:
    """Where each segment begins when durations are added up, in ticks."""
    lengths = [sum(f.duration_ticks for f in row.fragments) for row in segments]
    starts = itertools.accumulate(lengths, initial=0)
    return {row.id: start for row, start in zip(segments, starts, strict=False)}


def _decode_times(root: Path, row: Segment, base: int) -> list[int]:
    data = (root / row.path).read_bytes()
    times = []
    for fragment in row.fragments:
        run = read_fragment(data[fragment.offset : fragment.offset + fragment.size]).runs[0]
        assert run.decode_time == fragment.start_ticks
        times += [
            base + run.decode_time + sum(run.durations[:n]) for n in range(len(run.durations))
        ]
    return times


def test_fragments_of_a_file_follow_each_other(recorded: tuple[Path, Segment]) -> None:
    _, row = recorded
    for before, after in itertools.pairwise(row.fragments):
        assert after.offset == before.offset + before.size
        assert after.start_ticks == before.start_ticks + before.duration_ticks
