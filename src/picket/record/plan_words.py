"""How plans of what is deleted read in the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from picket.record.retention import Deletion, EventPlan

MIB = 1 << 20


def describe_deletions(plan: Sequence[Deletion]) -> str:
    """Count, size, span and reasons of segments that go, at least one, oldest first."""
    segments = [one.segment for one in plan]
    reasons = Counter(one.reason for one in plan)
    oldest = min(one.start_time for one in segments)
    newest = max(one.end_time for one in segments)
    return (
        f"{len(segments)} segments with {describe_size(sum(one.size_bytes for one in segments))}"
        f" from {_instant(oldest)} to {_instant(newest)} go"
        f" ({', '.join(f'{reason.value} {count}' for reason, count in sorted(reasons.items()))})"
    )


def describe_events(plan: EventPlan) -> str:
    """What ends of events, of which at least one loses something."""
    touched = [*plan.clips, *plan.snapshots, *plan.rows]
    oldest = min(one.start_time for one in touched)
    newest = max(one.start_time for one in touched)
    return (
        f"{len(plan.clips)} clips, {len(plan.snapshots)} snapshots and {len(plan.rows)} rows of"
        f" events that began from {_instant(oldest)} to {_instant(newest)} go"
    )


def describe_size(size_bytes: int) -> str:
    """A size in MiB."""
    return f"{size_bytes / MIB:.1f} MiB"


def _instant(time: float) -> str:
    return f"{datetime.fromtimestamp(time, UTC):%Y-%m-%dT%H:%M:%SZ}"
