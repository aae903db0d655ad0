"""Metrics of the disk and of what is on it."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.metrics_core import Metric

from picket.api.metrics.families import gauge, single
from picket.api.metrics.snapshot import Snapshot


def storage_metrics(snapshot: Snapshot) -> Iterator[Metric]:
    """What cannot be read is missing, and its `up` is 0."""
    space, footage = snapshot.space, snapshot.footage
    yield gauge("picket_storage_up", "Whether the volume answers.", (), single(space is not None))
    if space is not None:
        yield gauge(
            "picket_storage_size_bytes",
            "Size of the volume of the recordings.",
            (),
            single(space.total_bytes),
        )
        yield gauge(
            "picket_storage_free_bytes",
            "What is free on the volume of the recordings.",
            (),
            single(space.free_bytes),
        )
    yield gauge(
        "picket_index_up", "Whether the index can be read.", (), single(footage is not None)
    )
    if footage is not None:
        yield gauge(
            "picket_footage_size_bytes",
            "What a camera's recordings take.",
            ("camera",),
            {(name,): one.size_bytes for name, one in footage.items()},
        )
        yield gauge(
            "picket_footage_oldest_time_seconds",
            "When a camera's oldest recording begins, Unix seconds.",
            ("camera",),
            {(name,): one.oldest_time for name, one in footage.items()},
        )
