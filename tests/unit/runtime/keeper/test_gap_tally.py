from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from picket.domain.segment import Gap, GapReason
from picket.domain.status import GapSeconds
from picket.runtime.keeper import gap_tally
from picket.runtime.keeper.gap_tally import REMEMBERED, GapTally

LASTING = Gap("1-yard", "yard", 100.0, None, GapReason.CAMERA_OFFLINE)
OVER = replace(LASTING, end_time=130.0)
OFFLINE = ("yard", GapReason.CAMERA_OFFLINE)


def sums(tally: GapTally, now: float) -> dict[tuple[str, GapReason], float]:
    return {(one.camera, one.reason): one.seconds for one in tally.seconds(now)}


def test_a_gap_counts_while_it_lasts_and_no_longer() -> None:
    tally = GapTally([], 90.0)
    tally.note(LASTING)
    assert sums(tally, 110.0) == {OFFLINE: 10.0}
    tally.note(OVER)
    assert sums(tally, 500.0) == {OFFLINE: 30.0}


def test_a_gap_that_is_told_again_counts_once() -> None:
    tally = GapTally([], 90.0)
    for gap in (LASTING, OVER, LASTING, OVER, OVER):
        tally.note(gap)
    assert sums(tally, 500.0) == {OFFLINE: 30.0}


def test_what_lasted_before_this_process_counts_from_its_beginning() -> None:
    tally = GapTally([LASTING], 120.0)
    assert sums(tally, 125.0) == {OFFLINE: 5.0}
    tally.note(OVER)
    assert sums(tally, 500.0) == {OFFLINE: 10.0}


def test_the_gaps_of_a_worker_that_is_gone_end() -> None:
    tally = GapTally([], 90.0)
    tally.note(LASTING)
    tally.note(replace(LASTING, id="2-gate", camera="gate"))
    tally.end_all(("yard",), 105.0)
    assert sums(tally, 200.0) == {OFFLINE: 5.0, ("gate", GapReason.CAMERA_OFFLINE): 100.0}


def test_a_gap_that_began_after_a_worker_goes_on() -> None:
    tally = GapTally([], 90.0)
    tally.note(LASTING)
    tally.end_all(("yard",), 99.0)
    assert sums(tally, 110.0) == {OFFLINE: 10.0}


def test_only_so_many_ended_gaps_are_remembered() -> None:
    tally = GapTally([], 0.0)
    for number in range(REMEMBERED + 5):
        tally.note(replace(OVER, id=str(number)))
    assert len(tally._ended) == gap_tally.REMEMBERED


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b", "c"]),
            st.floats(0.0, 100.0),
            st.one_of(st.none(), st.floats(0.0, 50.0)),
            st.floats(0.0, 20.0),
        ),
        max_size=20,
    )
)
def test_sums_never_fall(steps: list[tuple[str, float, float | None, float]]) -> None:
    tally, now, before = GapTally([], 0.0), 0.0, dict[tuple[str, GapReason], float]()
    for name, start_time, length_s, wait_s in steps:
        end_time = None if length_s is None else start_time + length_s
        tally.note(Gap(name, "yard", start_time, end_time, GapReason.DISK))
        now += wait_s
        after = sums(tally, now)
        assert all(after[key] >= seconds for key, seconds in before.items())
        before = after


def test_the_report_has_camera_reason_and_seconds() -> None:
    tally = GapTally([], 0.0)
    tally.note(OVER)
    assert tally.seconds(200.0) == (GapSeconds("yard", GapReason.CAMERA_OFFLINE, 30.0),)
