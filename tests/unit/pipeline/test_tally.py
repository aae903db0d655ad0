from __future__ import annotations

from picket.domain.timespan import TimeSpan
from picket.ipc.messages import SegmentAnalysed
from picket.pipeline.tally import (
    MAX_SAMPLES,
    MAX_SEGMENTS,
    ActivityTally,
    Sample,
    add_frame,
    add_segment,
    miss_frames,
)


def watched(start: int, end: int, tally: ActivityTally | None = None) -> ActivityTally:
    """One frame a second from start up to and including end, each with 10 px and one object."""
    tally = tally or ActivityTally()
    for second in range(start, end + 1):
        tally, _ = add_frame(tally, Sample(float(second), 10, 1))
    return tally


def test_a_segment_is_reported_when_frames_pass_its_end() -> None:
    tally, early = add_segment(watched(0, 8), "a", TimeSpan(0, 10))
    tally, still = add_frame(tally, Sample(9.0, 10, 1))
    tally, done = add_frame(tally, Sample(10.0, 500, 7))
    assert (early, still) == ((), ())
    assert done == (SegmentAnalysed("a", motion=100, objects=10),)


def test_a_segment_closed_late_is_reported_at_once() -> None:
    _, done = add_segment(watched(0, 12), "a", TimeSpan(0, 10))
    assert done == (SegmentAnalysed("a", motion=100, objects=10),)


def test_a_frame_counts_for_the_segment_that_begins_with_it() -> None:
    tally, first = add_segment(watched(0, 20), "a", TimeSpan(0, 10))
    _, second = add_segment(tally, "b", TimeSpan(10, 20))
    assert [report.motion for report in (*first, *second)] == [100, 100]


def test_a_segment_that_was_watched_in_part_is_not_reported() -> None:
    _, done = add_segment(watched(6, 12), "a", TimeSpan(0, 10))
    assert done == ()


def test_analysis_may_start_a_little_late() -> None:
    _, done = add_segment(watched(2, 12), "a", TimeSpan(0.5, 10))
    assert len(done) == 1


def test_a_segment_with_a_long_pause_is_not_reported() -> None:
    tally, _ = add_segment(watched(0, 5), "a", TimeSpan(0, 60))
    tally = watched(50, 62, tally)
    assert tally.segments == ()
    _, done = add_segment(tally, "b", TimeSpan(60, 62))
    assert done == (SegmentAnalysed("b", motion=20, objects=2),)


def test_a_segment_of_which_frames_were_left_out_is_not_reported() -> None:
    tally, _ = add_segment(watched(0, 5), "a", TimeSpan(0, 10))
    tally = watched(8, 22, miss_frames(tally))
    assert tally.segments == ()
    _, done = add_segment(tally, "b", TimeSpan(10, 20))
    assert done == (SegmentAnalysed("b", motion=100, objects=10),)


def test_a_clock_set_back_forgets_what_it_cannot_place() -> None:
    tally, _ = add_segment(watched(1000, 1005), "a", TimeSpan(1000, 1010))
    tally = watched(500, 511, tally)
    _, done = add_segment(tally, "b", TimeSpan(500, 510))
    assert done == (SegmentAnalysed("b", motion=100, objects=10),)


def test_memory_is_bounded_without_a_recorder_and_without_analysis() -> None:
    assert len(watched(0, MAX_SAMPLES + 100).samples) <= MAX_SAMPLES
    tally = ActivityTally()
    for number in range(MAX_SEGMENTS + 5):
        tally, _ = add_segment(tally, str(number), TimeSpan(number, number + 1))
    assert len(tally.segments) == MAX_SEGMENTS


def test_a_segment_older_than_the_kept_samples_is_not_reported() -> None:
    tally = watched(0, MAX_SAMPLES + 10)
    _, done = add_segment(tally, "a", TimeSpan(0, 10))
    assert done == ()
