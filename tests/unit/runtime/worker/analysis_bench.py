"""An analysis thread with a real decoder, a real frame ring and a small detector."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import av

from picket.capture.queue import Item, PacketQueue
from picket.config.camera import CameraConfig
from picket.domain.event import Moment
from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.domain.stream import MediaKind, Packet, StreamInfo, TrackInfo
from picket.events.happenings import EventStored
from picket.ipc.frame_ring import FrameRing
from picket.ipc.messages import (
    TimelineNoted,
)
from picket.ipc.ring_size import RingSize, make_ring_block
from picket.runtime.detecting.client import DetectorPool
from picket.runtime.worker.analysis import Analysis
from picket.runtime.worker.analysis_tools import AnalysisTools
from picket.runtime.worker.resident_file import ResidentFile
from tests.support.recordings import numbered_draws
from tests.unit.pipeline.scene import FPS, HEIGHT, START, WIDTH, camera, draw, square
from tests.unit.runtime.detector_side import READY, Ends, answering, delivering

VISIT = [None] * 10 + [square(60 + 8 * n) for n in range(40)] + [None] * 40
QUIET: list[Box | None] = [None] * 20


@lru_cache
def film(boxes: tuple[Box | None, ...]) -> tuple[StreamInfo, tuple[Packet, ...]]:
    """A real H.264 stream of the scene, 5 frames a second, a keyframe every two seconds."""
    sink = io.BytesIO()
    options = {"bf": "0", "crf": "12", "tune": "zerolatency", "sc_threshold": "0"}
    with av.open(sink, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=FPS, options=options)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.codec_context.gop_size = 10
        for n, box in enumerate(boxes):
            picture = av.VideoFrame.from_ndarray(draw(n, box).yuv, format="yuv420p")
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    with av.open(io.BytesIO(sink.getvalue()), "r") as source:
        video = source.streams.video[0]
        extradata = bytes(video.codec_context.extradata or b"")
        packets = tuple(_packet(n, p) for n, p in enumerate(source.demux(video)) if p.size)
    track = TrackInfo(MediaKind.VIDEO, "h264", extradata, WIDTH, HEIGHT)
    return StreamInfo("session-1", track, fps=FPS), packets


def _packet(n: int, raw: av.Packet[av.VideoStream]) -> Packet:
    time = n / FPS
    return Packet(
        kind=MediaKind.VIDEO,
        data=bytes(raw),
        pts_s=time,
        dts_s=time,
        duration_s=1 / FPS,
        is_keyframe=raw.is_keyframe,
        wall_time=START + time,
        arrival_monotonic=time,
    )


@dataclass
class Bench:
    """An analysis whose clock stands still unless a test moves it."""

    ends: Ends
    folder: Path
    config: CameraConfig = field(default_factory=camera)
    monotonic: float = 0.0

    def __post_init__(self) -> None:
        size = RingSize(WIDTH, HEIGHT)
        self.ring = FrameRing(make_ring_block("test-analysis", size), size)
        self.pool = DetectorPool(
            {"d": self.ends.worker}, answer_wait_s=5.0, monotonic=lambda: self.monotonic
        )
        self.told: list[object] = []
        self.notice: Callable[[object], None] = self.told.append
        self.queue = PacketQueue(1 << 24)
        self.tools = AnalysisTools(
            ring=self.ring,
            detectors=self.pool,
            tell=lambda happening: self.notice(happening),
            monotonic=lambda: self.monotonic,
            wall=lambda: START + 1000,
            draws=numbered_draws,
            residents=ResidentFile(self.folder / "yard.json", lambda: self.monotonic),
        )
        self.analysis = Analysis(self.config, self.queue, self.tools)

    def run(self, items: Sequence[Item], *, has_detector: bool = True) -> None:
        """Everything through to the end of the queue."""
        for item in items:
            self.queue.put(item)
        self.queue.close()
        if not has_detector:
            self.analysis.run()
            return
        self.pool.links[0].deliver(READY)
        with answering(self.ends.detector), delivering(self.pool):
            self.analysis.run()

    def newest(self) -> Frame:
        """The frame that viewers see."""
        found = self.ring.view_latest(lambda frame, _: frame.copy())
        assert found is not None
        return found

    def stored(self) -> dict[str, EventStored]:
        """The last row told of every event."""
        return {h.event.id: h for h in self.told if isinstance(h, EventStored)}

    def moments(self) -> list[Moment]:
        """The timeline."""
        return [h.entry.moment for h in self.told if isinstance(h, TimelineNoted)]


"""A visitor after a quiet of 20 s; he comes between two keyframes."""


def items(boxes: Sequence[Box | None]) -> list[Item]:
    stream, packets = film(tuple(boxes))
    return [stream, *packets]
