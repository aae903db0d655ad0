"""What goes when a volume runs short of space or a quota is used up: pure rules."""

from __future__ import annotations

import math
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from picket.record.retention import Deletion, Reason
from picket.store.retention_queries import StoredSegment

GIB = 1 << 30
SMALL_VOLUME_BYTES = 20 * GIB


def reserve_bytes(volume_bytes: int, hourly_bytes: int, wanted_gib: float | None = None) -> int:
    """The space to keep free: what all cameras write in an hour, within reason.

    At least 1 GiB and at most a tenth of the volume, because a volume that holds only a few hours
    should hold them; of a volume below 20 GiB always a twentieth.

    Args:
        volume_bytes: size of the volume.
        hourly_bytes: what the cameras write in an hour.
        wanted_gib: what the user wants instead; never more than half of the volume.
    """
    if wanted_gib is not None:
        return min(round(wanted_gib * GIB), volume_bytes // 2)
    if volume_bytes < SMALL_VOLUME_BYTES:
        return volume_bytes // 20
    return max(GIB, min(hourly_bytes, volume_bytes // 10))


def quota_bytes(quota_gib: float | None) -> float:
    """A limit in bytes; infinite where there is none."""
    return math.inf if quota_gib is None else quota_gib * GIB


def free_space_plan(
    missing_bytes: float,
    oldest: Iterable[StoredSegment],
    protected_ids: AbstractSet[str],
    reason: Reason,
) -> tuple[Deletion, ...]:
    """Segments to delete, in that order, until enough is freed, and not one more.

    Args:
        missing_bytes: what has to become free.
        oldest: candidates; one that is still being written is left alone.
        protected_ids: segments of events that a user protects; they go after all others.
        reason: why they go.
    """
    closed = (one for one in oldest if one.is_closed)
    ordered = sorted(closed, key=lambda one: (one.id in protected_ids, one.start_time, one.id))
    plan: list[Deletion] = []
    for segment in ordered:
        if missing_bytes <= 0:
            break
        plan.append(Deletion(segment, reason))
        missing_bytes -= segment.size_bytes
    return tuple(plan)
