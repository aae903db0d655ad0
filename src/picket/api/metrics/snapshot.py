"""Everything that is measured, read once for one answer."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass

from picket.api.deps import Services
from picket.api.process_meter import ProcessUsage
from picket.api.readers import ReaderPool
from picket.api.request_meter import RequestKind
from picket.domain.errors import StoreError, Unavailable
from picket.domain.measures import Histogram
from picket.domain.status import (
    BrokerStatus,
    CameraStatus,
    DetectorStatus,
    KeeperStatus,
    ProcessLife,
)
from picket.store.recordings import footage_amounts


@dataclass(frozen=True, slots=True)
class Footage:
    """What a camera has recorded and still has."""

    size_bytes: int
    oldest_time: float  # Unix seconds


@dataclass(frozen=True, slots=True)
class Space:
    """The volume of the recordings."""

    total_bytes: int
    free_bytes: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The program at one moment."""

    version: str
    started_time: float  # Unix seconds
    cameras: tuple[str, ...]  # that are to run
    statuses: Mapping[str, CameraStatus]  # those of them that reported
    detectors: Mapping[str, DetectorStatus]
    keeper: KeeperStatus | None
    lives: Mapping[str, ProcessLife]  # by process
    told: Mapping[str, Histogram]  # by camera
    requests: Mapping[RequestKind, Histogram]
    usages: Mapping[str, ProcessUsage]  # by process
    broker: BrokerStatus | None
    space: Space | None  # None: the volume does not answer
    footage: Mapping[str, Footage] | None  # by camera; None: the index cannot be read


def take_snapshot(services: Services) -> Snapshot:
    """Ask everyone once; who does not answer is left out."""
    context = services.context
    live = context.live
    statuses = live.cameras()
    return Snapshot(
        version=context.version,
        started_time=context.started_time,
        cameras=tuple(name for name, one in context.config.cameras.items() if one.enabled),
        statuses=statuses,
        detectors=live.detectors(),
        keeper=live.keeper(),
        lives=live.lives(),
        told=live.told(),
        requests=services.requests.read(),
        usages=_usages(services, statuses),
        broker=context.broker(),
        space=_space(services),
        footage=_footage(services.readers),
    )


def _usages(services: Services, statuses: Mapping[str, CameraStatus]) -> dict[str, ProcessUsage]:
    pids = dict(services.context.live.processes())
    pids.pop("recording", None)  # a name for clients: another one of a worker
    pids |= {f"ffmpeg:{name}": one.ffmpeg_pid for name, one in statuses.items() if one.ffmpeg_pid}
    usages = services.meter.read(pids.values(), services.context.clock())
    return {name: usages[pid] for name, pid in pids.items() if pid in usages}


def _space(services: Services) -> Space | None:
    recordings = services.context.paths.recordings
    try:
        total_bytes, _, free_bytes = services.disk.ask(lambda: shutil.disk_usage(recordings))
    except OSError:
        return None
    return Space(total_bytes, free_bytes)


def _footage(readers: ReaderPool) -> dict[str, Footage] | None:
    try:
        with readers.borrow() as db:
            amounts = footage_amounts(db)
    except (StoreError, Unavailable):
        return None
    return {one.camera: Footage(one.size_bytes, one.oldest_time) for one in amounts}
