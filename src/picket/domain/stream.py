"""Encoded media as it comes from a camera."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MediaKind(StrEnum):
    """The tracks that are recorded."""

    VIDEO = "video"
    AUDIO = "audio"


@dataclass(frozen=True, slots=True)
class TrackInfo:
    """What is needed to store or decode one elementary stream."""

    kind: MediaKind
    codec: str  # FFmpeg's name: "h264", "hevc", "aac", "opus", "pcm_alaw" …
    extradata: bytes  # as libav hands it out: Annex B or avcC/hvcC, AudioSpecificConfig …
    width: int = 0  # pixels, video only
    height: int = 0
    sample_rate: int = 0  # Hz, audio only
    channels: int = 0


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """One connection to one camera input."""

    session: str  # new with every connection or change of parameters
    video: TrackInfo
    audio: TrackInfo | None = None
    fps: float = 0.0  # as the source announces it; 0.0 when it does not


@dataclass(frozen=True, slots=True)
class Packet:
    """One access unit."""

    kind: MediaKind
    data: bytes  # as demuxed: Annex B or length-prefixed, matching the track's extradata
    pts_s: float  # presentation time, seconds from the start of the session
    dts_s: float  # decode time, same zero, never decreasing per track
    duration_s: float  # 0.0 when unknown
    is_keyframe: bool
    wall_time: float  # Unix seconds of its presentation by the camera's clock
    arrival_monotonic: float  # seconds, when it was read


@dataclass(frozen=True, slots=True)
class StreamLost:
    """No packets come, and why."""

    reason: str
    since: float  # Unix seconds
