"""From packets as demuxed to samples as MP4 stores them, and when that changes mid-stream."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from picket.domain.stream import TrackInfo
from picket.media.codec.adts import read_adts
from picket.media.codec.nal import (
    ParameterSets,
    collect_parameter_sets,
    is_annex_b,
    join_lengths,
    length_size,
    read_extradata,
    split_annex_b,
    split_lengths,
)
from picket.media.codec.sample_entry import (
    SampleEntry,
    h264_entry,
    hevc_entry,
    other_video_entry,
)


class VideoForm(Protocol):
    """How one video track of one session is stored."""

    def changes(self, keyframe: bytes) -> bool:
        """Whether a keyframe brings parameters that the present sample entry lacks."""

    def adopt(self, keyframe: bytes) -> SampleEntry:
        """The sample entry from this keyframe on.

        Raises: MediaError when the stream has not told enough yet, or what it told is damaged.
        """

    def store(self, data: bytes) -> bytes:
        """The sample of a packet."""


def video_form(track: TrackInfo) -> VideoForm:
    """The form for a track.

    Raises: MediaError when its configuration record is damaged.
    """
    return NalForm(track) if track.codec in {"h264", "hevc"} else PlainForm(track)


class NalForm:
    """H.264 and H.265: NAL units behind four-byte lengths, parameter sets in the sample entry."""

    def __init__(self, track: TrackInfo) -> None:
        self._codec = track.codec
        self._sets = read_extradata(track.extradata, track.codec)
        self._known: frozenset[bytes] = frozenset()
        self._longest = 0  # bytes of the longest of them
        self._length_size = (
            0 if is_annex_b(track.extradata) else length_size(track.extradata, track.codec)
        )

    def changes(self, keyframe: bytes) -> bool:
        """Whether it carries a parameter set that is not in the sample entry."""
        return not self._in_band(keyframe).units <= self._known

    def adopt(self, keyframe: bytes) -> SampleEntry:
        """In-band parameter sets win over what the session began with, unless they are damaged."""
        sets = self._sets.updated(self._in_band(keyframe))
        entry = h264_entry(sets) if self._codec == "h264" else hevc_entry(sets)
        self._sets, self._known = sets, sets.units
        self._longest = max(map(len, self._known), default=0)
        return entry

    def store(self, data: bytes) -> bytes:
        """Parameter sets that the sample entry holds are left out, as `avc1` and `hvc1` want."""
        if self._length_size == 4:
            return data
        known, longest = self._known, self._longest
        units = self._split(data)
        # The length goes first: looking a picture up means hashing all of it.
        return join_lengths([unit for unit in units if len(unit) > longest or unit not in known])

    def _in_band(self, keyframe: bytes) -> ParameterSets:
        return collect_parameter_sets(self._split(keyframe), self._codec)

    def _split(self, data: bytes) -> list[bytes]:
        return split_lengths(data, self._length_size) if self._length_size else split_annex_b(data)


class PlainForm:
    """Codecs whose packets are stored as they come."""

    def __init__(self, track: TrackInfo) -> None:
        self._track = track

    def changes(self, keyframe: bytes) -> bool:  # noqa: ARG002
        """Never: a change of size comes as a new session."""
        return False

    def adopt(self, keyframe: bytes) -> SampleEntry:  # noqa: ARG002
        """What the session began with."""
        return other_video_entry(self._track)

    def store(self, data: bytes) -> bytes:
        """The packet itself."""
        return data


def stored_audio(track: TrackInfo, data: bytes) -> bytes:
    """An audio sample; AAC from a transport stream loses its ADTS header."""
    if track.codec != "aac" or track.extradata:
        return data
    header = read_adts(data)
    return data[header.size :] if header else data


def heard_track(track: TrackInfo, data: bytes) -> TrackInfo | None:
    """The track of an AAC sound whose rate was unknown until its first packet came."""
    if track.codec != "aac" or track.sample_rate:
        return None
    header = read_adts(data)
    if header is None or not header.channels:
        return None
    return replace(track, sample_rate=header.sample_rate, channels=header.channels)
