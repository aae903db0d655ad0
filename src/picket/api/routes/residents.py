"""What stands about in a camera's picture and is no news."""

from __future__ import annotations

from fastapi import APIRouter

from picket.api.deps import Context
from picket.api.schemas.event_changes import Done
from picket.api.schemas.residents import ResidentOut
from picket.domain.errors import NotFound

router = APIRouter(prefix="/api/{camera}/residents", tags=["cameras"])


@router.get("")
def list_residents(camera: str, context: Context) -> list[ResidentOut]:
    """What a camera knows to stand about: parked cars and the like."""
    context.require_camera(camera)
    return [ResidentOut.of(resident) for resident in context.live.residents(camera)]


@router.delete("")
def forget_residents(camera: str, context: Context) -> Done:
    """Forget everything that stands about: what is found from now on is news."""
    context.require_camera(camera)
    gone = context.live.forget_residents(camera)
    return Done(message=f"Camera {camera} forgot {len(gone)} residents")


@router.delete("/{resident_id}")
def forget_resident(camera: str, resident_id: str, context: Context) -> Done:
    """Forget one thing: if it is still there it is news."""
    context.require_camera(camera)
    if not context.live.forget_residents(camera, resident_id):
        raise NotFound(f"Resident not found: {resident_id}")
    return Done(message=f"Resident {resident_id} forgotten")
