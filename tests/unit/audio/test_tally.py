from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from picket.audio.tally import MAX_SEGMENTS, LoudTally, add_segment, add_window
from picket.domain.timespan import TimeSpan
from picket.ipc.messages import SegmentHeard

LOUDNESS = st.one_of(st.none(), st.floats(-60, 0))


def test_a_segment_is_reported_once_the_sound_has_passed_its_end() -> None:
    tally, reports = add_window(LoudTally(), 100.0, -20.0)
    tally = add_segment(tally, "one", TimeSpan(99.5, 101.0))
    tally, reports = add_window(tally, 100.9, -30.0)
    assert reports == ()
    tally, reports = add_window(tally, 101.9, None)
    assert reports == (SegmentHeard("one", -25),)
    assert tally == LoudTally()


def test_what_is_as_loud_as_can_be_is_no_silence() -> None:
    tally = add_segment(LoudTally(), "one", TimeSpan(100.0, 101.0))
    tally, _ = add_window(tally, 100.0, -0.1)
    _, reports = add_window(tally, 101.0, None)
    assert reports == (SegmentHeard("one", -1),)


def test_segments_that_no_sound_follows_are_forgotten_in_time() -> None:
    tally = LoudTally()
    for number in range(3 * MAX_SEGMENTS):
        tally = add_segment(tally, str(number), TimeSpan(number, number + 1.0))
    assert len(tally.segments) == MAX_SEGMENTS


@given(st.lists(LOUDNESS, min_size=12, max_size=60), st.integers(1, 5), st.data())
def test_each_segment_is_reported_once_and_loud_where_a_window_in_it_was(
    windows: list[float | None], length: int, data: st.DataObject
) -> None:
    """Segments are closed between two windows, each at some time after its end."""
    ends = range(length, len(windows) - 4, length)
    due = {end: end + data.draw(st.integers(0, 3)) for end in ends}
    tally, told = LoudTally(), list[SegmentHeard]()
    for second, dbfs in enumerate(windows):
        for end in (end for end, when in due.items() if when == second):
            tally = add_segment(tally, str(end), TimeSpan(end - length, end))
        tally, reports = add_window(tally, second, dbfs)
        told += reports
    assert sorted(int(one.segment_id) for one in told) == [*ends]
    late = {one.segment_id for one in told}
    for report in told:
        end = int(report.segment_id)
        is_loud = any(one is not None for one in windows[end - length : end])
        if not any(due[other] < due[end] for other in ends if other > end):  # closed in order
            assert bool(report.dbfs) == is_loud
    assert late == {str(end) for end in ends}
