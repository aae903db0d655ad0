from __future__ import annotations

from picket.record.plan_words import describe_deletions, describe_events, describe_size
from picket.record.retention import Deletion, EventPlan, Reason
from picket.store.retention_queries import StoredEvent, StoredSegment

NOON = 1_705_320_000.0  # 2024-01-15 12:00:00 UTC


def test_a_plan_reads_as_count_size_span_and_reasons() -> None:
    reasons = (Reason.PAST_DAYS, Reason.NO_ACTIVITY, Reason.PAST_DAYS)
    plan = [
        Deletion(
            StoredSegment(
                str(n), "front", "", NOON + 10 * n, NOON + 10 * n + 10, 1 << 20, is_closed=True
            ),
            reason,
        )
        for n, reason in enumerate(reasons)
    ]
    assert describe_deletions(plan) == (
        "3 segments with 3.0 MiB from 2024-01-15T12:00:00Z to 2024-01-15T12:00:30Z go"
        " (no_activity 1, past_days 2)"
    )


def test_what_events_lose_is_counted() -> None:
    events = tuple(
        StoredEvent(str(n), "front", "car", NOON + n, NOON + 9, has_clip=True, has_snapshot=False)
        for n in range(3)
    )
    plan = EventPlan(clips=events, snapshots=(), rows=events[:1], wanting=())
    assert describe_events(plan) == (
        "3 clips, 0 snapshots and 1 rows of events that began from 2024-01-15T12:00:00Z to"
        " 2024-01-15T12:00:02Z go"
    )


def test_sizes_are_in_mebibytes() -> None:
    assert describe_size(1_572_864) == "1.5 MiB"
