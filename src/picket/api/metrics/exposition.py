"""A snapshot as text for Prometheus.

Source: https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.exposition import generate_latest
from prometheus_client.metrics_core import Metric

from picket.api.metrics.cameras import camera_metrics
from picket.api.metrics.program import program_metrics
from picket.api.metrics.snapshot import Snapshot
from picket.api.metrics.storage import storage_metrics

MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4


@dataclass(frozen=True, slots=True)
class SnapshotCollector:
    """The one collector; it measures nothing itself."""

    snapshot: Snapshot

    def collect(self) -> Iterator[Metric]:
        """All families, those without a value included."""
        yield from camera_metrics(self.snapshot)
        yield from program_metrics(self.snapshot)
        yield from storage_metrics(self.snapshot)


def write_metrics(snapshot: Snapshot) -> bytes:
    """The text of one answer."""
    return generate_latest(SnapshotCollector(snapshot))
