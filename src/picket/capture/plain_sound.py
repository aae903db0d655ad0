"""Packets of sound to windows of plain samples: one channel, one rate, at their true times."""

from __future__ import annotations

from collections.abc import Iterator

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.resampler import AudioResampler
from av.codec.context import CodecContext
from av.error import FFmpegError

from picket.capture.steady_samples import Samples, SteadySamples
from picket.domain.errors import MediaError
from picket.domain.stream import Packet, TrackInfo

FULL_SCALE = 32_768
"""Samples are rounded to 16 bits, as clients reckon loudness: what is quieter is silence."""


class PlainSound:
    """Decodes one track of one session."""

    def __init__(self, track: TrackInfo, rate: int, size: int) -> None:
        """Args: rate: samples a second to make; size: samples of a window.

        Raises: MediaError when it cannot be decoded.
        """
        self._decoder = _decoder(track)
        self._rate = rate
        self._resampler = AudioResampler("s16", "mono", rate)
        self._samples = SteadySamples(rate, 1, size)

    def windows(self, packet: Packet) -> Iterator[tuple[float, Samples]]:
        """The windows that this packet completes, with their wall times (Unix seconds).

        A packet that cannot be decoded gives none; silence takes its place. So it is with the
        first one of another form, such as stereo after mono.
        """
        try:
            parts = list(self._decoded(packet.data))
        except FFmpegError:
            return
        except ValueError:  # PyAV's word for another form; FFmpeg's own errors may be one too
            self._resampler = AudioResampler("s16", "mono", self._rate)
            return
        if parts:
            offset = packet.wall_time - packet.pts_s
            for start_s, samples in self._samples.add(packet.pts_s, np.concatenate(parts, axis=1)):
                yield start_s + offset, samples[0]

    def _decoded(self, data: bytes) -> Iterator[Samples]:
        for part in self._decoder.decode(av.Packet(data)):
            part.pts = None  # the time of the packet counts
            for plain in self._resampler.resample(part):
                yield np.divide(plain.to_ndarray(), FULL_SCALE, dtype=np.float32)


def _decoder(track: TrackInfo) -> AudioCodecContext:
    try:
        decoder = CodecContext.create(track.codec, "r")
        if not isinstance(decoder, AudioCodecContext):
            raise MediaError(f"{track.codec} is no codec of sound")
        if track.extradata:
            decoder.extradata = track.extradata
        if track.sample_rate:
            decoder.sample_rate = track.sample_rate
        if track.channels:
            decoder.layout = {1: "mono", 2: "stereo"}.get(track.channels, f"{track.channels}c")
        decoder.thread_count = 1
        decoder.open(strict=False)
    except (FFmpegError, ValueError) as error:
        raise MediaError(f"no decoder for sound of codec {track.codec}") from error
    return decoder
