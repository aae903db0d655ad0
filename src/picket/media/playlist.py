"""HLS playlists over recorded segments; pure.

The names say everything that a later request needs, so that no state is kept between a playlist and
its media: `seg-<ticks>-<fragments>-<segment id>-v1.m4s` is the first so many fragments of a
segment, moved by so many 1/90000 s.

Source: RFC 8216 (HTTP Live Streaming), clauses 3.3 and 4.3.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from picket.domain.segment import MEDIA_TIMESCALE, SegmentOutline

VARIANT_NAME = "index-v1.m3u8"
_ID = r"\d+\.\d+-[a-z0-9]{6}"
_INIT = re.compile(rf"init-v1-({_ID})\.mp4")
_MEDIA = re.compile(rf"seg-(\d{{1,18}})-(\d{{1,6}})-({_ID})-v1\.m4s")


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


def media_playlist(segments: Sequence[SegmentOutline], query: str) -> str:
    """A finished playlist with one entry per recorded segment; gaps are joined.

    Args:
        segments: of one camera, oldest first, each with at least one fragment.
        query: as for the master playlist.
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
    base_ticks, previous = 0, None
    for segment in segments:
        if previous is None or not _continues(previous, segment):
            lines += _beginning(segment, query, is_first=previous is None)
        lines.append(f"#EXTINF:{segment.media_ticks / MEDIA_TIMESCALE:.6f},")
        lines.append(_uri(media_name(base_ticks, segment.fragments, segment.id), query))
        base_ticks += segment.media_ticks
        previous = segment
    return "\n".join([*lines, "#EXT-X-ENDLIST"]) + "\n"


def _continues(before: SegmentOutline, after: SegmentOutline) -> bool:
    """Whether the later one plays on without a break: the same session, and nothing between."""
    return before.session == after.session and abs(after.start_time - before.end_time) < 1e-3


def _beginning(segment: SegmentOutline, query: str, *, is_first: bool) -> list[str]:
    moment = datetime.fromtimestamp(segment.start_time, UTC)
    return [
        *([] if is_first else ["#EXT-X-DISCONTINUITY"]),
        f'#EXT-X-MAP:URI="{_uri(str(InitName(segment.id)), query)}"',
        f"#EXT-X-PROGRAM-DATE-TIME:{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z",
    ]


def _uri(name: str, query: str) -> str:
    return f"{name}?{query}" if query else name
