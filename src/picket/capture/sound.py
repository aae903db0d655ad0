"""Sound that MP4 does not hold, such as G.711, made into AAC on its way from the reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import cast

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.codec.context import CodecContext
from av.error import FFmpegError

from picket.capture.steady_samples import Samples, SteadySamples
from picket.capture.timeline import PlacedPacket
from picket.domain.errors import MediaError
from picket.domain.stream import TrackInfo
from picket.media.codec.adts import AAC_FRAME

BITS_PER_SAMPLE = 3
"""Speech at 8 kHz in 24 kbit/s, 16 kHz in 48 kbit/s: what telephone codecs hold needs no more."""

_RATES = frozenset({8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000})


class AacSound:
    """Decodes one track and encodes it again; times stay with the samples that they belong to."""

    def __init__(self, track: TrackInfo, decoder: AudioCodecContext) -> None:
        """Decode with what libav made for the track.

        Raises: MediaError when it cannot be decoded.
        """
        channels = min(max(track.channels, 1), 2)
        rate = track.sample_rate if track.sample_rate in _RATES else 48000
        layout = "stereo" if channels == 2 else "mono"
        try:
            decoder.open(strict=False)
        except (FFmpegError, ValueError) as error:
            raise MediaError(f"no decoder for sound of codec {track.codec}") from error
        self._decoder = decoder
        self._encoder = _encoder(rate, layout)
        self._resampler = AudioResampler("fltp", layout, rate)
        self._samples = SteadySamples(rate, channels, AAC_FRAME)
        self._frame_s = AAC_FRAME / rate
        self.track = replace(
            track,
            codec="aac",
            extradata=bytes(self._encoder.extradata or b""),
            sample_rate=rate,
            channels=channels,
        )

    def convert(self, placed: PlacedPacket) -> Iterator[PlacedPacket]:
        """The AAC frames that this packet completes; one that cannot be decoded gives none."""
        try:
            parts = list(self._decoded(placed.raw.data))
        except FFmpegError:  # damaged: silence takes its place when the next one comes
            return
        if parts:
            yield from self._encode(placed, np.concatenate(parts, axis=1))

    def _decoded(self, data: bytes) -> Iterator[Samples]:
        for part in self._decoder.decode(av.Packet(data)):
            part.pts = None  # our own count is kept beside the samples
            for plain in self._resampler.resample(part):
                yield cast(Samples, plain.to_ndarray())

    def _encode(self, placed: PlacedPacket, decoded: Samples) -> Iterator[PlacedPacket]:
        rate, layout = self._encoder.sample_rate, self._encoder.layout
        for start_s, samples in self._samples.add(placed.pts_s, decoded):
            frame = AudioFrame.from_ndarray(samples, format="fltp", layout=layout.name)
            frame.sample_rate = rate
            frame.time_base = Fraction(1, rate)
            frame.pts = round(start_s * rate)
            for packet in self._encoder.encode(frame):
                time_s = (packet.pts or 0) / rate
                raw = replace(placed.raw, data=bytes(packet), duration_s=self._frame_s)
                yield PlacedPacket(raw, time_s, time_s)


def _encoder(rate: int, layout: str) -> AudioCodecContext:
    encoder = CodecContext.create("aac", "w")
    encoder.sample_rate = rate
    encoder.layout = layout
    encoder.format = "fltp"
    encoder.time_base = Fraction(1, rate)
    encoder.bit_rate = BITS_PER_SAMPLE * rate * encoder.layout.nb_channels
    encoder.open()
    return encoder
