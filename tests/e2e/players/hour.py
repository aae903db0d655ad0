"""Footage in which every frame shows its own number: an hour with a minute missing, and less."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from picket.domain.segment import Segment
from picket.domain.stream import Packet
from picket.record.recorder import Recorder, RecorderSpec
from tests.support.recordings import (
    START,
    Recorded,
    numbered_draws,
    packets_of,
    stream_of,
)

FPS = 2
HOUR_S = 3600
GAP_START_S, GAP_END_S = 1800, 1860
HOUR_FORMS = [
    "/vod/2024-01/15/12/front/utc/master.m3u8",
    "/vod/2024-01/15/07/front/America,New_York/index.m3u8",
    "/vod/2024-01/15/12/front/master.m3u8",
    "/vod/2024-01/15/12/front/index.m3u8?authSig=a.b-c",
    f"/vod/front/start/{int(START)}/end/{int(START) + HOUR_S}/index.m3u8",
    f"/vod/front/start/{START}/end/{START + HOUR_S}/master.m3u8",
]
"""Ways to ask for all of it; the server's own zone is UTC."""

BITS = 13  # 2 frames a second of an hour are numbered below 2**13
BAR_PX, HEIGHT_PX = 8, 64


@dataclass(frozen=True, slots=True)
class Hour:
    """What was recorded between 12:00:00.25 and 13:00:00.25 UTC."""

    root: Path  # the media folder
    segments: list[Segment]

    @property
    def frames(self) -> int:
        """Recorded ones."""
        return round(self.duration_s * FPS)

    @property
    def duration_s(self) -> float:
        """Of all footage; the gap does not count."""
        return sum(segment.duration_s for segment in self.segments)

    def frame_at(self, position_s: float) -> int:
        """The number of the frame that a player shows at a position; players know no gap."""
        return int(self.time_at(position_s) * FPS)

    def time_at(self, position_s: float) -> float:
        """Seconds after `START` at a player's position."""
        missing_s = GAP_END_S - GAP_START_S
        return position_s + (missing_s if position_s >= GAP_START_S else 0)


def record_hour(root: Path) -> Hour:
    """Draw an hour and play it through the recorder: two connections, a minute between them."""
    clip = _draw(root / "hour.mp4", HOUR_S, HEIGHT_PX)
    recorder = Recorder(RecorderSpec(root / "recordings", "front"), numbered_draws)
    recorded = Recorded()
    stream = stream_of(clip)
    for session, start_s, end_s in (("one", 0, GAP_START_S), ("two", GAP_END_S, HOUR_S)):
        connected = replace(stream, session=session)
        for packet in _between(clip, start_s, end_s):
            recorded.note(recorder.accept(connected, packet))
    recorded.note(recorder.close(START + HOUR_S))
    return Hour(root, recorded.segments)


def record_change(root: Path) -> list[Segment]:
    """Twenty seconds, then twenty more of a picture twice as high: somebody set the camera up."""
    recorder = Recorder(RecorderSpec(root / "recordings", "front"), numbered_draws)
    recorded = Recorded()
    for session, start_s, height_px in (("one", 0, HEIGHT_PX), ("two", 20, 2 * HEIGHT_PX)):
        clip = _draw(root / f"{session}.mp4", 20, height_px)
        stream = stream_of(clip, session)
        for packet in packets_of(clip):
            later = replace(packet, wall_time=packet.wall_time + start_s)
            recorded.note(recorder.accept(stream, later))
    recorded.note(recorder.close(START + 40))
    return recorded.segments


def _between(clip: Path, start_s: float, end_s: float) -> Iterator[Packet]:
    return (packet for packet in packets_of(clip) if start_s <= packet.dts_s < end_s)


def _draw(clip: Path, seconds: int, height_px: int) -> Path:
    """Bars, the lowest bit of the frame's number at the left, white for 1; silence beside them."""
    bars = "geq=lum='if(bitand(N,pow(2,floor(X))),235,16)'"
    size = f"scale={BITS * BAR_PX}:{height_px}:flags=neighbor,format=yuv420p"
    picture = f"color=black:s={BITS}x2:r={FPS}:d={seconds},format=gray,{bars},{size}"
    sound = "anullsrc=r=8000:cl=mono"
    inputs = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, "-t", str(seconds)]
    video = ["-c:v", "libx264", "-preset", "ultrafast", "-g", str(2 * FPS)]
    encode = [*video, "-c:a", "aac", "-b:a", "16k", str(clip)]
    subprocess.run(["ffmpeg", "-v", "error", *inputs, *encode], check=True)
    return clip
