import io

import av
import numpy as np
import pytest

from picket.capture.decoder import Decoder, FrameRate, detect_size, plain_luma, scale_into
from picket.domain.errors import MediaError
from picket.domain.stream import MediaKind, Packet, TrackInfo


def test_an_even_divisor_takes_every_nth_frame() -> None:
    rate = FrameRate(5)
    taken = [n for n in range(60) if rate.is_due(1000 + n / 30)]
    assert taken == list(range(0, 60, 6))


def test_a_rate_that_does_not_divide_is_kept_on_average() -> None:
    rate = FrameRate(7)
    assert sum(rate.is_due(n / 25) for n in range(2500)) == pytest.approx(700, abs=2)


def test_a_camera_slower_than_wanted_has_all_its_frames_taken() -> None:
    rate = FrameRate(10)
    assert all(rate.is_due(n / 4) for n in range(100))


def test_time_that_goes_back_starts_anew() -> None:
    rate = FrameRate(5)
    assert rate.is_due(5000.0)
    assert rate.is_due(100.0)
    assert not rate.is_due(100.05)


def test_the_detect_size_is_the_configured_one_else_the_streams_own_made_even() -> None:
    track = TrackInfo(MediaKind.VIDEO, "h264", b"", width=627, height=361)
    assert detect_size(track, 320, 240) == (320, 240)
    assert detect_size(track, None, None) == (626, 360)
    with pytest.raises(MediaError, match=r"detect\.width"):
        detect_size(TrackInfo(MediaKind.VIDEO, "h264", b""), None, None)


def encode(width: int, height: int, count: int) -> tuple[TrackInfo, list[Packet]]:
    """A clip whose luma rises by ten with every frame."""
    sink = io.BytesIO()
    with av.open(sink, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.options = {"bf": "0", "crf": "10"}
        for n in range(count):
            yuv = np.full((height * 3 // 2, width), 128, np.uint8)
            yuv[:height] = 20 + 10 * n
            container.mux(stream.encode(av.VideoFrame.from_ndarray(yuv, format="yuv420p")))
        container.mux(stream.encode(None))
    with av.open(io.BytesIO(sink.getvalue()), "r") as source:
        video = source.streams.video[0]
        extradata = bytes(video.codec_context.extradata or b"")
        track = TrackInfo(MediaKind.VIDEO, "h264", extradata, width, height)
        packets = [
            Packet(MediaKind.VIDEO, bytes(p), n / 10, n / 10, 0.1, p.is_keyframe, 1000 + n / 10, 0)
            for n, p in enumerate(source.demux(video))
            if p.size
        ]
    return track, packets


def test_frames_come_out_with_wall_times_scaled_into_the_target() -> None:
    track, packets = encode(320, 180, 10)
    decoder = Decoder(track)
    target = np.zeros((90 * 3 // 2, 160), np.uint8)
    found = []
    for packet in packets:
        for frame_time, picture in decoder.decode(packet):
            scale_into(picture, target)
            found.append((frame_time, int(target[:90].mean()), int(target[90:].mean())))
    assert len(found) >= 6  # the decoder keeps the last ones for reordering
    for n, (frame_time, luma, chroma) in enumerate(found):
        assert frame_time == pytest.approx(1000 + n / 10)
        assert luma == pytest.approx(20 + 10 * n, abs=2)
        assert chroma == pytest.approx(128, abs=1)


def test_garbage_is_counted_and_does_not_stop_decoding() -> None:
    track, packets = encode(320, 180, 10)
    decoder = Decoder(track)
    bad = Packet(
        MediaKind.VIDEO,
        b"\x00\x00\x00\x04\xff\xff\xff\xff",
        0,
        0,
        0.1,
        is_keyframe=False,
        wall_time=1000,
        arrival_monotonic=0,
    )
    assert list(decoder.decode(bad)) == []
    assert decoder.errors == 1
    assert sum(len(list(decoder.decode(packet))) for packet in packets) >= 6


def test_an_unknown_codec_is_refused_with_its_name() -> None:
    with pytest.raises(MediaError, match="no decoder for nonsense"):
        Decoder(TrackInfo(MediaKind.VIDEO, "nonsense", b""))


def test_luma_that_needs_no_change_is_read_where_it_lies() -> None:
    track, packets = encode(322, 180, 10)
    target = np.zeros((270, 322), np.uint8)
    shown = [frame for packet in packets for _, frame in Decoder(track).decode(packet)]
    assert shown
    for frame in shown:
        scale_into(frame, target)
        luma = plain_luma(frame, 322, 180)
        assert luma is not None
        assert np.array_equal(luma, target[:180])
        assert plain_luma(frame, 160, 90) is None
        assert plain_luma(frame.reformat(format="nv12"), 322, 180) is None
