"""The numbers of GET /api/stats, put together from what the processes report."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psutil

from picket.api.process_meter import ProcessUsage
from picket.api.readers import ReaderPool
from picket.config.masking import mask_credentials
from picket.config.paths import MediaPaths
from picket.domain.errors import StoreError, Unavailable
from picket.domain.look import Urgency
from picket.domain.status import CameraState, CameraStatus, DetectorStatus, LookCount
from picket.store.upkeep import list_upkeep

MIB = 1 << 20

Json = dict[str, Any]

FIXED_KEYS = frozenset(
    {
        "bandwidth_usages",
        "cameras",
        "cpu_usages",
        "detection_fps",
        "detectors",
        "gpu_usages",
        "processes",
        "service",
    }
)


def camera_stats(status: CameraStatus | None) -> Json:
    """One camera; zeros before its worker has reported."""
    status = status or CameraStatus("", CameraState.CONNECTING, 0.0)
    return {
        "camera_fps": round(status.camera_fps, 2),
        "process_fps": round(status.process_fps, 2),
        "skipped_fps": round(status.skipped_fps, 2),
        "detection_fps": round(status.detection_fps, 2),
        "detection_enabled": int(status.detect_enabled),
        "pid": status.pid,
        "capture_pid": status.capture_pid,
        "ffmpeg_pid": status.ffmpeg_pid,
        "audio_dBFS": round(status.audio_dbfs, 4),
        "audio_rms": round(status.audio_rms, 4),
        "audio_lost_windows": status.audio_lost_windows,
        "audio_problem": mask_credentials(status.audio_problem),
        "state": status.state.value,
        "state_since": status.since,
        "state_detail": mask_credentials(status.detail),
        "is_blind": bool(status.blind_since),
        "blind_since": status.blind_since,
        "blind_reason": mask_credentials(status.blind_reason),
        "is_overloaded": bool(status.overloaded_since),
        "overloaded_since": status.overloaded_since,
        "overload_reason": status.overload_reason,
        "shed_fps": round(status.shed_fps, 2),
        "looks": {
            kind.name.lower(): asdict(status.looks.get(kind, LookCount())) for kind in Urgency
        },
        "reconnects": status.reconnects,
        "dropped_packets": status.dropped_packets,
    }


def detector_stats(status: DetectorStatus) -> Json:
    """One detector."""
    return {
        "detection_start": status.detection_start,
        "inference_speed": round(status.inference_ms, 2),
        "pid": status.pid,
        "runs": status.way,
        "model": status.model.name if status.model else "",
    }


def usage_stats(usage: ProcessUsage) -> Json:
    """One process; clients expect the numbers as text."""
    return {
        "cpu": f"{usage.cpu_percent:.1f}",
        "cpu_average": f"{usage.cpu_average_percent:.1f}",
        "mem": f"{usage.memory_percent:.1f}",
        "cmdline": mask_credentials(usage.command),
    }


def index_stats(readers: ReaderPool) -> Json:
    """How the index was looked after last; why it cannot be read, where that is so."""
    try:
        with readers.borrow() as db:
            tasks = list_upkeep(db)
    except (StoreError, Unavailable) as error:
        return {"problem": str(error)}
    return {
        one.task.value: {"time": one.finished_time, "good": one.is_good, "outcome": one.outcome}
        for one in tasks
    }


def mirrored_cameras(cameras: Mapping[str, Json]) -> Json:
    """Cameras as the older form has them, beside the fixed keys.

    Left out is what a client would take for something else: a fixed key, or a rate.
    """
    return {
        name: numbers
        for name, numbers in cameras.items()
        if name not in FIXED_KEYS and not name.endswith("_fps")
    }


def storage_stats(paths: MediaPaths) -> Json:
    """Space in MiB by the names that clients look for, wherever the folders really are."""
    folders = {
        "/media/frigate/clips": paths.clips,
        "/media/frigate/recordings": paths.recordings,
        "/tmp/cache": Path(tempfile.gettempdir()),  # noqa: S108 - a name for clients, not a file
        "/dev/shm": Path("/dev/shm"),  # noqa: S108 - shared memory is there by definition
    }
    mounts = [(Path(one.mountpoint), one.fstype) for one in psutil.disk_partitions(all=True)]
    return {name: folder_stats(folder, mounts) for name, folder in folders.items()}


def folder_stats(folder: Path, mounts: Iterable[tuple[Path, str]]) -> Json:
    """Space of the file system of a folder; empty when the folder is not there."""
    try:
        disk = shutil.disk_usage(folder)
    except OSError:
        return {}
    kind = _file_system(folder.resolve(), mounts)
    return {
        "total": round(disk.total / MIB, 1),
        "used": round(disk.used / MIB, 1),
        "free": round(disk.free / MIB, 1),
        "mnt_type": kind,
        "mount_type": kind,
    }


def _file_system(folder: Path, mounts: Iterable[tuple[Path, str]]) -> str:
    """The type of the mount that lies deepest above the folder; of two on one point the later."""
    best, kind = -1, "unknown"
    for point, fstype in mounts:
        depth = len(point.parts)
        if folder.is_relative_to(point) and depth >= best:
            best, kind = depth, fstype
    return kind
