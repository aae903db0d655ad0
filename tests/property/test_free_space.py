"""Disk pressure takes what is needed, the oldest first, and protected footage last."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from picket.record.free_space import GIB, free_space_plan, reserve_bytes
from picket.record.retention import Reason
from picket.store.retention_queries import StoredSegment


@st.composite
def footage(draw: st.DrawFn) -> list[StoredSegment]:
    return [
        StoredSegment(
            id=f"seg{number}",
            camera="front",
            path=f"{number}.mp4",
            start_time=float(draw(st.integers(0, 9))),
            end_time=20.0,
            size_bytes=draw(st.integers(0, 50)),
            is_closed=draw(st.sampled_from((True, True, True, False))),
        )
        for number in range(draw(st.integers(0, 8)))
    ]


protected_ids = st.sets(st.sampled_from([f"seg{number}" for number in range(8)]))
amounts = st.integers(0, 200)
WHY = Reason.DISK_FULL


@given(missing=amounts, oldest=footage(), protected=protected_ids)
def test_the_plan_frees_what_is_missing_and_not_one_file_more(
    missing: int, oldest: list[StoredSegment], protected: set[str]
) -> None:
    plan = free_space_plan(missing, oldest, protected, WHY)
    sizes = [one.segment.size_bytes for one in plan]
    if plan:
        assert sum(sizes[:-1]) < missing
    if sum(sizes) < missing:
        assert len(plan) == sum(one.is_closed for one in oldest)


@given(missing=amounts, oldest=footage(), protected=protected_ids)
def test_whatever_is_left_is_younger_or_better_protected(
    missing: int, oldest: list[StoredSegment], protected: set[str]
) -> None:
    gone = [one.segment for one in free_space_plan(missing, oldest, protected, WHY)]
    left = [one for one in oldest if one.is_closed and one not in gone]
    assert all(one.is_closed for one in gone)
    for lost in gone:
        for kept in left:
            assert (lost.id in protected) <= (kept.id in protected)
            if (lost.id in protected) == (kept.id in protected):
                assert (lost.start_time, lost.id) < (kept.start_time, kept.id)


@given(oldest=footage(), protected=protected_ids)
def test_the_order_of_the_candidates_does_not_matter(
    oldest: list[StoredSegment], protected: set[str]
) -> None:
    backwards = list(reversed(oldest))
    forwards = free_space_plan(90, oldest, protected, WHY)
    assert free_space_plan(90, backwards, protected, WHY) == forwards


@given(volume=st.integers(0, 4000 * GIB), hourly=st.integers(0, 500 * GIB))
def test_the_reserve_leaves_most_of_the_volume_to_footage(volume: int, hourly: int) -> None:
    reserve = reserve_bytes(volume, hourly)
    assert 0 <= reserve <= volume / 10
    if volume >= 20 * GIB:
        assert reserve >= GIB
        assert reserve >= min(hourly, volume // 10)
