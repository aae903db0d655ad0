"""The samples of a segment that are not written yet; pure.

Times inside a segment count from the decode time of its first keyframe, in 1/90000 s, for both
tracks, so that picture and sound stay together whatever the camera's clock began with.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from picket.domain.segment import MEDIA_TIMESCALE
from picket.media.fmp4 import TrackRun


@dataclass(frozen=True, slots=True)
class Run:
    """Samples that are ready: their table and their bytes."""

    table: TrackRun
    payloads: tuple[bytes, ...]


@dataclass(slots=True)
class PendingTrack:
    """Samples of one track in the order of decoding, one list per column."""

    track_id: int
    zero_s: float  # decode time of the segment's first keyframe, seconds of the session
    typical_ticks: int  # duration of a sample when nothing tells
    payloads: list[bytes] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    syncs: list[bool] = field(default_factory=list)

    def add(self, data: bytes, dts_s: float, pts_s: float, *, is_sync: bool) -> None:
        """Take a sample in stored form."""
        time = round((dts_s - self.zero_s) * MEDIA_TIMESCALE)
        self.payloads.append(data)
        self.times.append(max(time, self.times[-1] if self.times else 0))
        self.offsets.append(round((pts_s - dts_s) * MEDIA_TIMESCALE))
        self.syncs.append(is_sync)

    @property
    def first_time(self) -> int:
        """Ticks of the oldest waiting sample; 0 when none waits."""
        return self.times[0] if self.times else 0

    def take_all(self, until: int | None) -> Run | None:
        """Everything that waits; `until` is where the last sample ends, None: it lasts as usual."""
        if not self.times:
            return None
        end = self.times[-1] + self._usual() if until is None else max(until, self.times[-1])
        run = self._run(len(self.times), end)
        self._drop(len(self.times))
        return run

    def take_finished(self) -> Run | None:
        """What waits except the newest sample, whose duration the next one will tell."""
        count = len(self.times) - 1
        if count < 1:
            return None
        run = self._run(count, self.times[count])
        self._drop(count)
        return run

    def _usual(self) -> int:
        return self.times[-1] - self.times[-2] if len(self.times) > 1 else self.typical_ticks

    def _run(self, count: int, end: int) -> Run:
        times, payloads = self.times[:count], tuple(self.payloads[:count])
        following = [*times[1:], end]
        offsets, syncs = self.offsets[:count], self.syncs[:count]
        table = TrackRun(
            self.track_id,
            times[0],
            tuple(map(len, payloads)),
            tuple(after - time for time, after in zip(times, following, strict=True)),
            tuple(offsets) if any(offsets) else (),
            () if all(syncs) else tuple(syncs),
        )
        return Run(table, payloads)

    def _drop(self, count: int) -> None:
        for column in (self.payloads, self.times, self.offsets, self.syncs):
            del column[:count]
