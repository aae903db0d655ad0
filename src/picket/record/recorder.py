"""One camera's packets to segments: when to begin, cut, write and begin again. Read this first."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from picket.domain.errors import MediaError
from picket.domain.ids import timed_id
from picket.domain.segment import Gap, GapReason, Segment
from picket.domain.stream import MediaKind, Packet, StreamInfo, TrackInfo
from picket.ipc.messages import GapNoted, SegmentWritten
from picket.media.codec.sample_entry import audio_entry
from picket.media.init_segment import InitSegment, build_init
from picket.record.files import FILES, Files
from picket.record.growing import GrowingSegment, Opening
from picket.record.stored_form import VideoForm, heard_track, stored_audio, video_form
from picket.record.volume import Volume, still_mounted

logger = logging.getLogger(__name__)

FRAGMENT_S = 1.0
SHORTEST_FRAGMENT_S = 0.5
"""Keyframes may be closer, in Motion JPEG every picture is one: the disk is not asked for each."""

Happening = SegmentWritten | GapNoted
Draws = Callable[[], Sequence[int]]
"""Gives six random numbers, 0..35, for an id."""


@dataclass(frozen=True, slots=True)
class RecorderSpec:
    """What one recorder is for."""

    root: Path  # the recordings folder
    camera: str
    segment_s: float = 10.0  # cut at the first keyframe at or after so many seconds
    files: Files = FILES


@dataclass(slots=True)
class _Session:
    """One connection: how its packets are stored."""

    stream: StreamInfo
    form: VideoForm | None  # None: the video cannot be recorded
    audio: TrackInfo | None
    init: InitSegment | None = None
    is_waiting: bool = False  # the stream has not told enough, and the user knows
    heard: TrackInfo | None = None  # sound that began late: in the file from the next keyframe on
    delay_s: float | None = None  # from decoding to showing the first keyframe
    breaks: int = 0  # how often footage inside the session does not join what was before

    @property
    def name(self) -> str:
        """Segments with equal names join without a hole and share their init segment."""
        return f"{self.stream.session}.{self.breaks}" if self.breaks else self.stream.session

    def needs_init(self, keyframe: Packet) -> bool:
        """Whether what a player reads first does not fit what comes from this keyframe on."""
        changes = self.form is not None and self.form.changes(keyframe.data)
        return changes or self.init is None or self.heard is not None

    def begin_time(self, keyframe: Packet) -> float:
        """Unix seconds at which a segment begins with this keyframe.

        Segments lie as far apart as decoding does, whatever each keyframe's own delay, so that a
        segment lasts as long as its media.
        """
        own_delay_s = keyframe.pts_s - keyframe.dts_s
        if self.delay_s is None:
            self.delay_s = own_delay_s
        return keyframe.wall_time - own_delay_s + self.delay_s


@dataclass(frozen=True, slots=True)
class _Cut:
    """The keyframe between two segments of a session."""

    dts_s: float
    time: float  # Unix seconds


class Recorder:
    """Takes packets in the order in which they were demuxed; tells the new state of every row.

    Errors of the disk do not come out: they end the segment, are noted as a gap, and recording is
    tried again at every keyframe.
    """

    def __init__(self, spec: RecorderSpec, draws: Draws) -> None:
        self._spec = spec
        self._draws = draws
        self._session: _Session | None = None
        self._current: GrowingSegment | None = None
        self._ending: GrowingSegment | None = None  # cut already, waits for the last of its sound
        self._cut: _Cut | None = None  # where it ends and the current one begins
        self._gap: Gap | None = None
        self._volume: Volume | None = None  # where the recordings lay at the last look

    def accept(self, stream: StreamInfo, packet: Packet) -> list[Happening]:
        """Take one packet; a stream of another session than the last ends the segment.

        Returns: changed rows, in the order in which they are to be stored.
        """
        happenings: list[Happening] = []
        session = self._session
        if session is None or session.stream.session != stream.session:
            happenings += self._finish_all()
            session = self._enter(stream)
        if session.form is None:
            return happenings
        if packet.kind is MediaKind.AUDIO:
            return happenings + self._take_audio(session, packet)
        return happenings + self._take_video(session, session.form, packet)

    def close(self, now: float) -> list[Happening]:
        """End the segment and a gap that lasts; the recorder may be used again."""
        happenings = self._finish_all()
        self._session = None
        return happenings + self._end_gap(now)

    def _enter(self, stream: StreamInfo) -> _Session:
        form, audio, self._cut = None, stream.audio, None
        try:
            form = video_form(stream.video)
        except MediaError as error:
            logger.error("camera %s: not recorded: %s", self._spec.camera, error)  # noqa: TRY400
        try:
            _ = audio and audio_entry(audio)
        except MediaError as error:
            logger.warning("camera %s: recorded without its sound: %s", self._spec.camera, error)
            audio = None
        self._session = _Session(stream, form, audio)
        return self._session

    def _take_audio(self, session: _Session, packet: Packet) -> list[Happening]:
        current, ending = self._current, self._ending
        if session.audio is None and session.stream.audio is not None:
            session.heard = session.heard or heard_track(session.stream.audio, packet.data)
        if current is None or session.audio is None:
            return []
        stored = stored_audio(session.audio, packet.data)
        if packet.dts_s >= current.zero_s:
            current.add_audio(packet, stored)
            return self._finish_ending() if ending else []
        if ending is not None and packet.dts_s >= ending.zero_s:
            ending.add_audio(packet, stored)
        return []

    def _take_video(self, session: _Session, form: VideoForm, packet: Packet) -> list[Happening]:
        happenings: list[Happening] = []
        current = self._current
        if current is not None:
            if packet.is_keyframe and self._is_due(session, current, packet):
                happenings = self._cut_at(session, current, packet)
            elif _is_enough(current, packet):
                happenings = self._write_waiting(current, packet.dts_s)
        if self._current is None and packet.is_keyframe:
            self._current = self._open(session, form, packet)
        if self._current is not None:
            self._current.add_video(packet, form.store(packet.data))
        return happenings

    def _is_due(self, session: _Session, current: GrowingSegment, keyframe: Packet) -> bool:
        is_long = keyframe.dts_s - current.zero_s >= self._spec.segment_s
        return is_long or session.needs_init(keyframe)

    def _open(self, session: _Session, form: VideoForm, keyframe: Packet) -> GrowingSegment | None:
        """Begin a segment, or None while the stream has not told what a decoder needs."""
        if session.needs_init(keyframe):
            self._adopt(session, form, keyframe)
        if session.init is None:
            return None
        cut = self._cut  # the end of the last segment is the start of this one
        is_next = cut is not None and cut.dts_s == keyframe.dts_s
        start_time = cut.time if cut and is_next else session.begin_time(keyframe)
        opening = Opening(
            timed_id(start_time, self._draws()),
            self._spec.camera,
            session.name,
            start_time,
            session.init,
        )
        return GrowingSegment(self._spec.root, opening, keyframe.dts_s, self._spec.files)

    def _adopt(self, session: _Session, form: VideoForm, keyframe: Packet) -> None:
        """Take over new parameters; damaged ones leave those that are in use."""
        audio = session.heard or session.audio
        try:
            init = build_init(form.adopt(keyframe.data), audio_entry(audio) if audio else None)
        except MediaError as error:
            if session.init is None:
                self._tell_waiting(session, error)
            return
        if session.init is not None and init.data != session.init.data:
            session.breaks += 1
        session.init, session.audio, session.heard = init, audio, None

    def _tell_waiting(self, session: _Session, error: MediaError) -> None:
        if not session.is_waiting:
            session.is_waiting = True
            logger.warning("camera %s: recording waits: %s", self._spec.camera, error)

    def _cut_at(
        self, session: _Session, current: GrowingSegment, keyframe: Packet
    ) -> list[Happening]:
        happenings = self._finish_ending()
        self._current, self._ending = None, current
        start_time = max(session.begin_time(keyframe), current.opening.start_time)
        self._cut = _Cut(keyframe.dts_s, start_time)
        return happenings if session.audio else happenings + self._finish_ending()

    def _write_waiting(self, segment: GrowingSegment, next_dts_s: float) -> list[Happening]:
        happenings = self._finish_ending()
        if self._current is not segment:  # that failed, and took this one with it
            return happenings
        try:
            self._volume = still_mounted(self._spec.root, self._volume)
            row = segment.write_waiting(next_dts_s)
        except OSError as error:
            return happenings + self._lose(segment, error)
        return happenings + self._tell(row)

    def _finish_ending(self) -> list[Happening]:
        ending, self._ending = self._ending, None
        return self._finish(ending, self._cut) if ending else []

    def _finish_all(self) -> list[Happening]:
        happenings = self._finish_ending()
        current, self._current = self._current, None
        return happenings + (self._finish(current, None) if current else [])

    def _finish(self, segment: GrowingSegment, cut: _Cut | None) -> list[Happening]:
        try:
            self._volume = still_mounted(self._spec.root, self._volume)
            row = segment.finish(cut.dts_s, cut.time) if cut else segment.finish(None, None)
        except OSError as error:
            return self._lose(segment, error)
        return self._tell(row)

    def _tell(self, row: Segment | None) -> list[Happening]:
        if row is None:
            return []
        return [*self._end_gap(row.start_time), SegmentWritten(row)]

    def _lose(self, segment: GrowingSegment, error: OSError) -> list[Happening]:
        """Note that footage is lost from here on; the next keyframe tries again."""
        row = segment.abandon()
        self._current = self._ending = None
        if self._session is not None:
            self._session.breaks += 1
        happenings: list[Happening] = [SegmentWritten(row)] if row else []
        if self._gap is None:
            reason = error.strerror or type(error).__name__
            logger.error("camera %s: cannot write recordings: %s", self._spec.camera, reason)
            start_time = segment.media_end_time
            gap_id = timed_id(start_time, self._draws())
            self._gap = Gap(
                gap_id, self._spec.camera, start_time, None, GapReason.DISK, detail=reason
            )
            happenings.append(GapNoted(self._gap))
        return happenings

    def _end_gap(self, time: float) -> list[Happening]:
        gap, self._gap = self._gap, None
        return [GapNoted(replace(gap, end_time=max(time, gap.start_time)))] if gap else []


def _is_enough(segment: GrowingSegment, packet: Packet) -> bool:
    """Whether what waits is to be written before this packet of the same segment.

    Playing starts where a fragment begins with a keyframe, so one is hidden inside a fragment only
    shortly after another.
    """
    if packet.is_keyframe and not segment.waits_from_keyframe:
        return True
    needed_s = SHORTEST_FRAGMENT_S if packet.is_keyframe else FRAGMENT_S
    return segment.waiting_s(packet.dts_s) >= needed_s
