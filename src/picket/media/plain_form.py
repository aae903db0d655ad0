"""A plain MP4 file seen as one of ours; pure.

The view is `ftyp moov (moof mdat)+` like a recorded segment, so that playlists, clips, stills and
exports need not know who wrote a file. Only the heads are made here; samples stay where they are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from picket.domain.errors import MediaError
from picket.domain.segment import MEDIA_TIMESCALE, Fragment
from picket.domain.stream import MediaKind
from picket.media.codec.entry_codec import describe_entry
from picket.media.codec.sample_entry import SampleEntry
from picket.media.fmp4 import TrackRun, build_fragment
from picket.media.init_segment import AUDIO_TRACK, VIDEO_TRACK, InitSegment, build_init
from picket.media.plain_tables import PlainTrack, read_tracks

FRAGMENT_TICKS = MEDIA_TIMESCALE  # a GOP or a second, whichever is shorter, as the recorder does


@dataclass(frozen=True, slots=True)
class Extent:
    """Bytes of the view that follow each other here and in the file."""

    start: int  # in the view
    size: int
    place: int = 0  # in the file
    made: bytes = b""  # what is in no file


@dataclass(frozen=True, slots=True)
class PlainForm:
    """How a plain file looks as one of ours."""

    init: InitSegment
    fragments: tuple[Fragment, ...]
    extents: tuple[Extent, ...]  # without a hole from byte 0 on

    def read(self, offset: int, size: int, pread: Callable[[int, int], bytes]) -> bytes:
        """Bytes of the view, fewer at its end.

        Args:
            offset: in the view.
            size: wanted.
            pread: pread(size, place) gives bytes of the file.
        """
        end = offset + size
        parts = []
        first = bisect_right(self.extents, offset, key=lambda one: one.start) - 1
        for extent in self.extents[first:]:
            low, high = max(offset - extent.start, 0), min(end - extent.start, extent.size)
            if high <= low:
                break
            made = extent.made
            parts.append(made[low:high] if made else pread(high - low, extent.place + low))
        return b"".join(parts)


def plain_form(moov: bytes) -> PlainForm:
    """The view of a file with this `moov` box, header included.

    Raises: MediaError when the box is damaged, or has no video that can be stored.
    """
    tracks = read_tracks(moov)
    video = next((one for one in tracks if one.kind is MediaKind.VIDEO), None)
    if video is None or not len(video.sizes):
        raise MediaError("there is no video in the file")
    audio = next((one for one in tracks if one.kind is MediaKind.AUDIO), None)
    picture = describe_entry(video.entry)
    if picture is None:
        raise MediaError(f"video of kind {video.entry[4:8]!r} cannot be played")
    sound = describe_entry(audio.entry) if audio is not None else None
    return _lay_out(video, audio if sound else None, picture, sound)


def _lay_out(
    video: PlainTrack, audio: PlainTrack | None, picture: SampleEntry, sound: SampleEntry | None
) -> PlainForm:
    init = build_init(picture, sound)
    extents = _Extents()
    extents.make(init.data)
    cuts = _cut(video)
    sounds = _share_out(video, audio, cuts)
    fragments = []
    for number, (first, last) in enumerate(pairwise(cuts)):
        start, parts = extents.end, [(VIDEO_TRACK, video, first, last)]
        if audio is not None and sounds[number] < sounds[number + 1]:
            parts.append((AUDIO_TRACK, audio, sounds[number], sounds[number + 1]))
        runs = [_run(*part, video.shift) for part in parts]
        extents.make(build_fragment(number + 1, runs, []))
        for _, track, low, high in parts:
            extents.lend(track, low, high)
        is_keyframe = bool(video.syncs[first])
        size, run = extents.end - start, runs[0]
        fragments.append(Fragment(start, size, run.decode_time, run.duration, is_keyframe))
    return PlainForm(init, tuple(fragments), tuple(extents.found))


class _Extents:
    """The view while it grows."""

    def __init__(self) -> None:
        self.found: list[Extent] = []
        self.end = 0

    def make(self, data: bytes) -> None:
        """Append bytes that are in no file."""
        self._add(Extent(self.end, len(data), made=data))

    def lend(self, track: PlainTrack, first: int, last: int) -> None:
        """Append samples first..last-1; neighbours in the file are one extent."""
        places, sizes = track.places[first:last], track.sizes[first:last]
        ends = places + sizes
        breaks = (np.flatnonzero(places[1:] != ends[:-1]) + 1).tolist()
        for low, high in pairwise([0, *breaks, last - first]):
            place = int(places[low])
            self._add(Extent(self.end, int(ends[high - 1]) - place, place))

    def _add(self, extent: Extent) -> None:
        self.found.append(extent)
        self.end += extent.size


def _cut(video: PlainTrack) -> list[int]:
    """Numbers of the samples that begin a fragment, and one past the last sample."""
    times, syncs = video.times.tolist(), video.syncs.tolist()
    cuts = [0]
    for number in range(1, len(syncs)):
        if syncs[number] or times[number] - times[cuts[-1]] >= FRAGMENT_TICKS:
            cuts.append(number)
    return [*cuts, len(syncs)]


def _share_out(video: PlainTrack, audio: PlainTrack | None, cuts: list[int]) -> list[int]:
    """Which sound belongs to which fragment: numbers of samples at its borders.

    Sound from before the first picture or after the last one is left out, as the recorder does.
    """
    if audio is None:
        return []
    times = audio.times[:-1] + (audio.shift - video.shift)
    borders: list[int] = np.searchsorted(times, video.times[cuts]).tolist()
    return borders


def _run(number: int, track: PlainTrack, first: int, last: int, picture_shift: int) -> TrackRun:
    """Samples first..last-1, by the clock that begins with the first picture's decoding."""
    offsets, syncs = track.composition_offsets[first:last], track.syncs[first:last]
    return TrackRun(
        number,
        int(track.times[first]) + track.shift - picture_shift,
        tuple(track.sizes[first:last].tolist()),
        tuple(np.diff(track.times[first : last + 1]).tolist()),
        tuple(offsets.tolist()) if offsets.any() else (),
        () if syncs.all() else tuple(syncs.tolist()),
    )
