"""HLS playlists over recorded segments; pure.

The names say everything that a later request needs, so that no state is kept between a playlist and
its media: `seg-<ticks>-<fragments>-<segment id>-v1.m4s` is the first so many fragments of a
segment, moved by so many 1/90000 s.

Source: RFC 8216 (HTTP Live Streaming), clauses 3.3 and 4.3.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from picket.domain.segment import MEDIA_TIMESCALE, SegmentOutline

VARIANT_NAME = "index-v1.m3u8"
CLOCK_TOLERANCE_S = 0.02
"""Less than a frame: what a player's idea of the time may be wrong by before it is told anew."""
_ID = r"[0-9]+\.[0-9]+-[a-z0-9]{6}"
_INIT = re.compile(rf"init-v1-({_ID})\.mp4")
_MEDIA = re.compile(rf"seg-([0-9]{{1,18}})-([0-9]{{1,6}})-({_ID})-v1\.m4s")


@dataclass(frozen=True, slots=True)
class InitName:
    """The init segment of a recorded segment."""

    segment_id: str

    def __str__(self) -> str:
        return f"init-v1-{self.segment_id}.mp4"


@dataclass(frozen=True, slots=True)
class MediaName:
    """The first fragments of a recorded segment, moved in time."""

    base_ticks: int  # added to every decode time
    fragments: int
    segment_id: str

    def __str__(self) -> str:
        return media_name(self.base_ticks, self.fragments, self.segment_id)


def media_name(base_ticks: int, fragments: int, segment_id: str) -> str:
    """The text of a `MediaName`."""
    return f"seg-{base_ticks}-{fragments}-{segment_id}-v1.m4s"


def read_name(name: str) -> InitName | MediaName | None:
    """What a file name in a playlist of ours means; None for any other name."""
    if found := _INIT.fullmatch(name):
        return InitName(found[1])
    if found := _MEDIA.fullmatch(name):
        return MediaName(int(found[1]), int(found[2]), found[3])
    return None


def master_playlist(
    segments: Sequence[SegmentOutline], frame_rate: float | None, query: str
) -> str:
    """The playlist that names the one variant.

    Args:
        segments: at least one; its largest picture and rate are told.
        frame_rate: pictures a second, None when unknown.
        query: the request's query string, without "?"; players must repeat it.
    """
    largest = max(segments, key=lambda s: s.width * s.height)
    rates = [s.media_bytes * 8 / s.duration_s for s in segments if s.media_ticks > 0]
    total_s = sum(s.duration_s for s in segments)
    average = sum(s.media_bytes for s in segments) * 8 / total_s if total_s else 1.0
    fields = [
        f"BANDWIDTH={math.ceil(max(rates, default=1.0))}",
        f"AVERAGE-BANDWIDTH={math.ceil(average)}",
        f"RESOLUTION={largest.width}x{largest.height}",
        *([f"FRAME-RATE={frame_rate:.3f}"] if frame_rate else []),
        f'CODECS="{largest.codecs}"',
    ]
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:6",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        f"#EXT-X-STREAM-INF:{','.join(fields)}",
        _uri(VARIANT_NAME, query),
    ]
    return "\n".join(lines) + "\n"


def run_starts(segments: Sequence[SegmentOutline]) -> list[SegmentOutline]:
    """Segments that do not play on from the one before: the first, and each after a gap."""
    pairs = pairwise(segments)
    return [*segments[:1], *(after for before, after in pairs if not _continues(before, after))]


def media_playlist(
    segments: Sequence[SegmentOutline], query: str, heads: Mapping[str, bytes]
) -> str:
    """A finished playlist with one entry per recorded segment; gaps are joined.

    All timestamps follow on, so a gap breaks nothing for a player. A discontinuity is told only
    where the init segment changes too: some players (VLC 3) end at one in fragmented MP4.
    The time of day is told after a gap, and where a camera's clock went otherwise than ours.

    Args:
        segments: of one camera, oldest first, each with at least one fragment.
        query: as for the master playlist.
        heads: init segments by segment id, of all `run_starts`; empty where unknown.
    """
    longest_ticks = max((segment.media_ticks for segment in segments), default=MEDIA_TIMESCALE)
    lines = [
        "#EXTM3U",
        f"#EXT-X-TARGETDURATION:{math.ceil(longest_ticks / MEDIA_TIMESCALE)}",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-VERSION:6",
        "#EXT-X-MEDIA-SEQUENCE:1",
        "#EXT-X-INDEPENDENT-SEGMENTS",
    ]
    starts = {segment.id for segment in run_starts(segments)}
    base_ticks, head, told_time = 0, b"", 0.0
    for number, segment in enumerate(segments):
        if segment.id in starts and (not head or heads[segment.id] != head):
            lines += ["#EXT-X-DISCONTINUITY"] if number else []
            lines.append(f'#EXT-X-MAP:URI="{_uri(str(InitName(segment.id)), query)}"')
            head = heads[segment.id]
        if segment.id in starts or abs(segment.start_time - told_time) > CLOCK_TOLERANCE_S:
            lines.append(f"#EXT-X-PROGRAM-DATE-TIME:{_iso_time(segment.start_time)}")
            told_time = segment.start_time
        name = media_name(base_ticks, segment.fragments, segment.id)
        lines.append(f"#EXTINF:{segment.media_ticks / MEDIA_TIMESCALE:.6f},")
        lines.append(_uri(name, query))
        base_ticks += segment.media_ticks
        told_time += segment.media_ticks / MEDIA_TIMESCALE
    return "\n".join([*lines, "#EXT-X-ENDLIST"]) + "\n"


def _continues(before: SegmentOutline, after: SegmentOutline) -> bool:
    """Whether the later one plays on without a break: the same session, and nothing between."""
    return before.session == after.session and abs(after.start_time - before.end_time) < 1e-3


def _iso_time(time: float) -> str:
    """ISO 8601 in UTC with milliseconds."""
    moment = datetime.fromtimestamp(time, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def _uri(name: str, query: str) -> str:
    return f"{name}?{query}" if query else name
