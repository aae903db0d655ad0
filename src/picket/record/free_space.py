"""What goes when the volume of the recordings runs short of space: pure rules."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from picket.record.retention import Deletion, Reason
from picket.store.retention_queries import StoredSegment

GIB = 1 << 30
SMALL_VOLUME_BYTES = 20 * GIB


def reserve_bytes(volume_bytes: int, hourly_bytes: int) -> int:
    """The space to keep free: what all cameras write in an hour, within reason.

    At least 1 GiB and at most a tenth of the volume, because a volume that holds only a few hours
    should hold them; of a volume below 20 GiB always a twentieth.

    Args:
        volume_bytes: size of the volume.
        hourly_bytes: what the cameras write in an hour.
    """
    if volume_bytes < SMALL_VOLUME_BYTES:
        return volume_bytes // 20
    return max(GIB, min(hourly_bytes, volume_bytes // 10))


def free_space_plan(
    free_bytes: int,
    reserve: int,
    oldest: Iterable[StoredSegment],
    protected_ids: AbstractSet[str],
) -> tuple[Deletion, ...]:
    """Segments to delete, in that order, until the reserve is met, and not one more.

    Args:
        free_bytes: space that is free now.
        reserve: bytes that should be free.
        oldest: candidates of all cameras; one that is still being written is left alone.
        protected_ids: segments of events that a user protects; they go after all others.
    """
    closed = (one for one in oldest if one.is_closed)
    ordered = sorted(closed, key=lambda one: (one.id in protected_ids, one.start_time, one.id))
    plan: list[Deletion] = []
    missing = reserve - free_bytes
    for segment in ordered:
        if missing <= 0:
            break
        plan.append(Deletion(segment, Reason.DISK_FULL))
        missing -= segment.size_bytes
    return tuple(plan)
