"""Fragments: what is written is read, and moving in time is undone by moving back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from picket.media.fmp4 import TrackRun, build_fragment, patch_tfdt, read_fragment

ticks = st.integers(0, 2**32 - 1)


@st.composite
def runs(draw: st.DrawFn, track_id: int) -> tuple[TrackRun, list[bytes]]:
    payloads = draw(st.lists(st.binary(max_size=20), min_size=1, max_size=8))
    count = len(payloads)
    offsets = draw(st.lists(st.integers(-(2**31), 2**31 - 1), min_size=count, max_size=count))
    syncs = draw(st.lists(st.booleans(), min_size=count, max_size=count))
    run = TrackRun(
        track_id,
        draw(st.integers(0, 2**62)),
        tuple(map(len, payloads)),
        tuple(draw(st.lists(ticks, min_size=count, max_size=count))),
        tuple(offsets) if any(offsets) else (),
        () if all(syncs) else tuple(syncs),
    )
    return run, payloads


@given(video=runs(1), audio=runs(2), sequence=ticks)
def test_a_fragment_reads_back_as_it_was_written(
    video: tuple[TrackRun, list[bytes]], audio: tuple[TrackRun, list[bytes]], sequence: int
) -> None:
    data = build_fragment(sequence, [video[0], audio[0]], [video[1], audio[1]])
    table = read_fragment(data)
    assert table.runs == (video[0], audio[0])
    assert data[table.body_offset :] == b"".join(video[1] + audio[1])


@given(run=runs(1), base=st.integers(0, 2**62))
def test_moving_and_moving_back_changes_nothing(
    run: tuple[TrackRun, list[bytes]], base: int
) -> None:
    data = build_fragment(1, [run[0]], [run[1]])
    moved = bytes(patch_tfdt(data, base))
    assert read_fragment(moved).runs[0].decode_time == run[0].decode_time + base
    assert patch_tfdt(moved, -base) == data
