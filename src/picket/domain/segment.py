"""Recorded footage: segments, their fragments, and the gaps between them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from picket.domain.timespan import TimeSpan

MEDIA_TIMESCALE = 90_000
"""Ticks per second of every video track we write, and of fragment times in the index."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """One `moof` + `mdat` of a segment file."""

    offset: int  # bytes from the start of the file
    size: int  # bytes, moof and mdat together
    start_ticks: int  # decode time of its first video sample, 1/90000 s from the segment's start
    duration_ticks: int  # of its video samples
    is_keyframe: bool  # starts with a keyframe


@dataclass(frozen=True, slots=True)
class Segment:
    """One file of about ten seconds."""

    id: str  # "<start time>-<six of a-z0-9>"
    camera: str
    session: str  # one connection of one recorder; segments of a session follow without a hole
    path: str  # below the recordings folder, "YYYY-MM-DD/HH/<camera>/MM.SS.mp4" in UTC
    start_time: float  # Unix seconds of the first video sample
    end_time: float  # Unix seconds where the next segment begins; grows while it is open
    size_bytes: int
    is_closed: bool
    codecs: str  # RFC 6381, such as "avc1.64001E,mp4a.40.2"
    width: int
    height: int
    init_size: int  # bytes of ftyp + moov at the start of the file
    fragments: tuple[Fragment, ...] = ()
    motion: int | None = None  # px^2 of motion boxes, summed over frames; None: not analysed
    objects: int | None = None  # moving true positives summed over analysed frames
    dbfs: int | None = None  # mean loudness, None without audio detection

    @property
    def span(self) -> TimeSpan:
        """When it was filmed."""
        return TimeSpan(self.start_time, self.end_time)

    @property
    def duration_s(self) -> float:
        """Seconds of media."""
        return sum(f.duration_ticks for f in self.fragments) / MEDIA_TIMESCALE


class SegmentOutline(NamedTuple):
    """What a playlist tells of a segment: its fragments counted and summed up.

    A tuple, because a day has nine thousand of them and a dataclass takes four times as long.
    """

    id: str
    session: str
    start_time: float  # Unix seconds
    end_time: float
    codecs: str
    width: int
    height: int
    path: str  # below the recordings folder
    init_size: int  # bytes
    fragments: int
    media_ticks: int  # of the fragments, 1/90000 s
    media_bytes: int  # of the fragments

    @property
    def duration_s(self) -> float:
        """Seconds of media."""
        return self.media_ticks / MEDIA_TIMESCALE


class GapReason(StrEnum):
    """Why footage is missing."""

    CAMERA_OFFLINE = "camera_offline"
    STALLED = "stalled"
    RESTART = "restart"
    DISK = "disk"
    OVERLOAD = "overload"
    CLOCK = "clock_step"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Gap:
    """A span in which a camera that should have been recorded was not."""

    id: str
    camera: str
    start_time: float
    end_time: float | None  # None while it lasts
    reason: GapReason
    detail: str = ""  # for the user; credentials masked
