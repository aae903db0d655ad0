"""The recording thread of one camera: packets in, files and rows out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from picket.capture.queue import PacketQueue, StreamOver
from picket.domain.ids import timed_id
from picket.domain.segment import Gap, GapReason, Segment
from picket.domain.stream import Packet, StreamInfo
from picket.ipc.messages import GapNoted, Record, SegmentWritten
from picket.record.recorder import Recorder

NOTHING_TO_RECORD = (
    "packets arrive, but nothing that a recording can begin with: no keyframe, no parameter sets,"
    " or a codec that cannot be recorded"
)
UNRECORDED_S = 15.0
"""So long may a camera send packets before footage grows: some have a keyframe each ten seconds."""


@dataclass(frozen=True, slots=True)
class RecordingTools:
    """What the outside world gives."""

    put: Callable[[Record], None]  # to the keeper
    on_closed: Callable[[Segment], None]  # to the analysis of the same camera
    wall: Callable[[], float]
    draws: Callable[[], Sequence[int]]


class Recording:
    """Feeds the recorder and keeps account of when the camera could not be recorded."""

    def __init__(
        self, camera: str, queue: PacketQueue, recorder: Recorder, tools: RecordingTools
    ) -> None:
        self._camera = camera
        self._queue = queue
        self._recorder = recorder
        self._tools = tools
        self._stream: StreamInfo | None = None
        self._gap: Gap | None = None
        self._end_time = tools.wall()
        self._disk_gap: Gap | None = None  # the recorder's own
        self._waiting_since: float | None = None  # monotonic; None: footage grows
        self.is_on = True  # switched by any thread

    def run(self) -> None:
        """Until the queue is closed and empty; then every file is closed."""
        while not self._queue.is_finished:
            item = self._queue.get(timeout_s=1.0)
            if isinstance(item, StreamInfo):
                self._stream = item
            elif isinstance(item, StreamOver):
                self._interrupt(item)
            elif isinstance(item, Packet) and self._stream is not None:
                self._take(self._stream, item)
        self._emit(self._recorder.close(self._tools.wall()))

    def _take(self, stream: StreamInfo, packet: Packet) -> None:
        if self.is_on:
            self._emit(self._recorder.accept(stream, packet))
            self._watch(packet.arrival_monotonic)
        elif self._gap is None:
            self._interrupt(StreamOver(GapReason.DISABLED, "recording was switched off"))

    def _watch(self, now: float) -> None:
        """Note it when packets come and no footage grows: the user would not know otherwise."""
        if self._waiting_since is None:
            self._waiting_since = now
        is_known = self._gap is not None or self._disk_gap is not None
        if now - self._waiting_since > UNRECORDED_S and not is_known:
            self._open_gap(StreamOver(GapReason.STALLED, NOTHING_TO_RECORD))

    def _interrupt(self, over: StreamOver) -> None:
        """The footage ends here: close its file and open a gap, unless one lasts already."""
        self._emit(self._recorder.close(self._tools.wall()))
        if self._stream is not None and over.reason in (GapReason.OVERLOAD, GapReason.DISABLED):
            # The same connection goes on behind the hole; its footage does not join what was
            # before.
            self._stream = replace(self._stream, session=f"{self._stream.session}+")
        self._waiting_since = None
        if self._gap is None:
            self._open_gap(over)

    def _open_gap(self, over: StreamOver) -> None:
        gap_id = timed_id(self._end_time, self._tools.draws())
        self._gap = Gap(gap_id, self._camera, self._end_time, None, over.reason, over.detail)
        self._tools.put(GapNoted(self._gap))

    def _emit(self, happenings: Sequence[SegmentWritten | GapNoted]) -> None:
        for happening in happenings:
            if isinstance(happening, SegmentWritten):
                self._note_segment(happening.segment)
            else:
                self._note_disk_gap(happening.gap)
            self._tools.put(happening)

    def _note_disk_gap(self, gap: Gap) -> None:
        self._disk_gap = gap if gap.end_time is None else None
        self._end_time = max(self._end_time, gap.end_time or 0.0)

    def _note_segment(self, segment: Segment) -> None:
        self._end_time = segment.end_time
        self._waiting_since = None
        if segment.is_closed:
            self._tools.on_closed(segment)
        if self._gap is not None:
            end_time = max(segment.start_time, self._gap.start_time)
            self._tools.put(GapNoted(replace(self._gap, end_time=end_time)))
            self._gap = None
