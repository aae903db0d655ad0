"""A camera over RTSP whose packets nobody needs at once is read now and then, and loses nothing."""

from __future__ import annotations

import threading
from itertools import pairwise
from pathlib import Path

import pytest

from picket.capture.queue import PacketQueue
from picket.capture.reader import PAUSE_S, InputReader, ReaderTools
from picket.capture.source import SourceSpec, real_clocks
from picket.domain.stream import Packet
from tests.support.servers import rtsp_server
from tests.support.zoo import pictures, run_ffmpeg, x264

WANTED = 90  # packets


class Stop(threading.Event):
    """Notes how often the reader pauses."""

    def __init__(self) -> None:
        super().__init__()
        self.pauses = 0

    def wait(self, timeout: float | None = None) -> bool:
        self.pauses += timeout == PAUSE_S
        return super().wait(timeout)


def read(url: str, linger_s: float) -> tuple[list[Packet], int]:
    """The first packets, and how often the reader paused for them."""
    wall, monotonic = real_clocks()
    queue, stop = PacketQueue(1 << 26, linger_s), Stop()
    tools = ReaderTools(wall, monotonic, lambda: 0.5, lambda: "session")
    spec = SourceSpec(url, {"rtsp_transport": "tcp"})
    reader = threading.Thread(
        target=InputReader("front", spec, [queue], tools, str).run, args=(stop,)
    )
    reader.start()
    packets: list[Packet] = []
    try:
        while len(packets) < WANTED:
            item = queue.get(20)
            packets += [item] if isinstance(item, Packet) else []
    finally:
        stop.set()
        reader.join(20)
    return packets, stop.pauses


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    clip = tmp_path_factory.mktemp("clips") / "clip.mp4"
    run_ffmpeg(*pictures(60), *x264(), clip)
    return clip


@pytest.mark.parametrize("linger_s", [0.0, 0.5])
def test_it_pauses_where_packets_may_linger_and_every_packet_comes(
    clip: Path, linger_s: float
) -> None:
    with rtsp_server({"front": clip}) as url:
        packets, pauses = read(f"{url}/front", linger_s)
    assert (pauses > 0) == (linger_s > 0)
    steps = {round(b.dts_s - a.dts_s, 3) for a, b in pairwise(packets)}
    assert max(steps) < 1.5 * min(steps)
    assert max(b.wall_time - a.wall_time for a, b in pairwise(packets)) < 2 * min(steps) + 0.1
