"""Strange streams, drawn by ffmpeg, and the way of a camera's packets in simulated time."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from picket.capture.queue import PacketQueue
from picket.capture.reader import InputReader, ReaderTools
from picket.capture.source import SourceSpec
from picket.domain.segment import Gap, Segment
from picket.ipc.messages import GapNoted, Record, SegmentWritten
from picket.record.latest import recorded_until
from picket.record.recorder import Recorder, RecorderSpec
from picket.runtime.worker.recording import Recording, RecordingTools
from tests.support.recordings import START, numbered_draws

SEGMENT_S = 3.0
"""Shorter than in earnest, so that short streams are cut as well."""

FLASH_S = 0.08
_FLASHES = f"drawbox=c=white:t=fill:enable='lt(mod(t,1),{FLASH_S})'"
_BEEPS = f"aevalsrc='0.8*sin(2*PI*1000*t)*lt(mod(t,1),{FLASH_S})':s="


def run_ffmpeg(*arguments: str | Path) -> None:
    """Run to the end. Raises: CalledProcessError."""
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def pictures(seconds: float, *, fps: int = 25, size: str = "160x120") -> list[str]:
    """Input arguments of a moving scene that flashes each full second."""
    scene = f"testsrc2=s={size}:r={fps}:d={seconds},eq=brightness=-0.4,{_FLASHES}"
    return ["-f", "lavfi", "-i", scene]


def beeping(seconds: float, *, rate: int = 16000) -> list[str]:
    """Input arguments of a sound that beeps each full second."""
    return ["-f", "lavfi", "-i", f"{_BEEPS}{rate}:d={seconds}"]


def x264(gop: int = 25, *, b_frames: int = 0, more: str = "") -> list[str]:
    """Encoder arguments: a keyframe every `gop` pictures."""
    params = f"keyint={gop}:min-keyint={gop}:scenecut=0:bframes={b_frames}:b-adapt=0{more}"
    return [
        *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"),
        *("-x264-params", params),
    ]


Steps = Sequence[tuple[float, float]]


class SimulatedTime:
    """A clock that only waiting moves, and the stop request that does the waiting."""

    def __init__(self, end_s: float, *, start_time: float = START, steps: Steps = ()) -> None:
        """Args: steps: the machine's clock is set after so many seconds by so many."""
        self.elapsed_s = 0.0
        self._start_time = start_time
        self._end_s = end_s
        self._steps = steps

    def wall(self) -> float:
        """Unix seconds, as a machine would tell whose clock is set while it runs."""
        stepped_s = sum(by_s for after_s, by_s in self._steps if self.elapsed_s >= after_s)
        return self._start_time + self.elapsed_s + stepped_s

    def monotonic(self) -> float:
        """Seconds."""
        return self.elapsed_s

    def is_set(self) -> bool:
        """Whether it is over."""
        return self.elapsed_s >= self._end_s

    def wait(self, timeout_s: float) -> bool:
        """Let time pass."""
        self.elapsed_s += max(timeout_s, 0.0)
        return self.is_set()


@dataclass
class Footage:
    """What the keeper would have been told."""

    root: Path
    segments: dict[str, Segment] = field(default_factory=dict)
    gaps: dict[str, Gap] = field(default_factory=dict)

    def take(self, record: Record) -> None:
        """The door of the keeper."""
        if isinstance(record, SegmentWritten):
            self.segments[record.segment.id] = record.segment
        elif isinstance(record, GapNoted):
            self.gaps[record.gap.id] = record.gap

    @property
    def rows(self) -> list[Segment]:
        """Segments in the order of recording."""
        return list(self.segments.values())

    def files(self) -> list[Path]:
        """Their files."""
        return [self.root / row.path for row in self.rows]


def play(spec: SourceSpec, root: Path, time: SimulatedTime) -> Footage:
    """Read and record an input until that time is over, as a worker that finds these files."""
    queue = PacketQueue(1 << 30)
    numbers = count()
    tools = ReaderTools(
        time.wall,
        time.monotonic,
        lambda: 0.5,
        lambda: f"session-{next(numbers)}",
        lambda: recorded_until(root, "front"),
    )
    reader = InputReader("front", spec, [queue], tools, str)
    footage = Footage(root)
    recorder = Recorder(RecorderSpec(root, "front", SEGMENT_S), numbered_draws)
    recording = Recording(
        "front",
        queue,
        recorder,
        RecordingTools(footage.take, lambda _: None, time.wall, numbered_draws),
    )
    reader.run(time)  # type: ignore[arg-type]  # an Event as far as the reader looks
    queue.close()
    recording.run()
    return footage
