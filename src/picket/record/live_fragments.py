"""Packets to fragments for who watches live: as small as they come, for Media Source Extensions.

The form of the samples is that of recordings; there is no file, and times count from the start of
the camera's session. A sample lasts until the next one, which is exact and costs one picture's
delay: browsers throw pictures away that come later than twice what the one before was said to last.
Source: https://www.w3.org/TR/media-source-2/#sourcebuffer-coded-frame-processing
"""

from __future__ import annotations

from dataclasses import dataclass

from picket.domain.errors import MediaError
from picket.domain.segment import MEDIA_TIMESCALE
from picket.domain.stream import MediaKind, Packet, StreamInfo, TrackInfo
from picket.media.codec.sample_entry import SampleEntry, audio_entry
from picket.media.fmp4 import build_fragment
from picket.media.init_segment import AUDIO_TRACK, VIDEO_TRACK, InitSegment, build_init
from picket.record.growing import USUAL_AUDIO_TICKS, USUAL_VIDEO_TICKS
from picket.record.pending import PendingTrack, Run
from picket.record.stored_form import heard_track, stored_audio, video_form

AUDIBLE_S = 2.0
"""A player waits for a track that was promised, so sound is promised only while it comes."""


@dataclass(frozen=True, slots=True)
class LiveFragment:
    """`moof mdat`, once or several times; what fits it is read first."""

    init: InitSegment  # the same object as long as nothing changes
    data: bytes
    is_keyframe: bool  # begins with one, as no other picture of it is
    zero_time: float  # Unix seconds of media time 0, as the camera's clock says by now


class LiveFragments:
    """One session of one camera; begins at its first keyframe."""

    def __init__(self, stream: StreamInfo) -> None:
        """Raises: MediaError when its video cannot be shown."""
        self._form = video_form(stream.video)
        self._audio = stream.audio
        self._video_entry: SampleEntry | None = None
        self._init: InitSegment | None = None
        self._heard_s: float | None = None  # when sound came last, decode time
        self._zero_time = 0.0  # see LiveFragment
        self._sequence = 0
        self._video = PendingTrack(VIDEO_TRACK, 0.0, USUAL_VIDEO_TICKS)
        self._sound = PendingTrack(AUDIO_TRACK, 0.0, USUAL_AUDIO_TICKS)

    def add(self, packet: Packet) -> list[LiveFragment]:
        """Take a packet; what a keyframe completes. Raises: MediaError when it is damaged."""
        if packet.kind is MediaKind.AUDIO:
            self._add_sound(packet)
            return []
        self._zero_time = packet.wall_time - packet.pts_s
        done: list[LiveFragment] = []
        if packet.is_keyframe:
            end = round(packet.dts_s * MEDIA_TIMESCALE)
            done = self._emit(self._video.take_all(end))
            self._begin(packet)
        if self._video_entry is not None:
            stored = self._form.store(packet.data)
            self._video.add(stored, packet.dts_s, packet.pts_s, is_sync=packet.is_keyframe)
        return done

    def flush(self) -> list[LiveFragment]:
        """Every sample of which it is known how long it lasts."""
        return self._emit(self._video.take_finished())

    def _add_sound(self, packet: Packet) -> None:
        if self._audio is None:
            return
        self._audio = heard_track(self._audio, packet.data) or self._audio
        self._heard_s = packet.dts_s
        if self._video_entry is not None and (self._init is None or self._init.has_audio):
            stored = stored_audio(self._audio, packet.data)
            self._sound.add(stored, packet.dts_s, packet.dts_s, is_sync=True)

    def _begin(self, keyframe: Packet) -> None:
        """Take over what changes with this keyframe."""
        if self._form.changes(keyframe.data) or self._video_entry is None:
            self._adopt(keyframe)
        if self._heard_s is not None and keyframe.dts_s - self._heard_s > AUDIBLE_S:
            self._heard_s = None
        is_audible = self._sound_entry() is not None
        if self._init is not None and self._init.has_audio != is_audible:
            self._init = None

    def _adopt(self, keyframe: Packet) -> None:
        try:
            entry = self._form.adopt(keyframe.data)
        except MediaError:  # the stream has not told enough yet; the old parameters may still fit
            return
        if entry != self._video_entry:
            self._video_entry, self._init = entry, None

    def _sound_entry(self) -> SampleEntry | None:
        return None if self._heard_s is None else _playable(self._audio)

    def _emit(self, video: Run | None) -> list[LiveFragment]:
        if video is None or self._video_entry is None:
            return []
        if self._init is None:
            self._init = build_init(self._video_entry, self._sound_entry())
        if not self._init.has_audio:
            self._sound = PendingTrack(AUDIO_TRACK, 0.0, USUAL_AUDIO_TICKS)
        sound = self._sound.take_finished() if self._init.has_audio else None
        runs = [video, sound] if sound else [video]
        self._sequence += 1
        data = build_fragment(
            self._sequence, [run.table for run in runs], [run.payloads for run in runs]
        )
        syncs = video.table.syncs
        return [LiveFragment(self._init, data, not syncs or syncs[0], self._zero_time)]


def _playable(track: TrackInfo | None) -> SampleEntry | None:
    """How a browser is to read the sound; None when it cannot, as G.711."""
    try:
        return audio_entry(track) if track else None
    except MediaError:
        return None
