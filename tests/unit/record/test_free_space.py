from __future__ import annotations

import pytest

from picket.record.free_space import GIB, free_space_plan, quota_bytes, reserve_bytes
from picket.record.retention import Reason
from picket.store.retention_queries import StoredSegment

FOOTAGE = [
    StoredSegment(f"s{n}", "front", f"{n}.mp4", 10.0 * n, 10.0 * n + 10, 100, is_closed=True)
    for n in range(4)
]


@pytest.mark.parametrize(
    ("volume_gib", "hourly_gib", "reserve_gib"),
    [
        (10, 0, 0.5),
        (10, 8, 0.5),
        (20, 0.25, 1),
        (1000, 0.25, 1),
        (1000, 30, 30),
        (100, 30, 10),
        (0, 1, 0),
    ],
)
def test_the_reserve_is_an_hour_within_reason(
    volume_gib: float, hourly_gib: float, reserve_gib: float
) -> None:
    reserve = reserve_bytes(round(volume_gib * GIB), round(hourly_gib * GIB))
    assert reserve == reserve_gib * GIB


def test_the_oldest_go_first_and_protected_ones_last() -> None:
    plan = free_space_plan(250, reversed(FOOTAGE), {"s0", "s2"}, Reason.DISK_FULL)
    assert [one.segment.id for one in plan] == ["s1", "s3", "s0"]
    assert {one.reason for one in plan} == {Reason.DISK_FULL}


def test_nothing_goes_while_there_is_enough_space() -> None:
    assert free_space_plan(0, FOOTAGE, set(), Reason.QUOTA) == ()


def test_a_reserve_that_the_user_wants_wins_up_to_half_of_the_volume() -> None:
    assert reserve_bytes(100 * GIB, 5 * GIB, 2.5) == 2.5 * GIB
    assert reserve_bytes(100 * GIB, 5 * GIB, 0) == 0
    assert reserve_bytes(100 * GIB, 5 * GIB, 80) == 50 * GIB


def test_a_quota_is_in_gib_and_none_is_no_limit() -> None:
    assert quota_bytes(0.5) == GIB / 2
    assert quota_bytes(None) > 1e30
