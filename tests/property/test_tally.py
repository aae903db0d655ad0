"""Whatever the order in which frames and segments come, the sums are the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from picket.domain.timespan import TimeSpan
from picket.ipc.messages import SegmentAnalysed
from picket.pipeline.tally import ActivityTally, Sample, add_frame, add_segment

SEGMENTS = [(str(n), TimeSpan(10.0 * n, 10.0 * n + 10)) for n in range(5)]
FRAMES = [Sample(0.5 * n, n, n % 3) for n in range(121)]


@given(closed_after=st.lists(st.integers(0, 20), min_size=5, max_size=5))
def test_every_watched_segment_is_reported_once_with_its_own_frames(
    closed_after: list[int],
) -> None:
    # A segment closes some frames after its end, in order.
    due, last = [], 0
    for (key, span), late in zip(SEGMENTS, closed_after, strict=True):
        last = max(last, int(span.end_time * 2) - 5 + late)
        due.append((last, key, span))
    tally, reports = ActivityTally(), list[SegmentAnalysed]()
    for number, frame in enumerate(FRAMES):
        tally, done = add_frame(tally, frame)
        reports += done
        for at, key, span in due:
            if at == number:
                tally, done = add_segment(tally, key, span)
                reports += done
    assert reports == [
        SegmentAnalysed(
            key,
            sum(f.motion_px for f in FRAMES if span.start_time <= f.frame_time < span.end_time),
            sum(
                f.active_objects for f in FRAMES if span.start_time <= f.frame_time < span.end_time
            ),
        )
        for key, span in SEGMENTS
    ]
