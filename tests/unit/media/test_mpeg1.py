from __future__ import annotations

import io

import av
import numpy as np
import pytest

from picket.domain.frame import Yuv
from picket.media.mpeg1 import KEYFRAME_FRAMES, Mpeg1Stream
from picket.media.mpeg1_pieces import TICKS_PER_S, Piece

WIDTH, HEIGHT = 320, 180


def noise() -> Yuv:
    """A picture that is hard to encode."""
    return np.random.default_rng(1).integers(0, 255, (HEIGHT * 3 // 2, WIDTH), np.uint8)


def grey(luma: int, width: int = WIDTH, height: int = HEIGHT) -> Yuv:
    yuv = np.full((height * 3 // 2, width), 128, np.uint8)
    yuv[:height] = luma
    return yuv


def encode(frames: list[tuple[Yuv, int]], quality: int = 8) -> list[Piece]:
    stream = Mpeg1Stream(WIDTH, HEIGHT, quality)
    try:
        return [stream.encode(yuv, tick) for yuv, tick in frames]
    finally:
        stream.close()


def decode(data: bytes) -> list[tuple[float, int, float]]:
    """Time, width and mean brightness of every frame."""
    with av.open(io.BytesIO(data), "r", "mpegts") as container:
        return [
            (float(frame.time or 0), frame.width, float(frame.to_ndarray(format="gray").mean()))
            for frame in container.decode(video=0)
        ]


def test_every_frame_comes_out_at_once_and_at_its_time() -> None:
    pieces = encode([(grey(60), 0), (grey(120), 5), (grey(200), 40)])
    shown = decode(b"".join(piece.data for piece in pieces))
    assert all(piece.data for piece in pieces)
    times = [time - shown[0][0] for time, _, _ in shown]
    assert times == pytest.approx([0, 5 / TICKS_PER_S, 40 / TICKS_PER_S], abs=0.001)
    brightness = [luma for _, _, luma in shown]
    assert brightness == sorted(brightness)
    assert brightness[0] < 80


def test_one_can_begin_at_any_keyframe_and_they_come_by_themselves() -> None:
    pieces = encode([(noise(), n) for n in range(2 * KEYFRAME_FRAMES + 1)])
    keyframes = [n for n, piece in enumerate(pieces) if piece.is_keyframe]
    assert keyframes == [0, KEYFRAME_FRAMES, 2 * KEYFRAME_FRAMES]
    rest = b"".join(piece.data for piece in pieces[KEYFRAME_FRAMES:])
    assert len(decode(rest)) == KEYFRAME_FRAMES + 1


def test_a_keyframe_can_be_had_for_the_asking() -> None:
    stream = Mpeg1Stream(WIDTH, HEIGHT, quality=8)
    stream.encode(grey(60), 0)
    usual, wanted = stream.encode(grey(60), 1), stream.encode(grey(60), 2, is_keyframe=True)
    stream.close()
    assert not usual.is_keyframe
    assert wanted.is_keyframe
    assert len(decode(wanted.data)) == 1


def test_frames_are_scaled_to_the_stream() -> None:
    (piece,) = encode([(grey(100, 640, 360), 0)])
    assert [width for _, width, _ in decode(piece.data)] == [WIDTH]


def test_better_quality_takes_more_bytes() -> None:
    sizes = [len(encode([(noise(), 0)], quality)[0].data) for quality in (1, 2, 8, 31)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 4
