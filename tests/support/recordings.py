"""Real recordings for tests: a video file played in a loop through the recorder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import av
import av.container

from picket.domain.segment import Gap, Segment
from picket.domain.stream import MediaKind, Packet, StreamInfo, TrackInfo
from picket.ipc.messages import GapNoted
from picket.record.recorder import Happening, Recorder, RecorderSpec

DATA = Path(os.environ.get("PICKET_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
START = 1_705_320_000.25
"""2024-01-15 12:00:00.25 UTC: the wall time of every test recording's first packet."""


def video_path(name: str) -> Path:
    """A clip of the test data."""
    return DATA / "videos" / name


def numbered_draws() -> Sequence[int]:
    """Six numbers that differ from call to call."""
    number = next(_NUMBERS)
    return [number // 36**place % 36 for place in range(6)]


_NUMBERS = count()


def stream_of(path: Path, session: str = "session-1") -> StreamInfo:
    """What a reader would tell about this file."""
    with _open(path) as source:
        video = source.streams.video[0].codec_context
        sounds = source.streams.audio
        audio = sounds[0].codec_context if sounds else None
        return StreamInfo(
            session,
            TrackInfo(
                MediaKind.VIDEO,
                video.name,
                bytes(video.extradata or b""),
                width=video.width,
                height=video.height,
            ),
            TrackInfo(
                MediaKind.AUDIO,
                audio.name,
                bytes(audio.extradata or b""),
                sample_rate=audio.sample_rate,
                channels=audio.channels,
            )
            if audio
            else None,
        )


def packets_of(path: Path, loops: int = 1) -> Iterator[Packet]:
    """The file's packets, again and again, on one timeline that begins at 0."""
    base_s = 0.0
    for _ in range(loops):
        with _open(path) as source:
            zero_s, end_s = None, base_s
            for raw in source.demux([*source.streams.video[:1], *source.streams.audio[:1]]):
                if raw.dts is None or raw.pts is None or raw.time_base is None:
                    continue
                tick = float(raw.time_base)
                is_video = raw.stream.type == "video"
                if zero_s is None:
                    zero_s = raw.dts * tick if is_video else 0.0
                dts_s, pts_s = (time * tick - zero_s + base_s for time in (raw.dts, raw.pts))
                duration_s = (raw.duration or 0) * tick
                end_s = max(end_s, pts_s + duration_s)
                kind = MediaKind.VIDEO if is_video else MediaKind.AUDIO
                yield Packet(
                    kind,
                    bytes(raw),
                    pts_s,
                    dts_s,
                    duration_s,
                    raw.is_keyframe,
                    START + pts_s,
                    dts_s,
                )
        base_s = end_s


@dataclass
class Recorded:
    """What a recorder told, sorted out."""

    rows: dict[str, Segment] = field(default_factory=dict)  # newest state by id
    gaps: dict[str, Gap] = field(default_factory=dict)
    history: list[Happening] = field(default_factory=list)

    def note(self, happenings: Sequence[Happening]) -> None:
        """Take what `accept` or `close` returned."""
        self.history += happenings
        for happening in happenings:
            if isinstance(happening, GapNoted):
                self.gaps[happening.gap.id] = happening.gap
            else:
                self.rows[happening.segment.id] = happening.segment

    @property
    def segments(self) -> list[Segment]:
        """Oldest first."""
        return sorted(self.rows.values(), key=lambda row: row.start_time)


def record(
    path: Path, root: Path, *, loops: int = 1, segment_s: float = 10.0, camera: str = "front"
) -> Recorded:
    """Play a file into a recorder and close it."""
    recorder = Recorder(RecorderSpec(root, camera, segment_s), numbered_draws)
    return _play(recorder, stream_of(path), packets_of(path, loops))


def record_packets(stream: StreamInfo, packets: Iterable[Packet], root: Path) -> Recorded:
    """Give packets of one session to a recorder and close it."""
    return _play(Recorder(RecorderSpec(root, "front"), numbered_draws), stream, packets)


def _play(recorder: Recorder, stream: StreamInfo, packets: Iterable[Packet]) -> Recorded:
    recorded = Recorded()
    for packet in packets:
        recorded.note(recorder.accept(stream, packet))
    recorded.note(recorder.close(START))
    return recorded


def _open(path: Path) -> av.container.InputContainer:
    return av.open(str(path))
