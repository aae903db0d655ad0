"""Cameras that can be moved."""

from __future__ import annotations

from fastapi import APIRouter

from picket.api.deps import Context
from picket.api.schemas.ptz import PtzInfoOut
from picket.domain.errors import Unavailable

router = APIRouter(prefix="/api", tags=["cameras"])


@router.get("/{camera}/ptz/info", response_model_exclude_unset=True)
def show_ptz(camera: str, context: Context) -> PtzInfoOut:
    """How a camera can be moved; nothing for one without `onvif.host`."""
    context.require_camera(camera)
    if context.config.cameras[camera].onvif.host:
        raise Unavailable(f"camera {camera} cannot be moved: this version does not speak ONVIF")
    return PtzInfoOut()
