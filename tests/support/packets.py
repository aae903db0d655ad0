"""Streams and packets made by hand: real parameter sets, invented pictures."""

from __future__ import annotations

from dataclasses import replace

from picket.domain.stream import MediaKind, Packet, StreamInfo, TrackInfo

H264_SPS = bytes.fromhex("6764001facd9405005bb016a020202800001f480007530078c18cb")
H264_PPS = bytes.fromhex("68ebe3cb22c0")
"""x264, High profile, level 3.1, 1280x720."""

OTHER_SPS = bytes.fromhex("6764001eacd940a02fe225c044000003000400000300f03c58b658")
OTHER_PPS = bytes.fromhex("68ebe3cb22c0")
"""x264, High profile, level 3.0, 626x360."""

HEVC_VPS = bytes.fromhex("40010c01ffff01600000030090000003000003005d959409")
HEVC_SPS = bytes.fromhex(
    "42010101600000030090000003000003005da00280802d16595952930bc05a808080f0800001f480003a9804"
)
HEVC_PPS = bytes.fromhex("4401c073c189")
"""x265, Main profile, level 3.1, 1280x720."""

START_CODE = b"\0\0\0\1"
FPS = 10
WALL = 1_705_320_000.0
"""2024-01-15 12:00:00 UTC: wall time of presentation time 0."""

VIDEO = TrackInfo(
    MediaKind.VIDEO, "h264", START_CODE + H264_SPS + START_CODE + H264_PPS, width=1280, height=720
)
AUDIO = TrackInfo(MediaKind.AUDIO, "aac", b"\x14\x08", sample_rate=16000, channels=1)
STREAM = StreamInfo("session-1", VIDEO, fps=FPS)
STREAM_WITH_SOUND = replace(STREAM, audio=AUDIO)
AUDIO_FRAME_S = 1024 / 16000


def annex_b(*units: bytes) -> bytes:
    """Units behind start codes."""
    return b"".join(START_CODE + unit for unit in units)


def picture(number: int, *, is_keyframe: bool = False, head: bytes = b"") -> Packet:
    """The `number`th picture of 10 a second; `head` stands before its slice, in Annex B."""
    kind = b"\x65" if is_keyframe else b"\x41"
    body = annex_b(kind + b"picture %d" % number)
    time = number / FPS
    return Packet(MediaKind.VIDEO, head + body, time, time, 1 / FPS, is_keyframe, WALL + time, time)


def gop(first: int, length: int = 10) -> list[Packet]:
    """A keyframe and what follows it."""
    return [picture(n, is_keyframe=n == first) for n in range(first, first + length)]


def pictures(seconds: int) -> list[Packet]:
    """A keyframe each second."""
    return [packet for second in range(seconds) for packet in gop(second * FPS)]


def sound(number: int, late_s: float = 0.0) -> Packet:
    """The `number`th AAC frame."""
    time = number * AUDIO_FRAME_S
    return Packet(
        kind=MediaKind.AUDIO,
        data=b"sound %d" % number,
        pts_s=time,
        dts_s=time,
        duration_s=AUDIO_FRAME_S,
        is_keyframe=True,
        wall_time=WALL + time,
        arrival_monotonic=time + late_s,
    )


def with_sound(seconds: int, late_s: float = 0.0) -> list[Packet]:
    """Pictures and sound in the order of arrival; sound arrives `late_s` after its time."""
    count = round(seconds / AUDIO_FRAME_S)
    both = [*pictures(seconds), *(sound(n, late_s) for n in range(count))]
    return sorted(both, key=lambda packet: packet.arrival_monotonic)
