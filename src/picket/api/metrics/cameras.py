"""Metrics of cameras: state, frames, recording, events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from prometheus_client.metrics_core import Metric

from picket.api.metrics.families import Key, counter, gauge, histogram
from picket.api.metrics.snapshot import Snapshot
from picket.api.ports import silent_cameras
from picket.domain.measures import Histogram
from picket.domain.segment import GapReason
from picket.domain.status import CameraCounts, CameraState, CameraStatus, KeeperStatus

CAMERA = ("camera",)
RECONNECT_REASONS = (GapReason.CAMERA_OFFLINE, GapReason.STALLED, GapReason.CLOCK)
"""What never happened is told as 0, so that its first time is seen as a rise."""


def camera_metrics(snapshot: Snapshot) -> Iterator[Metric]:
    """One value for each camera that is to run; counts once its worker has reported."""
    yield from _states(snapshot)
    yield from _counts(snapshot.statuses)
    yield from _disk(snapshot.statuses)
    if snapshot.keeper is not None:
        yield _gaps(snapshot.cameras, snapshot.keeper)
    yield histogram(
        "picket_event_seconds",
        "From an object's first frame until it was believed; from that frame until its worker"
        " told (analysed) and all listeners were told (told); from a change until its commit"
        " (stored).",
        ("camera", "stage"),
        dict(_event_stages(snapshot)),
    )


def _states(snapshot: Snapshot) -> Iterator[Metric]:
    told = {name: snapshot.statuses.get(name) for name in snapshot.cameras}
    silent = silent_cameras(snapshot.lives)
    yield gauge(
        "picket_camera_up",
        "Whether the camera sends pictures.",
        CAMERA,
        {(name,): name not in silent and _is_up(one) for name, one in told.items()},
    )
    yield gauge(
        "picket_camera_blind",
        "Whether no detector answers for a camera that wants one.",
        CAMERA,
        {(name,): bool(one and one.blind_since) for name, one in told.items()},
    )


def _is_up(status: CameraStatus | None) -> bool:
    return status is not None and status.state is CameraState.ONLINE


def _counts(statuses: Mapping[str, CameraStatus]) -> Iterator[Metric]:
    counts = {name: one.counts for name, one in statuses.items()}
    yield counter(
        "picket_camera_frames_total",
        "Frames of the detect rate: received, and analysed or skipped.",
        ("camera", "stage"),
        {
            (name, stage): value
            for name, one in counts.items()
            for stage, value in (
                ("received", one.received),
                ("analysed", one.analysed),
                ("skipped", one.skipped),
            )
        },
    )
    yield counter(
        "picket_camera_regions_total",
        "Parts of frames that were given to a detector.",
        CAMERA,
        {(name,): one.regions for name, one in counts.items()},
    )
    yield counter(
        "picket_camera_dropped_packets_total",
        "Packets that a slow recorder or decoder lost.",
        CAMERA,
        {(name,): one.dropped_packets for name, one in statuses.items()},
    )
    yield counter(
        "picket_camera_reconnects_total",
        "Connections that failed or ended, by cause.",
        ("camera", "reason"),
        {
            (name, reason.value): one.reconnects.get(reason, 0)
            for name, one in counts.items()
            for reason in RECONNECT_REASONS
        },
    )


def _disk(statuses: Mapping[str, CameraStatus]) -> Iterator[Metric]:
    def each(measure: Callable[[CameraCounts], Histogram]) -> dict[Key, Histogram]:
        return {(name,): measure(one.counts) for name, one in statuses.items()}

    yield counter(
        "picket_recording_written_bytes_total",
        "Bytes of recordings that were handed to the system.",
        CAMERA,
        {(name,): one.counts.written_bytes for name, one in statuses.items()},
    )
    yield histogram(
        "picket_recording_write_seconds",
        "Handing a fragment to the system.",
        CAMERA,
        each(lambda counts: counts.writes),
    )
    yield histogram(
        "picket_recording_sync_seconds",
        "Waiting until a fragment is on the disk.",
        CAMERA,
        each(lambda counts: counts.syncs),
    )


def _gaps(cameras: Iterable[str], keeper: KeeperStatus) -> Metric:
    seconds: dict[Key, float] = {(name, one.value): 0.0 for name in cameras for one in GapReason}
    seconds.update({(one.camera, one.reason.value): one.seconds for one in keeper.gaps})
    return counter(
        "picket_recording_gap_seconds_total",
        "Time in which a camera should have been recorded and was not, by cause.",
        ("camera", "reason"),
        seconds,
    )


def _event_stages(snapshot: Snapshot) -> Iterator[tuple[Key, Histogram]]:
    for name, one in snapshot.statuses.items():
        yield (name, "believed"), one.counts.believed
        yield (name, "analysed"), one.counts.analysed_in
    stored = snapshot.keeper.stored if snapshot.keeper else {}
    for stage, measured in (("told", snapshot.told), ("stored", stored)):
        for name, value in measured.items():
            yield (name, stage), value
