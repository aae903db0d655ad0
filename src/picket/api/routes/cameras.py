"""New cameras: tried before, then written into the configuration file."""

from __future__ import annotations

import threading

from fastapi import APIRouter

from picket.api.deps import Context
from picket.api.schemas.cameras import AddressIn, CameraIn, FoundOut
from picket.api.schemas.event_changes import Done
from picket.config.ffmpeg_args import encoded_path
from picket.domain.errors import InvalidRequest, Unavailable
from picket.media.camera_probe import require_network, try_camera

MOST_AT_ONCE = 3
"""Each asks with a program of its own for some seconds."""

router = APIRouter(prefix="/api/cameras", tags=["cameras"])

_tries = threading.BoundedSemaphore(MOST_AT_ONCE)


@router.post("/probe")
def probe_camera(wanted: AddressIn) -> FoundOut:
    """Streams and a picture of an address, before it becomes a camera.

    It is asked for 20 s at most. Only addresses in the network are opened.
    """
    if not _tries.acquire(blocking=False):
        raise Unavailable("other cameras are being tried: try again in some seconds")
    try:
        return FoundOut.of(try_camera(encoded_path(wanted.url.strip())))
    finally:
        _tries.release()


@router.post("")
def add_camera(wanted: CameraIn, context: Context) -> Done:
    """Write a new camera into the configuration file, comments kept, and restart to read it."""
    if wanted.name in context.config.cameras:
        raise InvalidRequest(f"there is a camera {wanted.name} already: choose another name")
    for source in wanted.inputs:
        require_network(source.url)
    if context.settings.set(tuple(wanted.to_changes())):
        context.settings.restart()
    return Done(message=f"Camera {wanted.name} added, restarting now.")
