"""Places demuxed packets on one session's timeline; pure.

Over RTSP with B-frames libav knows neither time of the first packet and no decode time of the next
few: the receiver cannot know yet how far pictures are reordered. They are held until the first
decode time is known and numbered backwards from it, so that the opening keyframe is not lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from picket.domain.errors import ClockJumped
from picket.domain.stream import MediaKind

MAX_JUMP_S = 10.0  # a larger step of decode time starts a new session
MAX_HELD = 32  # packets; H.264 reorders by 16 pictures at most (ITU-T H.264, A.3.1)
DEFAULT_DURATION_S = 1 / 25  # between pictures when the stream does not tell
_TINY_S = 1e-5


@dataclass(frozen=True, slots=True)
class RawPacket:
    """A packet as demuxed; times in the source's own count, in seconds."""

    kind: MediaKind
    data: bytes
    is_keyframe: bool
    pts_s: float | None
    dts_s: float | None
    duration_s: float = 0.0
    round: int = 0  # how often a looped file began again


@dataclass(frozen=True, slots=True)
class PlacedPacket:
    """The same with times from the session's start; decode times never go back."""

    raw: RawPacket
    pts_s: float
    dts_s: float


class Timeline:
    """One session's zero and last times."""

    def __init__(self) -> None:
        self._held: list[RawPacket] = []
        self._zero_s: float | None = None
        self._round = 0
        self._end_s = 0.0  # where a looped file's next round begins
        self._last_dts_s: dict[MediaKind, float] = {}

    def place(self, raw: RawPacket) -> Iterator[PlacedPacket]:
        """The packets that can be placed now that this one is known.

        Raises: ClockJumped when decode time made a step.
        """
        if self._zero_s is None:
            yield from self._start(raw)
            return
        if raw.kind is MediaKind.VIDEO and raw.round != self._round and raw.dts_s is not None:
            self._round = raw.round
            self._zero_s = raw.dts_s - self._end_s
        placed = self._settle(raw)
        if placed is not None:
            yield placed

    def _start(self, raw: RawPacket) -> Iterator[PlacedPacket]:
        if raw.kind is not MediaKind.VIDEO:
            return  # sound before the first picture has no place on the timeline
        self._held.append(raw)
        if raw.dts_s is None and len(self._held) < MAX_HELD:
            return
        held, self._held = _number_backwards(self._held), []
        self._zero_s = held[0].dts_s
        for packet in held:
            placed = self._settle(packet)
            if placed is not None:
                yield placed

    def _settle(self, raw: RawPacket) -> PlacedPacket | None:
        stamp = self._stamp(raw)
        if stamp is None or self._zero_s is None:
            return None
        dts_s = stamp - self._zero_s
        last = self._last_dts_s.get(raw.kind)
        if last is not None:
            if abs(dts_s - last) > MAX_JUMP_S:
                raise ClockJumped(f"time in the stream jumped by {dts_s - last:.1f} s")
            if last - dts_s > raw.duration_s:
                if raw.kind is MediaKind.AUDIO:
                    return None
                self._set_back(last + raw.duration_s - dts_s)
                dts_s = stamp - self._zero_s
            dts_s = max(dts_s, last + _TINY_S)
        self._last_dts_s[raw.kind] = dts_s
        pts_s = raw.pts_s - self._zero_s if raw.pts_s is not None else dts_s
        if raw.kind is MediaKind.VIDEO:
            self._end_s = max(self._end_s, dts_s + (raw.duration_s or DEFAULT_DURATION_S))
        return PlacedPacket(raw, max(pts_s, dts_s), dts_s)

    def _stamp(self, raw: RawPacket) -> float | None:
        """Decode time in the source's count; sound without one follows the sound before it."""
        stamp = raw.dts_s if raw.dts_s is not None else raw.pts_s
        last = self._last_dts_s.get(raw.kind)
        is_next = stamp is None and raw.kind is MediaKind.AUDIO and raw.duration_s
        if is_next and last is not None and self._zero_s is not None:
            return self._zero_s + last + raw.duration_s
        return stamp

    def _set_back(self, by_s: float) -> None:
        """Go on from here although the source's count went back, for both tracks alike.

        The first RTCP report of an RTSP stream does that (RFC 3550, 6.4.1): from then on picture
        and sound are counted by one clock, so their distance must be kept, not their past.
        """
        if self._zero_s is not None:
            self._zero_s -= by_s


def _number_backwards(held: list[RawPacket]) -> list[RawPacket]:
    """Decode times for the opening packets, one picture apart, ending at the first known one."""
    last = held[-1]
    end_s = last.dts_s if last.dts_s is not None else last.pts_s or 0.0
    step_s = last.duration_s or DEFAULT_DURATION_S
    known = [p.pts_s for p in held if p.pts_s is not None]
    first_pts_s = min(known, default=end_s + step_s) - step_s
    return [
        replace(
            packet,
            dts_s=packet.dts_s
            if packet.dts_s is not None
            else end_s - step_s * (len(held) - 1 - n),
            pts_s=packet.pts_s if packet.pts_s is not None else first_pts_s,
        )
        for n, packet in enumerate(held)
    ]
