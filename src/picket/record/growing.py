"""A segment while it is recorded: its waiting samples, its file and its row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from picket.domain.segment import MEDIA_TIMESCALE, Fragment, Segment
from picket.domain.stream import Packet
from picket.media.init_segment import AUDIO_TRACK, VIDEO_TRACK, InitSegment
from picket.record.files import FILES, Files
from picket.record.identity import Identity
from picket.record.pending import PendingTrack, Run
from picket.record.writer import SegmentWriter

USUAL_VIDEO_TICKS = MEDIA_TIMESCALE // 25
USUAL_AUDIO_TICKS = MEDIA_TIMESCALE // 50


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known of a segment when its first keyframe arrives."""

    id: str
    camera: str
    session: str
    start_time: float  # Unix seconds
    init: InitSegment


class GrowingSegment:
    """Takes samples, writes fragments; the file is created with the first of them."""

    def __init__(self, root: Path, opening: Opening, zero_s: float, files: Files = FILES) -> None:
        self.zero_s = zero_s
        self.video = PendingTrack(VIDEO_TRACK, zero_s, USUAL_VIDEO_TICKS)
        self.audio = PendingTrack(AUDIO_TRACK, zero_s, USUAL_AUDIO_TICKS)
        self.opening = opening
        self._root = root
        self._files = files
        self._writer: SegmentWriter | None = None
        self._fragments: tuple[Fragment, ...] = ()

    @property
    def media_end_time(self) -> float:
        """Unix seconds up to which footage is on the disk."""
        return self.opening.start_time + self._written_ticks / MEDIA_TIMESCALE

    @property
    def _written_ticks(self) -> int:
        last = self._fragments[-1] if self._fragments else None
        return last.start_ticks + last.duration_ticks if last else 0

    @property
    def waits_from_keyframe(self) -> bool:
        """Whether the next fragment will begin with a keyframe."""
        return self.video.syncs[:1] == [True]

    def waiting_s(self, dts_s: float) -> float:
        """Seconds of video that would wait if they were not written at this decode time."""
        return dts_s - self.zero_s - self.video.first_time / MEDIA_TIMESCALE

    def add_video(self, packet: Packet, stored: bytes) -> None:
        """Take a video sample in stored form."""
        self.video.add(stored, packet.dts_s, packet.pts_s, is_sync=packet.is_keyframe)

    def add_audio(self, packet: Packet, stored: bytes) -> None:
        """Take an audio sample that is not older than the segment."""
        self.audio.add(stored, packet.dts_s, packet.dts_s, is_sync=True)

    def write_waiting(self, next_dts_s: float) -> Segment | None:
        """Write a fragment of what waits before the video packet of this decode time.

        Raises: OSError.
        """
        video = self.video.take_all(self._ticks(next_dts_s))
        return self._write(video, self.audio.take_finished()) if video else None

    def finish(self, end_dts_s: float | None, end_time: float | None) -> Segment | None:
        """Write the rest and close the file; the closed row, or None when there was nothing.

        Args:
            end_dts_s: decode time of the keyframe that begins the next segment, None without one.
            end_time: Unix seconds of the same, None: as long as the samples last.

        Raises: OSError.
        """
        end = None if end_dts_s is None else self._ticks(end_dts_s)
        video = self.video.take_all(end)
        if video:
            self._write(video, self.audio.take_all(None))
        return self._close(end_time)

    def abandon(self) -> Segment | None:
        """Give up what waits after a failure; the row of what is on the disk, if anything is."""
        try:
            return self._close(None)
        except OSError:
            return self._row(None, is_closed=True)

    def _ticks(self, dts_s: float) -> int:
        return round((dts_s - self.zero_s) * MEDIA_TIMESCALE)

    def _write(self, video: Run, audio: Run | None) -> Segment | None:
        if self._writer is None:
            self._writer = SegmentWriter(
                self._root, self._identity(), self.opening.init, self._files
            )
        runs = [video, audio] if audio else [video]
        fragment = self._writer.append([run.table for run in runs], [run.payloads for run in runs])
        self._fragments += (fragment,)
        return self._row(None, is_closed=False)

    def _close(self, end_time: float | None) -> Segment | None:
        if self._writer is not None:
            self._writer.close()
        return self._row(end_time, is_closed=True)

    def _row(self, end_time: float | None, *, is_closed: bool) -> Segment | None:
        writer, opening = self._writer, self.opening
        if writer is None or not self._fragments:
            return None
        return Segment(
            id=opening.id,
            camera=opening.camera,
            session=opening.session,
            path=writer.path,
            start_time=opening.start_time,
            end_time=self.media_end_time if end_time is None else end_time,
            size_bytes=writer.size_bytes,
            is_closed=is_closed,
            codecs=opening.init.codecs,
            width=opening.init.width,
            height=opening.init.height,
            init_size=writer.init_size,
            fragments=self._fragments,
        )

    def _identity(self) -> Identity:
        opening = self.opening
        return Identity(
            opening.id,
            opening.camera,
            opening.session,
            opening.start_time,
            opening.init.codecs,
            opening.init.width,
            opening.init.height,
        )
