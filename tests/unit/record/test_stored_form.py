from dataclasses import replace

import pytest

from picket.domain.errors import MediaError
from picket.media.codec.nal import ParameterSets, join_lengths
from picket.media.codec.sample_entry import h264_entry
from picket.record.stored_form import stored_audio, video_form
from tests.support.packets import (
    AUDIO,
    H264_PPS,
    H264_SPS,
    OTHER_PPS,
    OTHER_SPS,
    VIDEO,
    annex_b,
)

SLICE = b"\x65slice"
KEYFRAME = annex_b(H264_SPS, H264_PPS, SLICE)


def test_known_parameter_sets_are_left_out_of_samples() -> None:
    form = video_form(VIDEO)
    form.adopt(KEYFRAME)
    assert form.store(KEYFRAME) == join_lengths([SLICE])


def test_unknown_parameter_sets_stay_in_the_sample() -> None:
    form = video_form(VIDEO)
    form.adopt(KEYFRAME)
    assert form.store(annex_b(OTHER_SPS, SLICE)) == join_lengths([OTHER_SPS, SLICE])


def test_a_keyframe_with_other_parameters_changes_the_entry() -> None:
    form = video_form(VIDEO)
    assert form.adopt(annex_b(SLICE)).width == 1280
    assert not form.changes(KEYFRAME)
    changed = annex_b(OTHER_SPS, OTHER_PPS, SLICE)
    assert form.changes(changed)
    assert form.adopt(changed).width == 626
    assert not form.changes(changed)


def test_parameters_in_the_stream_alone_are_enough() -> None:
    form = video_form(replace(VIDEO, extradata=b""))
    with pytest.raises(MediaError, match="SPS"):
        form.adopt(annex_b(SLICE))
    assert form.adopt(KEYFRAME).codec == "avc1.64001F"


@pytest.mark.parametrize("size", [1, 2, 4])
def test_packets_with_lengths_are_stored_with_four_bytes(size: int) -> None:
    sets = ParameterSets((), (H264_SPS,), (H264_PPS,))
    record = bytearray(h264_entry(sets).data.partition(b"avcC")[2])
    record[4] = 0xFC | size - 1
    form = video_form(replace(VIDEO, extradata=bytes(record)))
    packet = len(SLICE).to_bytes(size, "big") + SLICE
    assert form.adopt(packet).width == 1280
    assert form.store(packet) == join_lengths([SLICE])


def test_motion_jpeg_is_stored_as_it_comes() -> None:
    form = video_form(replace(VIDEO, codec="mjpeg", extradata=b""))
    assert form.store(b"\xff\xd8") == b"\xff\xd8"
    assert not form.changes(b"\xff\xd8")
    assert form.adopt(b"").codec == "mp4v.6C"


def test_aac_from_a_transport_stream_loses_its_header() -> None:
    track = replace(AUDIO, extradata=b"")
    assert stored_audio(track, b"\xff\xf1\x50\x80\x02\x1f\xfcframe") == b"frame"
    assert stored_audio(track, b"\xff\xf0\x50\x80\x02\x1f\xfc\1\2frame") == b"frame"
    assert stored_audio(track, b"plain frame") == b"plain frame"
    assert stored_audio(AUDIO, b"\xff\xf1\x50\x80\x02\x1f\xfcframe")[:2] == b"\xff\xf1"
