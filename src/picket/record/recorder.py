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
from picket.media.codec.sample_entry import SampleEntry, audio_entry
from picket.media.init_segment import InitSegment, build_init
from picket.record.files import FILES, Files
from picket.record.growing import GrowingSegment, Opening
from picket.record.stored_form import VideoForm, stored_audio, video_form

logger = logging.getLogger(__name__)

FRAGMENT_S = 1.0

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
    audio_entry: SampleEntry | None
    init: InitSegment | None = None
    is_waiting: bool = False  # the stream has not told enough, and the user knows
    breaks: int = 0  # how often footage inside the session does not join what was before

    @property
    def name(self) -> str:
        """Segments with equal names join without a hole and share their init segment."""
        return f"{self.stream.session}.{self.breaks}" if self.breaks else self.stream.session


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
        form, entry, audio, self._cut = None, None, stream.audio, None
        try:
            form = video_form(stream.video)
            entry = audio_entry(audio) if audio else None
        except MediaError as error:
            logger.error("camera %s: not recorded: %s", self._spec.camera, error)  # noqa: TRY400
        if audio and entry is None:
            logger.warning(
                "camera %s: sound of codec %s is left out of recordings: MP4 does not hold it,"
                " set the camera to AAC",
                self._spec.camera,
                audio.codec,
            )
            audio = None
        self._session = _Session(stream, form, audio, entry)
        return self._session

    def _take_audio(self, session: _Session, packet: Packet) -> list[Happening]:
        current, ending = self._current, self._ending
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
            if packet.is_keyframe and self._is_due(current, form, packet):
                happenings = self._cut_at(session, current, packet)
            elif packet.is_keyframe or current.waiting_s(packet.dts_s) >= FRAGMENT_S:
                happenings = self._write_waiting(current, packet.dts_s)
        if self._current is None and packet.is_keyframe:
            self._current = self._open(session, form, packet)
        if self._current is not None:
            self._current.add_video(packet, form.store(packet.data))
        return happenings

    def _is_due(self, current: GrowingSegment, form: VideoForm, keyframe: Packet) -> bool:
        is_long = keyframe.dts_s - current.zero_s >= self._spec.segment_s
        return is_long or form.changes(keyframe.data)

    def _open(self, session: _Session, form: VideoForm, keyframe: Packet) -> GrowingSegment | None:
        """Begin a segment, or None while the stream has not told what a decoder needs."""
        if session.init is None or form.changes(keyframe.data):
            try:
                init = build_init(form.adopt(keyframe.data), session.audio_entry)
            except MediaError as error:
                self._tell_waiting(session, error)
                return None
            if session.init is not None and init.data != session.init.data:
                session.breaks += 1
            session.init = init
        cut = self._cut  # the end of the last segment is the start of this one
        start_time = cut.time if cut and cut.dts_s == keyframe.dts_s else keyframe.wall_time
        opening = Opening(
            timed_id(start_time, self._draws()),
            self._spec.camera,
            session.name,
            start_time,
            session.init,
        )
        return GrowingSegment(self._spec.root, opening, keyframe.dts_s, self._spec.files)

    def _tell_waiting(self, session: _Session, error: MediaError) -> None:
        if not session.is_waiting:
            session.is_waiting = True
            logger.warning("camera %s: recording waits: %s", self._spec.camera, error)

    def _cut_at(
        self, session: _Session, current: GrowingSegment, keyframe: Packet
    ) -> list[Happening]:
        happenings = self._finish_ending()
        self._current, self._ending = None, current
        start_time = max(keyframe.wall_time, current.opening.start_time)
        self._cut = _Cut(keyframe.dts_s, start_time)
        return happenings if session.audio else happenings + self._finish_ending()

    def _write_waiting(self, segment: GrowingSegment, next_dts_s: float) -> list[Happening]:
        happenings = self._finish_ending()
        if self._current is not segment:  # that failed, and took this one with it
            return happenings
        try:
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
