"""An RTSP camera that never waits: `python -m tests.support.live_rtsp PORT CLIP START_TIME`.

Whatever path is asked for, picture n of the clip is sent START_TIME + n / FPS (Unix seconds) to all
who watch, and to nobody if nobody does; behind its last picture the clip begins again. So the
number of the newest picture is known at any instant, and a server that was killed and started again
goes on as if it had been there all the time. Prints `ready` when it listens.
Sources: RFC 2326 (RTSP, interleaved), RFC 6184 (H.264 in RTP), RFC 4566.
"""

from __future__ import annotations

import asyncio
import math
import struct
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Protocol

import av

from picket.media.codec.nal import ParameterSets, read_extradata, split_lengths
from tests.support.counted_feed import FPS, TICKS
from tests.support.servers import free_port

MTU = 1400
LARGEST_BACKLOG = 1 << 20  # bytes that a viewer may be behind before the camera hangs up
PAYLOAD_TYPE = 96
FU_A = 28


class Feed(Protocol):
    """What a camera sends."""

    @property
    def sets(self) -> ParameterSets:
        """What a decoder needs first."""

    def picture(self, number: int) -> Sequence[bytes]:
        """The NAL units of picture n, when it is due."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A feed that was encoded before, and begins again at its end."""

    sets: ParameterSets
    pictures: Sequence[Sequence[bytes]]

    @classmethod
    def read(cls, path: Path) -> Clip:
        """From an MP4 file."""
        with av.open(str(path)) as source:
            video = source.streams.video[0]
            sets = read_extradata(bytes(video.codec_context.extradata or b""), "h264")
            pictures = []
            for packet in source.demux(video):
                if packet.size:
                    head = [*sets.sps, *sets.pps] if packet.is_keyframe else []
                    pictures.append([*head, *split_lengths(bytes(packet))])
            return cls(sets, pictures)

    def picture(self, number: int) -> Sequence[bytes]:
        return self.pictures[number % len(self.pictures)]


@dataclass(frozen=True, slots=True)
class LiveCamera:
    """A running one, as tests see it."""

    process: subprocess.Popen[bytes]
    url: str
    start_time: float  # Unix seconds of picture 0

    def newest(self, instant: float) -> int:
        """The number of the newest picture at an instant, Unix seconds."""
        return math.floor((instant - self.start_time) * FPS)


@contextmanager
def live_camera(
    clip: Path, port: int | None = None, start_time: float | None = None
) -> Iterator[LiveCamera]:
    """Start a camera; port and start of an earlier one go on where that would be by now."""
    port, start_time = port or free_port(), start_time or time.time()
    command = [sys.executable, "-m", __name__, str(port), str(clip), repr(start_time)]
    root = Path(__file__).parents[2]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root)
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == b"ready\n"
        yield LiveCamera(process, f"rtsp://127.0.0.1:{port}", start_time)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


class _Session:
    """One viewer."""

    def __init__(self, feed: Feed, start_time: float, writer: asyncio.StreamWriter) -> None:
        self._feed = feed
        self._start_time = start_time
        self._writer = writer
        self._sequence = 0
        self.playing: asyncio.Task[None] | None = None

    def answer(self, request: str) -> None:
        """Obey one request."""
        method = request.split(" ", 1)[0]
        sequence = next(
            line.split(":")[1].strip()
            for line in request.splitlines()
            if line.lower()[:5] == "cseq:"
        )
        head = [f"RTSP/1.0 200 OK\r\nCSeq: {sequence}"]
        body = ""
        match method:
            case "OPTIONS":
                head.append("Public: OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN")
            case "DESCRIBE":
                body = _description(self._feed.sets)
                head.append(f"Content-Type: application/sdp\r\nContent-Length: {len(body)}")
            case "SETUP":
                head.append("Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 1")
            case "PLAY":
                head.append("Session: 1")
        self._writer.write(("\r\n".join(head) + "\r\n\r\n" + body).encode())
        if method == "PLAY":
            self.playing = asyncio.create_task(self._play())

    async def _play(self) -> None:
        for number in count(math.ceil((time.time() - self._start_time) * FPS)):
            await asyncio.sleep(max(self._start_time + number / FPS - time.time(), 0.0))
            behind = self._writer.transport.get_write_buffer_size()
            if behind > LARGEST_BACKLOG or self._writer.is_closing():
                self._writer.close()
                return
            self._send(self._feed.picture(number), number * TICKS)

    def _send(self, units: Sequence[bytes], ticks: int) -> None:
        payloads = [piece for unit in units for piece in _pieces(unit)]
        for place, payload in enumerate(payloads):
            marker = 0x80 if place == len(payloads) - 1 else 0
            self._sequence = self._sequence + 1 & 0xFFFF
            packet = struct.pack(
                ">BBHII", 0x80, marker | PAYLOAD_TYPE, self._sequence, ticks & 0xFFFFFFFF, 1
            )
            packet += payload
            self._writer.write(struct.pack(">cBH", b"$", 0, len(packet)) + packet)


def _pieces(unit: bytes) -> Iterator[bytes]:
    """A NAL unit as RTP payloads."""
    if len(unit) <= MTU:
        yield unit
        return
    indicator, kind = unit[0] & 0xE0 | FU_A, unit[0] & 0x1F
    for at in range(1, len(unit), MTU):
        is_first, is_last = at == 1, at + MTU >= len(unit)
        header = is_first << 7 | is_last << 6 | kind
        yield bytes([indicator, header]) + unit[at : at + MTU]


def _description(sets: ParameterSets) -> str:
    sprop = ",".join(b64encode(unit).decode() for unit in (*sets.sps, *sets.pps))
    return (
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=camera\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\n"
        f"m=video 0 RTP/AVP {PAYLOAD_TYPE}\r\na=rtpmap:{PAYLOAD_TYPE} H264/90000\r\n"
        f"a=fmtp:{PAYLOAD_TYPE} packetization-mode=1;sprop-parameter-sets={sprop}\r\n"
        f"a=framerate:{FPS}\r\na=control:video\r\n"
    )


async def serve(feed: Feed, port: int, start_time: float, on_ready: Callable[[], None]) -> None:
    """Be the camera until cancelled; `on_ready` is called when it listens."""

    async def attend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        session = _Session(feed, start_time, writer)
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                while not writer.is_closing():
                    first = await reader.readexactly(1)
                    if first == b"$":  # a receiver's report
                        head = await reader.readexactly(3)
                        await reader.readexactly(int.from_bytes(head[1:], "big"))
                    else:
                        rest = await reader.readuntil(b"\r\n\r\n")
                        session.answer((first + rest).decode())
        finally:
            if session.playing is not None:
                session.playing.cancel()
            writer.close()

    server = await asyncio.start_server(attend, "127.0.0.1", port)
    on_ready()
    async with server:
        await server.serve_forever()


def _say_ready() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(
        serve(Clip.read(Path(sys.argv[2])), int(sys.argv[1]), float(sys.argv[3]), _say_ready)
    )
