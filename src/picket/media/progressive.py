"""Clips without a file: one MP4 computed from fragments, whose bytes stay where they were recorded.

The header is `ftyp moov` and the head of `mdat`; what follows are the bodies of the fragments, read
from the segment files when somebody asks for that part. Gaps between segments are left out, so a
clip lasts as long as what was recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from picket.domain.errors import MediaError, NotFound
from picket.domain.segment import MEDIA_TIMESCALE, Fragment, Segment
from picket.domain.stream import MediaKind
from picket.media.boxes import box, large_box_header, read_box_header
from picket.media.fmp4 import FragmentTable, TrackRun, read_fragment
from picket.media.init_segment import AUDIO_TRACK, VIDEO_TRACK, StoredTrack, read_init
from picket.media.moov import MovieTrack, build_moov
from picket.media.sample_tables import SampleTable, edit_list

Read = Callable[[str, int, int], bytes]
"""read(path, offset, size): bytes of a file below the recordings folder; fewer at its end."""

PIECE_BYTES = 1 << 18
_MOOF_GUESS_BYTES = 2048
_LARGEST_SMALL_OFFSET = 0xFFFF_FFFF
_MDAT_HEADER_BYTES = 16
_FTYP = box(b"ftyp", b"isom", (512).to_bytes(4, "big"), b"isom", b"iso2", b"mp41")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a recorded file."""

    path: str  # below the recordings folder
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class VirtualFile:
    """A file that exists only as a header and a list of pieces."""

    header: bytes
    pieces: tuple[Piece, ...]
    duration_s: float

    @property
    def size(self) -> int:
        """Bytes of the whole."""
        return len(self.header) + sum(piece.size for piece in self.pieces)

    def read_range(self, start: int, end: int, read: Read) -> Iterator[bytes]:
        """The bytes start..end-1 in parts of at most 256 KiB.

        Raises: NotFound when a recorded file became shorter or vanished meanwhile.
        """
        for part in range(start, min(end, len(self.header)), PIECE_BYTES):
            yield self.header[part : min(part + PIECE_BYTES, end)]
        at = len(self.header)
        for piece in self.pieces:
            first, last = max(start - at, 0), min(end - at, piece.size)
            for part in range(first, last, PIECE_BYTES):
                size = min(PIECE_BYTES, last - part)
                data = read(piece.path, piece.offset + part, size)
                if len(data) != size:
                    raise NotFound("a recording was deleted while it was read")
                yield data
            at += piece.size
            if at >= end:
                return


def plan_clip(
    segments: Sequence[Segment], start_time: float, end_time: float, read: Read
) -> VirtualFile:
    """The clip of a time range, from the keyframe at or before its start to its end's fragment.

    Args:
        segments: of one camera, oldest first.
        start_time: Unix seconds.
        end_time: Unix seconds.
        read: used for the init segments and the `moof` boxes only.

    Raises:
        NotFound: nothing was recorded in the range.
        MediaError: a file is not what the index says.
    """
    return _plan(_Builder(read), segments, start_time, end_time)


def plan_keyframes(
    segments: Sequence[Segment], start_time: float, end_time: float, read: Read
) -> VirtualFile:
    """The same range with nothing but its keyframes, each shown until the next; no sound.

    Args and Raises: as of `plan_clip`.
    """
    return _plan(_KeyframeBuilder(read), segments, start_time, end_time)


def _plan(
    builder: _Builder, segments: Sequence[Segment], start_time: float, end_time: float
) -> VirtualFile:
    for segment in segments:
        chosen = choose_fragments(segment, start_time, end_time)
        if chosen:
            builder.add(segment, chosen)
    if not builder.pieces:
        raise NotFound("No recordings found.")
    return builder.build()


def choose_fragments(segment: Segment, start_time: float, end_time: float) -> list[Fragment]:
    """The fragments that a range needs: whole ones, the first of them with a keyframe."""
    start = (start_time - segment.start_time) * MEDIA_TIMESCALE
    end = (end_time - segment.start_time) * MEDIA_TIMESCALE
    first = 0
    for number, fragment in enumerate(segment.fragments):
        if fragment.is_keyframe and fragment.start_ticks <= start:
            first = number
    chosen = [f for f in segment.fragments[first:] if f.start_ticks < end]
    last = chosen[-1] if chosen else None
    is_before = last is not None and last.start_ticks + last.duration_ticks <= start
    return [] if is_before else chosen


@dataclass(slots=True)
class _Track:
    """One track of the clip while it grows."""

    entries: list[bytes] = field(default_factory=list)
    table: SampleTable = field(default_factory=SampleTable)
    width: int = 0
    height: int = 0

    def entry_number(self, stored: StoredTrack) -> int:
        """The number of a sample entry, from 1; it is added when it is new."""
        self.width = max(self.width, stored.width)
        self.height = max(self.height, stored.height)
        if stored.entry not in self.entries:
            self.entries.append(stored.entry)
        return self.entries.index(stored.entry) + 1

    def add(self, run: TrackRun, entry: int, shift: int, body_offset: int) -> None:
        """Take a run whose decode times are moved by `shift`."""
        table, count = self.table, len(run.sizes)
        time = run.decode_time + shift
        table.times.extend(accumulate(run.durations[:-1], initial=time))
        table.end = time + run.duration
        table.composition_offsets.extend(run.composition_offsets or (0,) * count)
        table.sizes.extend(run.sizes)
        table.syncs.extend(run.syncs or (True,) * count)
        table.chunk_samples.append(count)
        table.chunk_entries.append(entry)
        table.chunk_offsets.append(body_offset)


class _Builder:
    """Collects fragments; the clip's time begins with its first video sample."""

    def __init__(self, read: Read) -> None:
        self.pieces: list[Piece] = []
        self._read = read
        self._tracks = {VIDEO_TRACK: _Track(), AUDIO_TRACK: _Track()}
        self._inits: dict[str, dict[int, StoredTrack]] = {}
        self._body_size = 0
        self._ticks = 0  # of video so far

    def add(self, segment: Segment, fragments: Sequence[Fragment]) -> None:
        """Append fragments that follow each other in one file."""
        stored = self._init_of(segment)
        numbers = {track: self._tracks[track].entry_number(one) for track, one in stored.items()}
        shift = self._ticks - fragments[0].start_ticks
        for fragment in fragments:
            table = self._table_of(segment, fragment)
            if table is None:
                continue
            at = self._body_size
            for run in table.runs:
                self._tracks[run.track_id].add(run, numbers[run.track_id], shift, at)
                at += run.size
            size = at - self._body_size
            self.pieces.append(Piece(segment.path, fragment.offset + table.body_offset, size))
            self._body_size = at
        self._ticks = shift + fragments[-1].start_ticks + fragments[-1].duration_ticks

    def build(self) -> VirtualFile:
        """The clip; `moov` is laid out twice, because its offsets depend on its own size."""
        present = {n: track.table for n, track in self._tracks.items() if track.table.sizes}
        movies = {n: self._movie_track(n, self._tracks[n]) for n in present}
        chunks = sum(len(table.chunk_offsets) for table in present.values())
        fixed_size = sum(len(movie.tables) + 1000 for movie in movies.values())
        is_large = fixed_size + 4 * chunks + self._body_size > _LARGEST_SMALL_OFFSET

        def head(body_start: int) -> bytes:
            moov = build_moov(
                [
                    replace(
                        movie,
                        tables=movie.tables + present[n].offset_box(body_start, is_large=is_large),
                    )
                    for n, movie in movies.items()
                ],
                is_fragmented=False,
            )
            return _FTYP + moov + large_box_header(b"mdat", _MDAT_HEADER_BYTES + self._body_size)

        header = head(len(head(0)))
        return VirtualFile(header, tuple(self.pieces), self._ticks / MEDIA_TIMESCALE)

    def _table_of(self, segment: Segment, fragment: Fragment) -> FragmentTable | None:
        """The samples that are taken of a fragment; None for nothing of it."""
        return read_table(segment, fragment, self._read)

    def _movie_track(self, number: int, track: _Track) -> MovieTrack:
        """Everything but the chunk offsets."""
        table = track.table
        durations = table.durations()
        total = int(durations.sum())
        length = max(total + min(table.start, 0), 0)  # sound before the first picture is skipped
        return MovieTrack(
            number,
            MediaKind.VIDEO if number == VIDEO_TRACK else MediaKind.AUDIO,
            tuple(track.entries),
            track.width,
            track.height,
            media_duration=total,
            duration=length + max(table.start, 0),
            edit=edit_list(-table.start, length) if table.start else b"",
            tables=table.boxes(durations),
        )

    def _init_of(self, segment: Segment) -> dict[int, StoredTrack]:
        if segment.session not in self._inits:
            data = self._read(segment.path, 0, segment.init_size)
            self._inits[segment.session] = read_init(data)
        return self._inits[segment.session]


class _KeyframeBuilder(_Builder):
    """Takes the first picture of every fragment that begins with a keyframe."""

    def _table_of(self, segment: Segment, fragment: Fragment) -> FragmentTable | None:
        if not fragment.is_keyframe:
            return None
        return first_picture(read_table(segment, fragment, self._read))


def first_picture(table: FragmentTable) -> FragmentTable:
    """The table without all but its first video sample, which lasts as long as all of them."""
    offset = table.body_offset
    for run in table.runs:
        if run.track_id == VIDEO_TRACK:
            one = replace(
                run,
                sizes=run.sizes[:1],
                durations=(run.duration,),
                composition_offsets=run.composition_offsets[:1],
                syncs=run.syncs[:1],
            )
            return FragmentTable(offset, (one,))
        offset += run.size
    raise MediaError("a fragment has no picture")


def read_table(segment: Segment, fragment: Fragment, read: Read) -> FragmentTable:
    """A fragment's sample table. Raises: MediaError when the file is not what was indexed."""
    size = min(_MOOF_GUESS_BYTES, fragment.size)
    data = read(segment.path, fragment.offset, size)
    moof = read_box_header(data, 0)
    if moof and size < moof.end <= fragment.size:
        data = read(segment.path, fragment.offset, moof.end)
    return read_fragment(data)
