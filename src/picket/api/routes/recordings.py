"""Recordings: segments, hours, space, and gaps."""

from __future__ import annotations

import shutil
from typing import Annotated

from fastapi import APIRouter, Query

from picket.api.activity import Footage, running_events
from picket.api.answers import JsonAnswer
from picket.api.deps import Context, ServerContext, Store
from picket.api.queries import ALL
from picket.api.schemas.recordings import (
    ActivityFilter,
    ActivityOut,
    DayOut,
    ForecastOut,
    GapFilter,
    GapOut,
    RecordingOut,
    SpanFilter,
    UsageOut,
    ZoneFilter,
    group_days,
    recording_row,
)
from picket.store.activity import event_spans, recorded_table
from picket.store.gaps import find_gaps
from picket.store.local_time import find_zone
from picket.store.recordings import camera_usage, find_recordings, recorded_hours

USUAL_WIDTH, USUAL_HEIGHT = 1280, 720  # pixels, until the camera has told its own

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


@router.get("/recordings/forecast")
def show_forecast(store: Store, context: Context) -> ForecastOut:
    """For how long there is room, if cameras write on as they do and nothing is deleted."""
    try:
        free_bytes = shutil.disk_usage(context.paths.recordings).free
    except OSError:
        free_bytes = 0  # nothing was ever recorded, or the volume is gone
    quota_gib = context.config.storage.quota
    return ForecastOut.of(camera_usage(store), free_bytes, quota_gib)


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


@router.get("/{camera}/gaps")
def list_gaps_of_camera(
    camera: str, wanted: Annotated[SpanFilter, Query()], store: Store, context: Context
) -> list[GapOut]:
    """Where a camera's footage is missing, and why, oldest first."""
    context.require_camera(camera)
    after, before = wanted.bounds(context.clock())
    return [GapOut.of(gap) for gap in find_gaps(store, camera, after, before)]


@router.get("/{camera}/activity", response_model=ActivityOut)
def show_activity(
    camera: str, wanted: Annotated[ActivityFilter, Query()], store: Store, context: Context
) -> JsonAnswer:
    """What a timeline draws of a camera: motion, recordings and events, step by step."""
    context.require_camera(camera)
    steps = wanted.steps(context.clock())
    after, before = steps.start_time, steps.start_time + steps.step_s * steps.count
    footage = Footage.of(recorded_table(store, camera, after, before))
    answer = {
        "step": steps.step_s,
        "start": after,
        "motion": footage.motion_levels(steps, _picture_px2_per_s(context, camera)),
        "recorded": footage.recorded_shares(steps),
        "objects": running_events(steps, event_spans(store, camera, after, before)),
    }
    return JsonAnswer(answer)


def _picture_px2_per_s(context: ServerContext, camera: str) -> float:
    """How much could move in a second."""
    detect, status = context.config.cameras[camera].detect, context.live.cameras().get(camera)
    width = detect.width or (status and status.width) or USUAL_WIDTH
    height = detect.height or (status and status.height) or USUAL_HEIGHT
    return float(width * height * detect.fps)
