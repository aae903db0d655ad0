"""Files of other programs, seen as ours: ffmpeg plays the view and finds every frame."""

from __future__ import annotations

import os
from pathlib import Path

import av
import pytest

from picket.domain.errors import MediaError
from picket.domain.segment import MEDIA_TIMESCALE
from picket.media.footage_file import FootageFile, is_ours, read_plain_form
from picket.media.init_segment import read_init
from picket.media.plain_form import PlainForm
from tests.support.packets import STREAM_WITH_SOUND, with_sound
from tests.support.plain_files import frame_hashes, plain_bytes, sound_packets
from tests.support.recordings import record_packets
from tests.support.servers import decode_errors


def form_of(path: Path) -> PlainForm:
    fd = os.open(path, os.O_RDONLY)
    try:
        return read_plain_form(fd)
    finally:
        os.close(fd)


def view_of(path: Path, into: Path) -> Path:
    last = form_of(path).fragments[-1]
    file = FootageFile(path)
    into.write_bytes(file.read(0, last.offset + last.size + 1000))
    file.close()
    assert into.stat().st_size == last.offset + last.size
    return into


@pytest.mark.parametrize("codec", ["h264", "hevc"])
@pytest.mark.parametrize("is_faststart", [True, False])
def test_the_view_plays_like_the_file(tmp_path: Path, codec: str, *, is_faststart: bool) -> None:
    plain = tmp_path / "plain.mp4"
    plain.write_bytes(plain_bytes(codec, is_faststart=is_faststart))
    view = view_of(plain, tmp_path / "view.mp4")
    assert decode_errors(view) == ""
    assert frame_hashes(view) == frame_hashes(plain)
    assert 0 <= sound_packets(plain) - sound_packets(view) <= 3  # what has no picture


def sound_after_picture(path: Path) -> dict[bytes, float]:
    """When each packet of sound is heard, seconds after the first picture is shown."""
    pictures: list[float] = []
    sounds: dict[bytes, float] = {}
    with av.open(str(path)) as source:
        for packet in source.demux():
            if packet.pts is None or packet.time_base is None:
                continue
            time = float(packet.pts * packet.time_base)
            if packet.stream.type == "video":
                pictures.append(time)
            else:
                sounds[bytes(packet)] = time
    return {data: time - min(pictures) for data, time in sounds.items()}


@pytest.mark.parametrize("codec", ["h264", "hevc"])
def test_sound_stays_with_the_picture(tmp_path: Path, codec: str) -> None:
    plain = tmp_path / "plain.mp4"
    plain.write_bytes(plain_bytes(codec))
    expected = sound_after_picture(plain)
    found = sound_after_picture(view_of(plain, tmp_path / "view.mp4"))
    assert len(found) > 30
    assert all(time == pytest.approx(expected[data], abs=0.001) for data, time in found.items())


def test_a_file_without_sound_is_seen_too(tmp_path: Path) -> None:
    plain = tmp_path / "silent.mp4"
    plain.write_bytes(plain_bytes("h264", has_sound=False))
    view = view_of(plain, tmp_path / "view.mp4")
    assert frame_hashes(view) == frame_hashes(plain)
    assert form_of(plain).init.codecs.startswith("avc1.")
    assert not form_of(plain).init.has_audio


def test_fragments_are_a_second_or_a_gop_and_begin_at_zero(tmp_path: Path) -> None:
    plain = tmp_path / "plain.mp4"
    plain.write_bytes(plain_bytes("h264"))
    form = form_of(plain)
    starts = [one.start_ticks / MEDIA_TIMESCALE for one in form.fragments]
    assert starts == [0, 1, 2]
    assert [one.is_keyframe for one in form.fragments] == [True, False, True]
    assert sum(one.duration_ticks for one in form.fragments) == 3 * MEDIA_TIMESCALE
    ends = [one.offset + one.size for one in form.fragments]
    assert [one.offset for one in form.fragments] == [len(form.init.data), *ends[:-1]]


def test_the_init_segment_tells_codecs_and_size(tmp_path: Path) -> None:
    for codec, told in (("h264", "avc1."), ("hevc", "hvc1.")):
        plain = tmp_path / f"{codec}.mp4"
        plain.write_bytes(plain_bytes(codec))
        init = form_of(plain).init
        assert init.codecs.startswith(told)
        assert init.codecs.endswith(",mp4a.40.2")
        assert (init.width, init.height) == (192, 108)
        assert read_init(init.data)[1].entry[4:8] == told[:4].encode()


def test_any_part_of_the_view_is_that_part(tmp_path: Path) -> None:
    plain = tmp_path / "plain.mp4"
    plain.write_bytes(plain_bytes("h264"))
    whole = view_of(plain, tmp_path / "view.mp4").read_bytes()
    file = FootageFile(plain)
    for offset in range(0, len(whole), 977):
        assert file.read(offset, 1500) == whole[offset : offset + 1500]
    assert file.read(len(whole) + 5, 10) == b""
    file.close()


def test_a_recorded_file_is_read_as_it_is(tmp_path: Path) -> None:
    segment = record_packets(STREAM_WITH_SOUND, with_sound(5), tmp_path).segments[0]
    path = tmp_path / segment.path
    file = FootageFile(path)
    assert file.read(0, 1 << 20) == path.read_bytes()
    file.close()


def test_only_files_with_our_mark_are_ours(tmp_path: Path) -> None:
    segment = record_packets(STREAM_WITH_SOUND, with_sound(5), tmp_path).segments[0]
    plain = tmp_path / "plain.mp4"
    plain.write_bytes(plain_bytes("h264"))
    for path, expected in ((tmp_path / segment.path, True), (plain, False)):
        fd = os.open(path, os.O_RDONLY)
        assert is_ours(fd) is expected
        os.close(fd)


@pytest.mark.parametrize("size", [0, 7, 40, 300, 1500])
def test_a_torn_file_is_refused_in_our_words(tmp_path: Path, size: int) -> None:
    torn = tmp_path / "torn.mp4"
    torn.write_bytes(plain_bytes("h264")[:size])
    with pytest.raises(MediaError):
        FootageFile(torn)
