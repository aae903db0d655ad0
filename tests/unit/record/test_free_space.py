from __future__ import annotations

import pytest

from picket.record.free_space import GIB, free_space_plan, reserve_bytes
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
    plan = free_space_plan(50, 300, reversed(FOOTAGE), {"s0", "s2"})
    assert [one.segment.id for one in plan] == ["s1", "s3", "s0"]
    assert {one.reason for one in plan} == {Reason.DISK_FULL}


def test_nothing_goes_while_there_is_enough_space() -> None:
    assert free_space_plan(300, 300, FOOTAGE, set()) == ()
