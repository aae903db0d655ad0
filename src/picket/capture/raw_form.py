"""Packets as libav hands them out, to ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import av
from av.audio.stream import AudioStream
from av.video.stream import VideoStream

from picket.capture.timeline import RawPacket
from picket.domain.stream import MediaKind
from picket.media.codec.adts import read_adts


@dataclass(frozen=True, slots=True)
class RawForm:
    """What packets of one stream have in common; asking libav for each packet is dear."""

    kind: MediaKind
    tick_s: float
    picture_s: float  # from one picture to the next; 0.0 for sound and where it is not told
    round: int

    @classmethod
    def of(cls, stream: VideoStream | AudioStream, round_number: int) -> RawForm:
        """Of a stream in its `round_number`th playing."""
        tick_s = float(stream.time_base or 0)
        if not isinstance(stream, VideoStream):
            return cls(MediaKind.AUDIO, tick_s, 0.0, round_number)
        rate = stream.average_rate
        return cls(MediaKind.VIDEO, tick_s, float(1 / rate) if rate else 0.0, round_number)

    def raw(self, packet: av.Packet[Any]) -> RawPacket:
        """A packet of the stream."""
        data, pts, dts, tick_s = bytes(packet), packet.pts, packet.dts, self.tick_s
        duration_s = (packet.duration or 0) * tick_s or self.picture_s
        if not duration_s and self.kind is MediaKind.AUDIO:
            duration_s = _sound_s(packet, data)
        return RawPacket(
            self.kind,
            data,
            packet.is_keyframe,
            None if pts is None else pts * tick_s,
            None if dts is None else dts * tick_s,
            duration_s,
            self.round,
        )


def _sound_s(packet: av.Packet[Any], data: bytes) -> float:
    """Seconds of AAC that began too late for libav to know its rate; 0.0 for other sound."""
    is_aac = packet.stream.codec_context.name == "aac"
    header = read_adts(data) if is_aac else None
    return header.frame_s if header else 0.0
