"""The cameras where something happens, in one picture."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response, WebSocket
from fastapi.responses import StreamingResponse

from picket.api.answers import describe, jpeg_answer, refuse
from picket.api.deps import SharedServices
from picket.api.pictures import NOTHING_DRAWN, PictureWish
from picket.api.routes.jsmpeg import show_video
from picket.api.routes.live import mjpeg_answer
from picket.api.schemas.pictures import (
    BirdseyeOptions,
    BirdseyeStreamOptions,
    clamped_quality,
)
from picket.config.birdseye import BIRDSEYE

NO_PACKETS = (
    "Birdseye has no H.264 video, since Picket encodes none: watch `/live/jsmpeg/birdseye` or"
    " `/api/birdseye`"
)

router = APIRouter(tags=["pictures"], default_response_class=Response)


@router.get("/api/birdseye/latest.jpg", responses=describe("image/jpeg", "A picture."))
def show_birdseye(
    wanted: Annotated[BirdseyeOptions, Query()], services: SharedServices
) -> Response:
    """The cameras where something happens, side by side; a quiet picture when nothing does."""
    services.context.require_birdseye()
    wish = PictureWish(BIRDSEYE, NOTHING_DRAWN, wanted.h, clamped_quality(wanted.quality))
    return jpeg_answer(services.pictures.jpeg(wish, services.context.clock()))


@router.get("/api/birdseye", responses=describe("multipart/x-mixed-replace", "Pictures."))
async def stream_birdseye(
    wanted: Annotated[BirdseyeStreamOptions, Query()], services: SharedServices
) -> StreamingResponse:
    """The same without end."""
    services.context.require_birdseye()
    wish = PictureWish(BIRDSEYE, NOTHING_DRAWN, wanted.h)
    return mjpeg_answer(services, wish, wanted.fps)


@router.websocket("/live/jsmpeg/birdseye")
async def watch_birdseye(websocket: WebSocket) -> None:
    """MPEG-1 video in an MPEG transport stream, from a keyframe on, without end."""
    context = websocket.app.state.services.context
    await show_video(websocket, BIRDSEYE, context.require_birdseye)


@router.websocket("/live/mse/birdseye")
async def refuse_packets(websocket: WebSocket) -> None:
    """There are none: a picture that is put together has no packets of a camera."""
    await websocket.send_denial_response(refuse(NO_PACKETS, 404))
