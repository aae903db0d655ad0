"""Cameras that can be moved."""

from __future__ import annotations

from asyncio import wrap_future
from typing import Annotated

from fastapi import APIRouter, Body

from picket.api.deps import Context
from picket.api.schemas.event_changes import Done
from picket.api.schemas.ptz import PtzCommandIn, PtzInfoOut

router = APIRouter(prefix="/api", tags=["cameras"])

# Coroutines, because a camera that hangs would hold a thread that other requests need.


@router.get("/{camera}/ptz/info", response_model_exclude_unset=True)
async def show_ptz(camera: str, context: Context) -> PtzInfoOut:
    """How a camera can be moved; nothing for one without `onvif.host`."""
    context.require_camera(camera)
    if not context.config.cameras[camera].onvif.host:
        return PtzInfoOut()
    return PtzInfoOut.of(await wrap_future(context.ptz.describe(camera)))


@router.post("/{camera}/ptz")
async def move_camera(
    camera: str, context: Context, body: Annotated[PtzCommandIn | None, Body()] = None
) -> Done:
    """Move a camera until `STOP`, or to a preset: `preset_<name>`."""
    context.require_camera(camera)
    command = (body or PtzCommandIn()).command
    await wrap_future(context.ptz.carry_out(camera, command))
    return Done(message=f"Camera {camera} carried out {command}")
