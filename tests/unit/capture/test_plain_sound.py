"""Packets of several codecs become the same windows, at the same times."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame
from av.codec.context import CodecContext

from picket.capture.plain_sound import PlainSound
from picket.capture.steady_samples import Samples
from picket.domain.errors import MediaError
from picket.domain.stream import MediaKind, Packet, TrackInfo

RATE, SIZE, WALL = 16_000, 15_600, 1_705_320_000.0


def encoded(codec: str, rate: int, layout: str, seconds: float) -> tuple[TrackInfo, list[Packet]]:
    """A tone of a fifth of full scale."""
    encoder = CodecContext.create(codec, "w")
    assert isinstance(encoder, av.AudioCodecContext)
    encoder.sample_rate, encoder.layout = rate, layout
    encoder.format = encoder.codec.audio_formats[0].name if encoder.codec.audio_formats else "s16"
    encoder.time_base = Fraction(1, rate)
    encoder.open()
    channels = encoder.layout.nb_channels
    tone = (6554 * np.sin(2 * np.pi * 440 * np.arange(round(rate * seconds)) / rate)).astype("i2")
    samples = np.repeat(tone, channels)[None, :]
    frame = AudioFrame.from_ndarray(samples, format="s16", layout=layout)
    frame.sample_rate, frame.time_base, frame.pts = rate, Fraction(1, rate), 0
    size = encoder.frame_size or rate // 50
    resampler = av.AudioResampler(encoder.format.name, layout, rate, frame_size=size)
    parts = [*resampler.resample(frame), *resampler.resample(None), None]
    packets = [p for part in parts for p in encoder.encode(part) if p.size]
    track = TrackInfo(
        MediaKind.AUDIO,
        *(codec, bytes(encoder.extradata or b"")),
        sample_rate=rate,
        channels=channels,
    )
    return track, [sound_packet(bytes(one), float((one.pts or 0) / rate)) for one in packets]


def sound_packet(data: bytes, time_s: float) -> Packet:
    kind, at = MediaKind.AUDIO, (time_s, time_s)
    return Packet(
        kind, data, *at, 0.02, is_keyframe=True, wall_time=WALL + time_s, arrival_monotonic=0
    )


def windows(track: TrackInfo, packets: list[Packet]) -> list[tuple[float, Samples]]:
    sound = PlainSound(track, RATE, SIZE)
    return [window for one in packets for window in sound.windows(one)]


@pytest.mark.parametrize(
    ("codec", "rate", "layout"),
    [
        ("aac", 44100, "stereo"),
        ("aac", 16000, "mono"),
        ("pcm_alaw", 8000, "mono"),
        ("pcm_s16be", 48000, "stereo"),
    ],
)
def test_every_codec_becomes_the_same_windows(codec: str, rate: int, layout: str) -> None:
    made = windows(*encoded(codec, rate, layout, 4.0))
    assert len(made) in (3, 4)
    times = [time - WALL for time, _ in made]
    assert times == pytest.approx([times[0] + n * SIZE / RATE for n in range(len(made))], abs=1e-4)
    assert times[0] == pytest.approx(0, abs=0.1)  # an encoder may look a frame or two ahead
    for _, samples in made[1:-1]:
        assert samples.shape == (SIZE,)
        assert samples.dtype == np.float32
        assert float(np.sqrt(np.mean(samples**2))) == pytest.approx(0.2 / 2**0.5, rel=0.05)


def test_silence_takes_the_place_of_what_is_lost_or_damaged() -> None:
    track, packets = encoded("pcm_s16be", 16000, "mono", 4.0)
    kept = [one for n, one in enumerate(packets) if not 60 <= n < 70]  # 0.2 s
    made = windows(track, kept)
    assert [time - WALL for time, _ in made] == pytest.approx([0, 0.975, 1.95, 2.925], abs=1e-4)
    assert float(np.abs(made[1][1]).min()) == 0
    broken = windows(*encoded("aac", 16000, "mono", 2.0))
    assert broken
    track, packets = encoded("aac", 16000, "mono", 3.0)
    packets[20] = replace(packets[20], data=b"\xff" * 50)
    assert len(windows(track, packets)) == 3


def test_sound_that_becomes_stereo_is_still_heard(tmp_path: Path) -> None:
    packets = list[Packet]()
    for channels in ("1", "2", "1"):
        file = tmp_path / "tone.aac"
        tone = ["-f", "lavfi", "-i", "sine=440:r=16000:d=2", "-ac", channels, "-f", "adts"]
        subprocess.run(["ffmpeg", "-v", "error", "-y", *tone, str(file)], check=True)
        with av.open(str(file)) as source:
            raw = [bytes(one) for one in source.demux(audio=0) if one.size]
        packets += [sound_packet(data, (len(packets) + n) * 0.064) for n, data in enumerate(raw)]
    made = windows(TrackInfo(MediaKind.AUDIO, "aac", b"", sample_rate=16000, channels=1), packets)
    assert len(made) == 6
    assert all(float(np.sqrt(np.mean(samples**2))) > 0.05 for _, samples in made)


@pytest.mark.parametrize("codec", ["h264", "none-such"])
def test_what_is_no_sound_is_refused(codec: str) -> None:
    with pytest.raises(MediaError, match=codec):
        PlainSound(TrackInfo(MediaKind.AUDIO, codec, b""), RATE, SIZE)
