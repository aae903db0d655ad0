"""Plain files: whatever the tables say is found again, and damage never gets past a MediaError."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from picket.domain.errors import MediaError
from picket.domain.stream import MediaKind
from picket.media.boxes import read_box_header
from picket.media.codec.nal import ParameterSets
from picket.media.codec.sample_entry import h264_entry
from picket.media.fmp4 import read_fragment
from picket.media.moov import MovieTrack, build_moov
from picket.media.plain_form import FRAGMENT_TICKS, plain_form
from picket.media.sample_tables import SampleTable
from tests.support.packets import H264_PPS, H264_SPS
from tests.support.plain_files import plain_bytes

ENTRY = h264_entry(ParameterSets((), (H264_SPS,), (H264_PPS,)))
BODY_START = 5000

samples = st.lists(
    st.tuples(
        st.integers(1, 200_000),  # duration, 1/90000 s
        st.integers(-9000, 9000),  # composition offset
        st.integers(1, 5000),  # bytes
        st.booleans(),  # keyframe
        st.booleans(),  # begins a chunk
        st.integers(0, 300),  # bytes of something else before the chunk
    ),
    min_size=1,
    max_size=40,
)
Samples = list[tuple[int, int, int, bool, bool, int]]


def moov_of(drawn: Samples) -> tuple[bytes, list[int]]:
    """A plain `moov` and where its samples lie."""
    table, time, at, places = SampleTable(), 0, 0, []
    for number, (duration, offset, size, is_sync, is_first, hole) in enumerate(drawn):
        if is_first or not number:
            at += hole
            table.chunk_samples.append(0)
            table.chunk_entries.append(1)
            table.chunk_offsets.append(at)
        table.chunk_samples[-1] += 1
        places.append(BODY_START + at)
        table.times.append(time)
        table.composition_offsets.append(offset)
        table.sizes.append(size)
        table.syncs.append(is_sync)
        time, at = time + duration, at + size
    table.end = time
    boxes = table.boxes(table.durations()) + table.offset_box(BODY_START, is_large=False)
    track = MovieTrack(1, MediaKind.VIDEO, (ENTRY.data,), 1280, 720, time, time, tables=boxes)
    return build_moov([track], is_fragmented=False), places


@settings(deadline=None)
@given(samples)
def test_every_sample_is_in_the_view_with_its_time_and_its_bytes(drawn: Samples) -> None:
    moov, places = moov_of(drawn)
    form = plain_form(moov)

    def pread(size: int, place: int) -> bytes:
        """A file in which each byte tells where it lies."""
        return bytes(n % 251 for n in range(place, place + size))

    times: list[int] = []
    offsets: list[int] = []
    syncs: list[bool] = []
    found = b""
    for fragment in form.fragments:
        data = form.read(fragment.offset, fragment.size, pread)
        assert len(data) == fragment.size
        table = read_fragment(data)
        (run,) = table.runs
        assert (run.decode_time, run.duration) == (fragment.start_ticks, fragment.duration_ticks)
        times += [run.decode_time + sum(run.durations[:n]) for n in range(len(run.sizes))]
        offsets += run.composition_offsets or (0,) * len(run.sizes)
        syncs += run.syncs or (True,) * len(run.sizes)
        found += data[table.body_offset :]
    assert times == [sum(one[0] for one in drawn[:n]) for n in range(len(drawn))]
    assert offsets == [one[1] for one in drawn]
    assert syncs == [one[3] for one in drawn]
    pairs = zip(places, drawn, strict=True)
    assert found == b"".join(pread(one[2], place) for place, one in pairs)


@settings(deadline=None)
@given(samples)
def test_a_fragment_begins_at_each_keyframe_and_after_each_second(drawn: Samples) -> None:
    form = plain_form(moov_of(drawn)[0])
    keyframes = sum(one[3] for one in drawn[1:])
    assert sum(one.is_keyframe for one in form.fragments[1:]) == keyframes
    longest = max(one[0] for one in drawn)
    assert all(one.duration_ticks < FRAGMENT_TICKS + longest for one in form.fragments)


@settings(deadline=None)
@given(st.data())
def test_damage_is_refused_in_our_words(data: st.DataObject) -> None:
    whole = plain_bytes("h264")
    ftyp = read_box_header(whole, 0)
    assert ftyp is not None
    found = read_box_header(whole, ftyp.end)
    assert found is not None
    moov = bytearray(whole[found.start : found.end])
    for _ in range(data.draw(st.integers(1, 4))):
        moov[data.draw(st.integers(8, len(moov) - 1))] = data.draw(st.integers(0, 255))
    with suppress(MediaError):
        plain_form(bytes(moov))
