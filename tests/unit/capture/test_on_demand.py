"""Real H.264 and H.265 of a quiet scene in which a square appears."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import av
import numpy as np
import pytest

from picket.capture.decoder import FrameRate, scale_into
from picket.capture.on_demand import OnDemand, Shot
from picket.domain.frame import Gray
from picket.domain.stream import MediaKind, Packet, TrackInfo

WIDTH, HEIGHT, FPS, GOP = 320, 180, 10, 20
START = 1_700_000_000.0
QUIET, VISIT = 200, 33  # frames; the visit ends far from a keyframe
TOTAL = QUIET + VISIT + 127
CHECKS = np.kron(np.indices((15, 10)).sum(axis=0) % 2 * 40, np.ones((4, 4))).astype(np.uint8)
"""What visits is no plain area: that would cost an encoder next to nothing."""


@lru_cache
def film(codec: str, b_frames: int, visit: int = VISIT) -> tuple[TrackInfo, tuple[Packet, ...]]:
    """The first frames are quiet, then a square crosses for `visit` frames, then nothing again."""
    sink = io.BytesIO()
    options = {"bf": str(b_frames), "crf": "26", "sc_threshold": "0", "preset": "ultrafast"}
    if codec == "libx265":
        options = {"preset": "ultrafast", "x265-params": f"bframes={b_frames}:log-level=none"}
    with av.open(sink, "w", format="mp4") as container:
        stream = container.add_stream(codec, rate=FPS, options=options)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.codec_context.gop_size = GOP
        noise = np.random.default_rng(3)
        wall = np.kron(noise.integers(70, 110, (HEIGHT // 6, WIDTH // 4)), np.ones((6, 4)))
        for n in range(TOTAL):
            yuv = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
            yuv[:HEIGHT] = wall
            if 0 <= n - QUIET - 7 < visit:
                left = 8 * (n - QUIET - 7)
                yuv[60:120, left : left + 40] = 230 - CHECKS
            yuv[:HEIGHT] += noise.integers(0, 3, (HEIGHT, WIDTH), np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(yuv, format="yuv420p")))
        container.mux(stream.encode(None))
    with av.open(io.BytesIO(sink.getvalue()), "r") as source:
        video = source.streams.video[0]
        context = video.codec_context
        extradata = bytes(context.extradata or b"")
        name = context.codec.canonical_name
        track = TrackInfo(MediaKind.VIDEO, name, extradata, WIDTH, HEIGHT)
        packets = tuple(_packet(p) for p in source.demux(video) if p.size)
    return track, packets


def _packet(raw: av.Packet[av.VideoStream]) -> Packet:
    assert raw.pts is not None
    assert raw.dts is not None
    pts_s, dts_s = float(raw.pts * raw.time_base), float(raw.dts * raw.time_base)
    is_keyframe = raw.is_keyframe
    return Packet(
        MediaKind.VIDEO, bytes(raw), pts_s, dts_s, 0.1, is_keyframe, START + pts_s, START + dts_s
    )


def luma(shot: Shot) -> Gray:
    yuv = np.zeros((HEIGHT * 3 // 2, WIDTH), np.uint8)
    scale_into(shot.picture, yuv)
    return yuv[:HEIGHT]


def place(frame_time: float) -> int:
    """Number of the frame in the film, from 0."""
    return round((frame_time - START) * FPS)


@dataclass
class Eye:
    """Something stirs where anything is bright."""

    seen: dict[int, Gray] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    glances: int = 0

    def is_still(self, shot: Shot) -> bool:
        self.glances += 1
        return bool(luma(shot).max() < 180)

    def see(self, shot: Shot) -> bool:
        number = place(shot.frame_time)
        self.seen[number] = luma(shot)
        self.order.append(number)
        return bool(self.seen[number].max() > 180)

    def pass_over(self, frame_times: Sequence[float]) -> None:
        self.left_out += [place(time) for time in frame_times]


def watch(
    track: TrackInfo, packets: Sequence[Packet], fps: float = FPS, *, is_wanted: bool = False
) -> Eye:
    eye = Eye()
    decoding = OnDemand(track, FrameRate(fps), eye)
    for packet in packets:
        decoding.take(packet, is_wanted=is_wanted)
    decoding.finish()
    return eye


STREAMS = [("libx264", 0), ("libx264", 2), ("libx265", 0), ("libx265", 3)]


@pytest.mark.parametrize(("codec", "b_frames"), STREAMS)
def test_every_frame_of_a_visit_is_seen_as_if_all_had_been_decoded(
    codec: str, b_frames: int
) -> None:
    track, packets = film(codec, b_frames)
    whole = watch(track, packets, is_wanted=True)
    eye = watch(track, packets)
    bright = {n for n, frame in whole.seen.items() if frame.max() > 180}
    assert len(bright) == VISIT
    assert bright <= set(eye.seen)
    assert all(np.array_equal(eye.seen[n], whole.seen[n]) for n in eye.seen)
    assert len(eye.seen) < 0.6 * len(whole.seen)
    assert whole.left_out == []


@pytest.mark.parametrize(("codec", "b_frames"), STREAMS)
def test_time_never_goes_back_and_every_frame_is_accounted_for(codec: str, b_frames: int) -> None:
    eye = watch(*film(codec, b_frames))
    assert eye.order == sorted(set(eye.order))
    assert set(eye.seen).isdisjoint(eye.left_out)
    assert set(range(TOTAL - 8)) <= {*eye.seen, *eye.left_out}
    assert len(eye.left_out) == len(set(eye.left_out))


def test_who_passes_between_two_keyframes_is_known_by_the_size_of_packets() -> None:
    track, packets = film("libx264", 0, visit=9)
    eye = watch(track, packets)
    assert [n for n, frame in eye.seen.items() if frame.max() > 180] == [
        QUIET + 7 + n for n in range(9)
    ]


def test_at_a_lower_rate_the_same_frames_are_due_as_if_all_had_been_decoded() -> None:
    track, packets = film("libx264", 0)
    whole = watch(track, packets, fps=5, is_wanted=True)
    eye = watch(track, packets, fps=5)
    assert eye.left_out
    assert sorted({*eye.order, *eye.left_out}) == whole.order


def test_packets_that_are_lost_do_not_bring_the_past_back() -> None:
    track, packets = film("libx264", 0)
    gap = range(QUIET - 15, QUIET)  # up to the keyframe before the visit
    kept = [packet for n, packet in enumerate(packets) if n not in gap]
    eye = watch(track, kept)
    assert eye.order == sorted(set(eye.order))
    assert {QUIET + 7 + n for n in range(VISIT)} <= set(eye.seen)


@pytest.mark.parametrize(("codec", "b_frames"), [("libx264", 0), ("libx264", 2)])
def test_after_packets_were_left_out_it_goes_on_at_a_keyframe_and_counts_what_was_due(
    codec: str, b_frames: int
) -> None:
    track, packets = film(codec, b_frames)
    eye = Eye()
    decoding = OnDemand(track, FrameRate(FPS / 2), eye)
    for packet in packets[:28]:
        decoding.take(packet, is_wanted=True)
    seen = len(eye.order)
    assert decoding.skip([packet.wall_time for packet in packets[28:60]]) == pytest.approx(
        16, abs=1
    )
    for packet in packets[60:80]:
        decoding.take(packet, is_wanted=True)
    assert eye.order[seen:][0] in (60, 61)
    whole = watch(track, packets, FPS / 2, is_wanted=True)
    assert all(np.array_equal(eye.seen[n], whole.seen[n]) for n in eye.seen if n in whole.seen)


def test_what_is_held_when_packets_are_left_out_was_quiet() -> None:
    track, packets = film("libx264", 0)
    eye = Eye()
    decoding = OnDemand(track, FrameRate(FPS), eye)
    for packet in packets[:130]:
        decoding.take(packet, is_wanted=False)
    assert 129 not in {*eye.order, *eye.left_out}
    decoding.skip([packet.wall_time for packet in packets[130:140]])
    assert 129 in eye.left_out
    for packet in packets[140:]:
        decoding.take(packet, is_wanted=False)
    assert {QUIET + 7 + n for n in range(VISIT)} <= set(eye.seen)
