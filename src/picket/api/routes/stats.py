"""How the program is doing."""

from __future__ import annotations

import os
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query

from picket.api.deps import ServerContext, Services, SharedServices
from picket.api.schemas.history import HistoryFilter, HistoryOut
from picket.api.stats import (
    Json,
    camera_stats,
    detector_stats,
    index_stats,
    mirrored_cameras,
    storage_stats,
    usage_stats,
)

HOME_ASSISTANT = "HomeAssistant/"
"""How everything in Home Assistant names itself; only the Frigate integration asks for this."""

router = APIRouter(prefix="/api/stats", tags=["system"])


@router.get("")
def show_stats(
    services: SharedServices, user_agent: Annotated[str, Header(include_in_schema=False)] = ""
) -> dict[str, Any]:
    """Rates, detectors, processes, storage; each camera both under `cameras` and by its name."""
    if user_agent.startswith(HOME_ASSISTANT):
        services.context.on_integration()
    return collect_stats(services)


@router.get("/history")
def show_history(wanted: Annotated[HistoryFilter, Query()], services: SharedServices) -> HistoryOut:
    """How cameras, detectors, processes and the disk were doing, step by step."""
    steps = wanted.steps(services.context.clock())
    found = services.history.steps(steps.start_time, steps.step_s, steps.count)
    return HistoryOut.of(steps, found)


def collect_stats(services: Services) -> Json:
    """The whole answer, also for those who are told without asking."""
    live = services.context.live
    statuses = live.cameras()
    cameras = {name: camera_stats(statuses.get(name)) for name in services.context.config.cameras}
    detectors = {name: detector_stats(status) for name, status in live.detectors().items()}
    return {
        **mirrored_cameras(cameras),
        "cameras": cameras,
        "detectors": detectors,
        "detection_fps": round(sum(one["detection_fps"] for one in cameras.values()), 2),
        "processes": {name: {"pid": pid} for name, pid in live.processes().items()},
        "cpu_usages": _cpu_usages(services, [*cameras.values(), *detectors.values()]),
        "service": {**_service(services.context), "index": index_stats(services.readers)},
    }


def _cpu_usages(services: Services, owners: list[Json]) -> Json:
    pids = {os.getpid(), *services.context.live.processes().values()}
    for owner in owners:
        pids |= {owner["pid"], owner.get("capture_pid", 0), owner.get("ffmpeg_pid", 0)}
    usages = services.meter.read(pids, services.context.clock())
    return {str(pid): usage_stats(usage) for pid, usage in usages.items()}


def _service(context: ServerContext) -> Json:
    now = context.clock()
    return {
        "uptime": int(now - context.started_time),
        "last_updated": int(now),
        "version": context.version,
        "latest_version": "disabled",  # nobody is asked: the program does not call home
        "storage": storage_stats(context.paths),
        "temperatures": {},
    }
