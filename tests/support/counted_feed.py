"""A camera that numbers its pictures, twice, so that what a recording lacks can be counted.

The number of a picture is drawn on it as coarse blocks that survive compression (first row the
bits, second row their opposite), and stands in front of its slice in a message that decoders skip
(SEI, user data unregistered; ITU-T H.264, D.1.7). The first proves what plays, the second is read
without decoding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import cycle
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from tests.support.servers import DATA

FPS = 10
GOP = 10  # pictures; a keyframe each second
BITS = 16
BLOCK_PX = 20
STRIP_PX = 2 * BLOCK_PX  # height of the blocks, above the picture
WIDTH = BITS * BLOCK_PX
HEIGHT = STRIP_PX + 180
TICKS = 90_000 // FPS

_MARK = b"picket-counts-it"  # the 16 bytes that name our kind of message
_DIGITS = 6
_NUMBER = re.compile(re.escape(_MARK) + rb"(\d{%d})" % _DIGITS)
_USER_DATA = 5

Picture = NDArray[np.uint8]


def make_counted_clip(target: Path, pictures: int) -> Path:
    """Encode so many pictures of a street with people, numbered from 0."""
    scene = cycle(_street())
    with av.open(str(target), "w", format="mp4") as out:
        video = out.add_stream("libx264", rate=FPS)
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        video.time_base = Fraction(1, 90_000)
        video.gop_size = GOP
        video.options = {"preset": "ultrafast", "crf": "32", "sc_threshold": "0", "bf": "0"}
        for number in range(pictures):
            frame = av.VideoFrame.from_ndarray(numbered(next(scene), number), format="gray")
            frame.pts, frame.time_base = number * TICKS, Fraction(1, 90_000)
            out.mux([_with_number(packet) for packet in video.encode(frame)])
        out.mux([_with_number(packet) for packet in video.encode(None)])
    return target


def numbered(scene: Picture, number: int) -> Picture:
    """The picture under the blocks that spell its number."""
    bits = np.array([number >> bit & 1 for bit in range(BITS)], np.uint8)
    rows = np.stack([bits, 1 - bits]) * np.uint8(220) + np.uint8(16)
    strip = np.kron(rows, np.ones((BLOCK_PX, BLOCK_PX), np.uint8))
    return np.vstack([strip, scene]).astype(np.uint8)


def number_on(picture: Picture) -> int | None:
    """The number that the blocks spell; None when they contradict themselves."""
    middles = picture[BLOCK_PX // 2 : STRIP_PX : BLOCK_PX, BLOCK_PX // 2 :: BLOCK_PX] > 126
    if (middles[0] == middles[1]).any():
        return None
    return sum(int(bit) << place for place, bit in enumerate(middles[0]))


def numbers_in(data: bytes) -> list[int]:
    """The numbers of the pictures in a piece of a stream or file, in order."""
    return [int(found) for found in _NUMBER.findall(data)]


def play_numbers(file: Path) -> list[int | None]:
    """The numbers seen when a file is decoded. Raises: FFmpegError at the first flaw."""
    with av.open(str(file), options={"err_detect": "explode"}) as source:
        video = source.streams.video[0]
        video.thread_count = 1
        pictures = (frame.to_ndarray(format="gray") for frame in source.decode(video))
        return [number_on(one.astype(np.uint8)) for one in pictures]


def _street() -> Iterator[Picture]:
    with av.open(str(DATA / "videos" / "street_people_gt.mp4")) as source:
        for frame in source.decode(video=0):
            gray = frame.to_ndarray(format="gray")
            size = (WIDTH, HEIGHT - STRIP_PX)
            yield cv2.resize(gray, size, interpolation=cv2.INTER_AREA).astype(np.uint8)


def _with_number(packet: av.Packet[Any]) -> av.Packet[Any]:
    number = round((packet.pts or 0) * (packet.time_base or 0) * FPS)
    body = _MARK + b"%0*d" % (_DIGITS, number)
    unit = b"\0\0\0\1\x06" + bytes([_USER_DATA, len(body)]) + body + b"\x80"
    told = av.Packet(unit + bytes(packet))
    told.stream, told.time_base = packet.stream, packet.time_base
    told.pts, told.dts, told.duration = packet.pts, packet.dts, packet.duration
    told.is_keyframe = packet.is_keyframe
    return told
