from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.errors import MediaError
from picket.domain.stream import MediaKind, TrackInfo
from picket.media.codec.entry_codec import decoder_setup
from picket.media.codec.nal import ParameterSets
from picket.media.codec.sample_entry import (
    SampleEntry,
    audio_entry,
    h264_entry,
    hevc_entry,
    other_video_entry,
)
from tests.support.packets import (
    AUDIO,
    H264_PPS,
    H264_SPS,
    HEVC_PPS,
    HEVC_SPS,
    HEVC_VPS,
    VIDEO,
)

LIBAV_AVCC = (
    "0164001fffe1001b6764001facd9405005bb016a020202800001f480007530078c18cb01000668ebe3cb22c0"
    "fdf8f800"
)
LIBAV_HVCC = (
    "0101600000009000000000005df000fcfdf8f800000f03a00001001840010c01ffff01600000030090000003"
    "000003005d959409a10001002c42010101600000030090000003000003005da00280802d16595952930bc05a"
    "808080f0800001f480003a9804a2000100064401c073c189"
)


def test_the_h264_record_agrees_with_what_libav_writes() -> None:
    entry = h264_entry(ParameterSets((), (H264_SPS,), (H264_PPS,)))
    assert entry.data.partition(b"avcC")[2].hex() == LIBAV_AVCC
    assert (entry.codec, entry.width, entry.height) == ("avc1.64001F", 1280, 720)


def test_the_hevc_record_agrees_with_what_libav_writes() -> None:
    entry = hevc_entry(ParameterSets((HEVC_VPS,), (HEVC_SPS,), (HEVC_PPS,)))
    assert entry.data.partition(b"hvcC")[2].hex() == LIBAV_HVCC
    assert (entry.codec, entry.width, entry.height) == ("hvc1.1.6.L93.90", 1280, 720)


def test_missing_parameter_sets_are_named() -> None:
    with pytest.raises(MediaError, match="SPS"):
        h264_entry(ParameterSets())
    with pytest.raises(MediaError, match="PPS"):
        h264_entry(ParameterSets((), (H264_SPS,), ()))
    with pytest.raises(MediaError, match="VPS"):
        hevc_entry(ParameterSets((), (HEVC_SPS,), (HEVC_PPS,)))


def test_motion_jpeg_has_an_entry_and_vp8_has_not() -> None:
    jpeg = replace(VIDEO, codec="mjpeg", extradata=b"")
    assert other_video_entry(jpeg).codec == "mp4v.6C"
    with pytest.raises(MediaError, match="vp8"):
        other_video_entry(replace(VIDEO, codec="vp8"))


@pytest.mark.parametrize(
    ("codec", "extradata", "expected"),
    [
        ("aac", b"\x14\x08", "mp4a.40.2"),
        ("aac", b"\x2b\x8a\x08\x00", "mp4a.40.5"),
        ("aac", b"", "mp4a.40.2"),
        ("mp3", b"", "mp4a.6B"),
        ("opus", b"", "opus"),
    ],
)
def test_the_codec_string_names_the_sound(codec: str, extradata: bytes, expected: str) -> None:
    entry = audio_entry(TrackInfo(MediaKind.AUDIO, codec, extradata, 0, 0, 16000, 1))
    assert entry is not None
    assert entry.codec == expected
    assert len(entry.data) == int.from_bytes(entry.data[:4], "big")


def test_aac_without_a_record_gets_one_from_rate_and_channels() -> None:
    entry = audio_entry(replace(AUDIO, extradata=b""))
    assert b"\x05\x80\x80\x80\x02\x14\x08" in entry.data  # DecoderSpecificInfo of 16 kHz mono


def test_sound_that_mp4_cannot_hold_is_refused_by_name() -> None:
    with pytest.raises(MediaError, match="pcm_alaw"):
        audio_entry(replace(AUDIO, codec="pcm_alaw"))


@given(
    codec=st.sampled_from(["h264", "hevc"]),
    length=st.integers(1, 60),
    changes=st.lists(st.tuples(st.integers(0, 59), st.integers(0, 255)), max_size=5),
)
def test_a_damaged_parameter_set_is_refused_or_gives_an_entry(
    codec: str, length: int, changes: list[tuple[int, int]]
) -> None:
    unit = bytearray(HEVC_SPS if codec == "hevc" else H264_SPS)
    for place, value in changes:
        unit[place % len(unit)] = value
    sps = (bytes(unit[:length]),)
    try:
        if codec == "hevc":
            entry = hevc_entry(ParameterSets((HEVC_VPS,), sps, (HEVC_PPS,)))
        else:
            entry = h264_entry(ParameterSets((), sps, (H264_PPS,)))
    except MediaError:
        return
    assert int.from_bytes(entry.data[:4], "big") == len(entry.data)


@pytest.mark.parametrize(
    ("entry", "codec"),
    [
        (h264_entry(ParameterSets((), (H264_SPS,), (H264_PPS,))), "h264"),
        (hevc_entry(ParameterSets((HEVC_VPS,), (HEVC_SPS,), (HEVC_PPS,))), "hevc"),
        (other_video_entry(TrackInfo(MediaKind.VIDEO, "mpeg4", b"config", 8, 8)), "mpeg4"),
        (other_video_entry(TrackInfo(MediaKind.VIDEO, "mjpeg", b"", 8, 8)), "mjpeg"),
    ],
)
def test_a_decoder_is_set_up_by_its_entry(entry: SampleEntry, codec: str) -> None:
    name, config = decoder_setup(entry.data)
    assert name == codec
    assert config in entry.data
    assert (codec == "mjpeg") == (config == b"")


def test_a_decoder_of_an_unknown_or_damaged_entry_is_an_error() -> None:
    for entry in (b"\0\0\0\x08vp09", b"\0\0\0\x08avc1", b"\0\0\0\x08mp4v"):
        with pytest.raises(MediaError):
            decoder_setup(entry)
