"""Hardware that is missing, or not for this stream; a device is on no machine that tests run on."""

from __future__ import annotations

import av
import pytest

from picket.capture.decoder import Decoder
from picket.capture.hardware import open_hardware
from picket.config.hardware import Hardware
from picket.domain.errors import MediaError
from picket.domain.stream import MediaKind, TrackInfo
from tests.unit.capture.test_decoder import encode

NAMED = [Hardware(decoder=name) for name in sorted(av.codecs_available) if name.startswith("h264_")]


@pytest.mark.parametrize(
    ("hardware", "why"),
    [
        (Hardware("abacus"), "this libav knows no abacus, only"),
        (Hardware(decoder="h264_abacus"), "this libav has no decoder h264_abacus"),
        (Hardware(decoder="hevc"), "hevc decodes hevc, and the camera sends h264"),
        (Hardware("cuda", "no-such-device"), "cuda cannot be opened: "),
    ],
)
def test_what_cannot_be_had_is_refused_with_the_reason(hardware: Hardware, why: str) -> None:
    with pytest.raises(MediaError, match=why):
        open_hardware(TrackInfo(MediaKind.VIDEO, "h264", b""), hardware)


@pytest.mark.parametrize(
    "hardware", [Hardware("abacus"), Hardware("cuda", "none"), *NAMED], ids=str
)
def test_the_cpu_takes_over_from_the_first_picture_on(hardware: Hardware) -> None:
    track, packets = encode(320, 180, 10)
    decoder = Decoder(track, hardware)
    shown = [frame_time for packet in packets for frame_time, _ in decoder.decode(packet)]
    shown += [frame_time for frame_time, _ in decoder.drain()]
    assert shown == pytest.approx([1000 + n / 10 for n in range(10)])
    assert str(hardware) in decoder.problem


def test_nothing_is_amiss_where_nothing_was_asked_for() -> None:
    track, packets = encode(320, 180, 4)
    decoder = Decoder(track)
    assert [picture for packet in packets for _, picture in decoder.decode(packet)]
    assert decoder.problem == ""
