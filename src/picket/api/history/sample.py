"""One sample of how the program is doing; names such as `cameras/front/fps`."""

from __future__ import annotations

import os
import shutil
from collections import Counter

import psutil

from picket.api.deps import Services

MIB = 1 << 20


def take_sample(services: Services) -> dict[str, float]:
    """Everything that has a history, by name."""
    live = services.context.live
    processes = {"server": os.getpid(), **live.processes()}
    pids = {pid: role for role, pid in processes.items() if pid and role != "recording"}
    usages = services.meter.read(pids, services.context.clock())
    memory_bytes = psutil.virtual_memory().total
    values: dict[str, float] = {}
    for pid, usage in usages.items():
        values[f"processes/{pids[pid]}/cpu"] = usage.cpu_percent
        memory = usage.memory_percent / 100 * memory_bytes / MIB
        values[f"processes/{pids[pid]}/memory"] = memory
    cameras = live.cameras()
    of_worker = Counter(status.pid for status in cameras.values())
    for name, status in cameras.items():
        values[f"cameras/{name}/fps"] = status.camera_fps
        values[f"cameras/{name}/skipped"] = status.skipped_fps
        if status.pid in usages:
            share = usages[status.pid].cpu_percent / of_worker[status.pid]
            values[f"cameras/{name}/cpu"] = share
    for name, detector in live.detectors().items():
        values[f"detectors/{name}/ms"] = detector.inference_ms
    return values | _storage(services)


def _storage(services: Services) -> dict[str, float]:
    try:
        disk = shutil.disk_usage(services.context.paths.recordings)
    except OSError:
        return {}  # the volume is gone for now
    return {"storage/recordings/used": disk.used / MIB, "storage/recordings/free": disk.free / MIB}
