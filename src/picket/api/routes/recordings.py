"""Recordings: segments, hours, space, and gaps."""

from __future__ import annotations

import shutil
from typing import Annotated

from fastapi import APIRouter, Query

from picket.api.answers import JsonAnswer
from picket.api.deps import Context, Store
from picket.api.queries import ALL
from picket.api.schemas.recordings import (
    DayOut,
    GapFilter,
    GapOut,
    RecordingOut,
    SpanFilter,
    UsageOut,
    ZoneFilter,
    group_days,
    recording_row,
)
from picket.store.gaps import find_gaps
from picket.store.local_time import find_zone
from picket.store.recordings import camera_usage, find_recordings, recorded_hours

router = APIRouter(prefix="/api", tags=["recordings"])


@router.get("/recordings/storage", response_model_exclude_unset=True)
def show_storage(store: Store, context: Context) -> dict[str, UsageOut]:
    """Space that each camera's recordings take, in MiB and in percent of the disk.

    Cameras that are not configured any more are told as long as they take space.
    """
    try:
        disk = shutil.disk_usage(context.paths.recordings)
    except OSError:
        return {}  # nothing was ever recorded
    used = {camera: UsageOut.of(one, disk.total) for camera, one in camera_usage(store).items()}
    unused = UsageOut(bandwidth=0.0, usage=None)
    return dict.fromkeys(context.config.cameras, unused) | used


@router.get("/gaps")
def list_gaps(
    wanted: Annotated[GapFilter, Query()], store: Store, context: Context
) -> list[GapOut]:
    """Where footage is missing, and why, oldest first."""
    after, before = wanted.bounds(context.clock())
    camera = None if wanted.camera in ("", ALL) else wanted.camera
    return [GapOut.of(gap) for gap in find_gaps(store, camera, after, before)]


@router.get("/{camera}/recordings", response_model=list[RecordingOut])
def list_recordings(
    camera: str, wanted: Annotated[SpanFilter, Query()], store: Store, context: Context
) -> JsonAnswer:
    """Segments that touch the time range, oldest first."""
    after, before = wanted.bounds(context.clock())
    return JsonAnswer([recording_row(one) for one in find_recordings(store, camera, after, before)])


@router.get("/{camera}/recordings/summary", response_model=list[DayOut])
def summarise_recordings(
    camera: str, wanted: Annotated[ZoneFilter, Query()], store: Store
) -> JsonAnswer:
    """Hours with recordings by local day, both newest first."""
    days = group_days(recorded_hours(store, camera, find_zone(wanted.timezone)))
    return JsonAnswer([day.model_dump() for day in days])
