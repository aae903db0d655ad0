"""Sound of telephones becomes AAC; that it stays in step is shown in tests/e2e/test_zoo.py."""

from __future__ import annotations

import av
import pytest
from av.codec.context import CodecContext

from picket.capture.sound import AacSound
from picket.capture.timeline import PlacedPacket, RawPacket
from picket.domain.errors import MediaError
from picket.domain.stream import MediaKind, TrackInfo

ALAW = TrackInfo(MediaKind.AUDIO, "pcm_alaw", b"", sample_rate=8000, channels=1)
SILENCE = b"\xd5"
"""A-law of a sample of 0."""


def converter(track: TrackInfo = ALAW) -> AacSound:
    decoder = CodecContext.create(track.codec, "r")
    assert isinstance(decoder, av.AudioCodecContext)
    decoder.sample_rate, decoder.layout = track.sample_rate, "mono"
    return AacSound(track, decoder)


def packet(time_s: float, data: bytes = SILENCE * 160) -> PlacedPacket:
    raw = RawPacket(MediaKind.AUDIO, data, is_keyframe=True, pts_s=time_s, dts_s=time_s)
    return PlacedPacket(raw, time_s, time_s)


def test_the_track_is_described_as_what_it_becomes() -> None:
    track = converter().track
    assert (track.codec, track.sample_rate, track.channels) == ("aac", 8000, 1)
    assert track.extradata[:2] == bytes([0x15, 0x88])  # AAC-LC, 8 kHz, mono


def test_frames_follow_each_other_without_a_hole() -> None:
    sound = converter()
    frames = [frame for n in range(200) for frame in sound.convert(packet(5 + n * 0.02))]
    times = [frame.dts_s for frame in frames]
    assert times[0] == pytest.approx(5 - 0.128)  # the encoder looks a frame ahead
    assert times == pytest.approx([times[0] + n * 0.128 for n in range(len(times))])
    assert all(frame.raw.duration_s == 0.128 for frame in frames)
    assert len(frames) == pytest.approx(4 / 0.128, abs=2)


def test_silence_takes_the_place_of_what_was_lost() -> None:
    sound = converter()
    kept = [n for n in range(200) if not 50 <= n < 60]
    frames = [frame for n in kept for frame in sound.convert(packet(n * 0.02))]
    assert len(frames) == pytest.approx(4 / 0.128, abs=2)


def test_a_rate_that_aac_lacks_is_raised() -> None:
    track = TrackInfo(MediaKind.AUDIO, "pcm_alaw", b"", sample_rate=6000, channels=1)
    assert converter(track).track.sample_rate == 48000


def test_sound_that_nothing_can_decode_is_refused() -> None:
    encoder = CodecContext.create("aac", "w")  # no decoder at all
    assert isinstance(encoder, av.AudioCodecContext)
    with pytest.raises(MediaError, match="pcm_alaw"):
        AacSound(ALAW, encoder)


def test_sound_at_another_rate_stays_at_its_time() -> None:
    track = TrackInfo(MediaKind.AUDIO, "pcm_alaw", b"", sample_rate=6000, channels=1)
    sound = converter(track)
    packets = [packet(n * 0.02, SILENCE * 120) for n in range(200)]
    times = [frame.dts_s for one in packets for frame in sound.convert(one)]
    assert times == pytest.approx([times[0] + n * 1024 / 48000 for n in range(len(times))])
    assert times[-1] == pytest.approx(4, abs=0.1)
