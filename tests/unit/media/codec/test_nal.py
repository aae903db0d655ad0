import pytest

from picket.domain.errors import MediaError
from picket.media.codec.nal import (
    ParameterSets,
    collect_parameter_sets,
    is_annex_b,
    join_lengths,
    length_size,
    nal_type,
    read_extradata,
    split_annex_b,
    split_lengths,
)
from picket.media.codec.sample_entry import h264_entry, hevc_entry
from tests.support.packets import (
    H264_PPS,
    H264_SPS,
    HEVC_PPS,
    HEVC_SPS,
    HEVC_VPS,
    OTHER_SPS,
    annex_b,
)

H264 = ParameterSets((), (H264_SPS,), (H264_PPS,))
HEVC = ParameterSets((HEVC_VPS,), (HEVC_SPS,), (HEVC_PPS,))


def test_short_and_long_start_codes_split_alike() -> None:
    assert split_annex_b(b"\0\0\1\x65one\0\0\0\1\x41two") == [b"\x65one", b"\x41two"]


def test_what_stands_before_the_first_start_code_and_padding_are_dropped() -> None:
    assert split_annex_b(b"xx\0\0\1\x65one\0\0\0") == [b"\x65one"]
    assert split_annex_b(b"no start code") == []


@pytest.mark.parametrize("size", [1, 2, 4])
def test_units_are_found_behind_their_lengths(size: int) -> None:
    data = b"".join(len(unit).to_bytes(size, "big") + unit for unit in (b"one", b"three"))
    assert split_lengths(data, size) == [b"one", b"three"]


def test_a_packet_that_was_cut_short_has_its_whole_units() -> None:
    assert split_lengths(b"\0\0\0\3one\0\0\0\x09abc") == [b"one"]


def test_the_stored_form_has_lengths_of_four_bytes() -> None:
    assert join_lengths([b"one", b"three"]) == b"\0\0\0\3one\0\0\0\5three"


def test_types_are_read_from_either_codec() -> None:
    assert nal_type(b"\x65", "h264") == 5
    assert nal_type(b"\x40\x01", "hevc") == 32
    assert nal_type(b"", "h264") == -1


def test_parameter_sets_are_collected_once_each() -> None:
    units = [H264_SPS, H264_PPS, b"\x65slice", H264_SPS]
    assert collect_parameter_sets(units, "h264") == H264
    assert H264.units == {H264_SPS, H264_PPS}


def test_annex_b_and_records_give_the_same_sets() -> None:
    avcc = h264_entry(H264).data.partition(b"avcC")[2]
    hvcc = hevc_entry(HEVC).data.partition(b"hvcC")[2]
    assert read_extradata(annex_b(H264_SPS, H264_PPS), "h264") == H264
    assert read_extradata(avcc, "h264") == H264
    assert read_extradata(annex_b(HEVC_VPS, HEVC_SPS, HEVC_PPS), "hevc") == HEVC
    assert read_extradata(hvcc, "hevc") == HEVC
    assert read_extradata(b"", "h264") == ParameterSets()
    assert (is_annex_b(avcc), is_annex_b(b"\0\0\0\1\x67")) == (False, True)
    assert (length_size(avcc, "h264"), length_size(hvcc, "hevc")) == (4, 4)


def test_a_record_cut_short_is_an_error() -> None:
    for record, codec in ((b"\1\x64\0\x1f\xff\xe1\0", "h264"), (b"\1" * 22, "hevc")):
        with pytest.raises(MediaError, match="cut short"):
            read_extradata(record, codec)
    with pytest.raises(MediaError, match="cut short"):
        length_size(b"\1", "h264")


def test_newer_sets_win_kind_by_kind() -> None:
    newer = ParameterSets((), (OTHER_SPS,), ())
    assert H264.updated(newer) == ParameterSets((), (OTHER_SPS,), (H264_PPS,))
