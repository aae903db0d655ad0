"""A plain MP4 file seen as one of ours; pure.

The view is `ftyp moov (moof mdat)+` like a recorded segment, so that playlists, clips, stills and
exports need not know who wrote a file. Only the heads are made here; samples stay where they are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from picket.domain.errors import MediaError
from picket.domain.segment import MEDIA_TIMESCALE, Fragment
from picket.domain.stream import MediaKind
from picket.media.codec.entry_codec import describe_entry
from picket.media.codec.sample_entry import SampleEntry
from picket.media.fmp4 import TrackRun, build_fragment, head_size
from picket.media.init_segment import AUDIO_TRACK, VIDEO_TRACK, InitSegment, build_init
from picket.media.plain_tables import PlainTrack, read_tracks

FRAGMENT_TICKS = MEDIA_TIMESCALE  # a GOP or a second, whichever is shorter, as the recorder does


Pread = Callable[[int, int], bytes]
"""pread(size, place): bytes of the file."""


@dataclass(frozen=True, slots=True)
class Samples:
    """Samples first..last-1 of a track, in one fragment."""

    track: PlainTrack
    run: TrackRun
    first: int
    last: int

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Place in the file and size of their bytes; neighbours are one piece."""
        places = self.track.places[self.first : self.last]
        ends = places + self.track.sizes[self.first : self.last]
        is_break = places[1:] != ends[:-1]
        firsts = np.concatenate((places[:1], places[1:][is_break]))
        lasts = np.concatenate((ends[:-1][is_break], ends[-1:]))
        return zip(firsts.tolist(), (lasts - firsts).tolist(), strict=True)


@dataclass(frozen=True)
class Part:
    """One fragment of the view; its head is made when somebody reads it."""

    number: int
    fragment: Fragment
    samples: tuple[Samples, ...]

    @cached_property
    def head(self) -> bytes:
        """`moof` and the head of `mdat`."""
        return build_fragment(self.number, [one.run for one in self.samples], [])

    @cached_property
    def pieces(self) -> list[tuple[int, int]]:
        """Place in the file and size of what follows the head, in order."""
        return [piece for one in self.samples for piece in one.pieces()]

    def read(self, start: int, end: int, pread: Pread) -> bytes:
        """The bytes start..end-1 of the fragment, counted from its own start."""
        found, at = [self.head[max(start, 0) : max(end, 0)]], len(self.head)
        for place, size in self.pieces if end > at else ():
            low, high = max(start - at, 0), min(end - at, size)
            if low < high:
                found.append(pread(high - low, place + low))
            at += size
        return b"".join(found)


@dataclass(frozen=True, slots=True)
class PlainForm:
    """How a plain file looks as one of ours."""

    init: InitSegment
    parts: tuple[Part, ...]
    file_end: int  # one past the last byte of the file that belongs to a sample

    @property
    def fragments(self) -> tuple[Fragment, ...]:
        """As the index keeps them."""
        return tuple(part.fragment for part in self.parts)

    def read(self, offset: int, size: int, pread: Pread) -> bytes:
        """Bytes of the view, fewer at its end."""
        end = offset + size
        found = [self.init.data[offset:end]]
        first = bisect_right(self.parts, offset, key=lambda part: part.fragment.offset) - 1
        for part in self.parts[max(first, 0) :]:
            if part.fragment.offset >= end:
                break
            found.append(
                part.read(offset - part.fragment.offset, end - part.fragment.offset, pread)
            )
        return b"".join(found)


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
    cuts = _cut(video)
    sounds = _share_out(video, audio, cuts)
    parts, at = [], len(init.data)
    for number, (first, last) in enumerate(pairwise(cuts)):
        samples = [_samples(VIDEO_TRACK, video, first, last, video.shift)]
        if audio is not None and sounds[number] < sounds[number + 1]:
            low, high = sounds[number : number + 2]
            samples.append(_samples(AUDIO_TRACK, audio, low, high, video.shift))
        runs = [one.run for one in samples]
        size = head_size(runs) + sum(run.size for run in runs)
        times = runs[0].decode_time, runs[0].duration
        fragment = Fragment(at, size, *times, bool(video.syncs[first]))
        parts.append(Part(number + 1, fragment, tuple(samples)))
        at += size
    tracks = [video] if audio is None else [video, audio]
    return PlainForm(init, tuple(parts), max(_file_end(track) for track in tracks))


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


def _samples(number: int, track: PlainTrack, first: int, last: int, picture_shift: int) -> Samples:
    """Samples first..last-1, by the clock that begins with the first picture's decoding."""
    offsets, syncs = track.composition_offsets[first:last], track.syncs[first:last]
    run = TrackRun(
        number,
        int(track.times[first]) + track.shift - picture_shift,
        tuple(track.sizes[first:last].tolist()),
        tuple(np.diff(track.times[first : last + 1]).tolist()),
        tuple(offsets.tolist()) if offsets.any() else (),
        () if syncs.all() else tuple(syncs.tolist()),
    )
    return Samples(track, run, first, last)


def _file_end(track: PlainTrack) -> int:
    return int((track.places + track.sizes).max(initial=0))
