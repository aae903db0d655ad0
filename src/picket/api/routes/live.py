"""Live pictures of a camera."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from picket.api.answers import NO_STORE, describe, jpeg_answer
from picket.api.deps import Services, SharedServices
from picket.api.pictures import PictureWish
from picket.api.schemas.pictures import LatestOptions, StreamOptions, clamped_quality

BOUNDARY = "frame"

router = APIRouter(prefix="/api", tags=["pictures"], default_response_class=Response)


@router.get("/{camera}/latest.jpg", responses=describe("image/jpeg", "A picture."))
def show_latest(
    camera: str, wanted: Annotated[LatestOptions, Query()], services: SharedServices
) -> Response:
    """The newest analysed frame; a notice with the time when the camera fell silent."""
    services.context.require_camera(camera)
    wish = PictureWish(camera, wanted.overlays(), wanted.h, clamped_quality(wanted.quality))
    return jpeg_answer(services.pictures.jpeg(wish, services.context.clock()))


@router.get("/{camera}", responses=describe("multipart/x-mixed-replace", "Pictures."))
async def stream_camera(
    camera: str, wanted: Annotated[StreamOptions, Query()], services: SharedServices
) -> Response:
    """The newest frames without end, for debugging."""
    services.context.require_camera(camera)
    wish = PictureWish(camera, wanted.overlays(), wanted.h)
    return mjpeg_answer(services, wish, wanted.fps)


def mjpeg_answer(services: Services, wish: PictureWish, fps: int) -> StreamingResponse:
    """So many pictures a second, without end."""
    return StreamingResponse(
        mjpeg_parts(services, wish, 1 / fps),
        media_type=f"multipart/x-mixed-replace; boundary={BOUNDARY}",
        headers={"Cache-Control": NO_STORE},
    )


async def mjpeg_parts(
    services: Services, wish: PictureWish, interval_s: float
) -> AsyncGenerator[bytes]:
    """A part for every interval, until the client goes and the generator is closed."""
    loop = asyncio.get_running_loop()
    due = loop.time()
    while True:
        jpeg = await run_in_threadpool(services.pictures.jpeg, wish, services.context.clock())
        yield f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\n\r\n".encode() + jpeg + b"\r\n\r\n"
        # A slow client gets fewer parts, not a queue of old ones.
        due = max(due + interval_s, loop.time())
        await asyncio.sleep(due - loop.time())
