"""Metrics of what is around the cameras: detectors, index, retention, HTTP, processes, broker."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.metrics_core import Metric

from picket.api.metrics.families import counter, gauge, histogram, single
from picket.api.metrics.snapshot import Snapshot
from picket.api.ports import SILENT_AFTER_S
from picket.domain.status import BrokerStatus, Deleted, KeeperStatus
from picket.record.retention import Reason

DETECTOR = ("detector",)
PROCESS = ("process",)


def program_metrics(snapshot: Snapshot) -> Iterator[Metric]:
    """Everything that is not about one camera's pictures."""
    yield gauge(
        "picket_build_info",
        "The version that runs, always 1.",
        ("version",),
        {(snapshot.version,): 1},
    )
    yield gauge(
        "picket_start_time_seconds",
        "When the program was started, Unix seconds.",
        (),
        single(snapshot.started_time),
    )
    yield from _detectors(snapshot)
    if snapshot.keeper is not None:
        yield from _keeper(snapshot.keeper)
    yield histogram(
        "picket_http_request_seconds",
        "From a request to the first byte of its answer.",
        ("method", "route", "status"),
        {
            (kind.method, kind.route, str(kind.status)): took
            for kind, took in sorted(snapshot.requests.items())
        },
    )
    yield from _processes(snapshot)
    if snapshot.broker is not None:
        yield from _broker(snapshot.broker)


def _detectors(snapshot: Snapshot) -> Iterator[Metric]:
    detectors = snapshot.detectors
    yield histogram(
        "picket_detector_look_seconds",
        "Looking at one region.",
        DETECTOR,
        {(name,): one.looks for name, one in detectors.items()},
    )
    yield histogram(
        "picket_detector_wait_seconds",
        "How long a region waited for its look.",
        DETECTOR,
        {(name,): one.waits for name, one in detectors.items()},
    )
    yield gauge(
        "picket_detector_queue",
        "Regions that wait for a look.",
        DETECTOR,
        {(name,): one.waiting for name, one in detectors.items()},
    )


def _keeper(keeper: KeeperStatus) -> Iterator[Metric]:
    deleted = {(reason.value,): keeper.deleted.get(reason, Deleted()) for reason in Reason}
    yield histogram(
        "picket_index_commit_seconds",
        "Transactions that wrote records into the index.",
        (),
        {(): keeper.commits},
    )
    yield counter(
        "picket_index_refusals_total",
        "Transactions that the index refused; what they held is tried again.",
        (),
        single(keeper.refusals),
    )
    yield counter(
        "picket_retention_deleted_segments_total",
        "Recorded files that retention took away, by cause.",
        ("reason",),
        {key: one.segments for key, one in deleted.items()},
    )
    yield counter(
        "picket_retention_deleted_bytes_total",
        "Space that retention gave back, by cause.",
        ("reason",),
        {key: one.size_bytes for key, one in deleted.items()},
    )
    yield counter(
        "picket_retention_deleted_events_total",
        "Events that retention took away.",
        (),
        single(keeper.deleted_events),
    )


def _processes(snapshot: Snapshot) -> Iterator[Metric]:
    yield gauge(
        "picket_process_up",
        "Whether the process has spoken lately.",
        PROCESS,
        {(name,): one.silent_s < SILENT_AFTER_S for name, one in snapshot.lives.items()},
    )
    yield counter(
        "picket_process_restarts_total",
        "How often another process took the place of one that ended.",
        PROCESS,
        {(name,): one.restarts for name, one in snapshot.lives.items()},
    )
    yield counter(
        "picket_process_cpu_seconds_total",
        "Processor time.",
        PROCESS,
        {(name,): one.cpu_s for name, one in snapshot.usages.items()},
    )
    yield gauge(
        "picket_process_resident_memory_bytes",
        "Main memory; what processes share counts in each of them.",
        PROCESS,
        {(name,): one.memory_bytes for name, one in snapshot.usages.items()},
    )


def _broker(broker: BrokerStatus) -> Iterator[Metric]:
    yield gauge(
        "picket_mqtt_connected",
        "Whether the MQTT broker is there.",
        (),
        single(broker.is_connected),
    )
    yield gauge(
        "picket_mqtt_waiting_messages",
        "Messages that are still to be sent to the broker.",
        (),
        single(broker.waiting),
    )
    yield counter(
        "picket_mqtt_dropped_messages_total",
        "Messages for which the broker was away or slow for too long.",
        (),
        single(broker.dropped),
    )
