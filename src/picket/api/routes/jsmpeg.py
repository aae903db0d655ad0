"""Live video of a camera over a WebSocket, as JSMpeg plays it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from fastapi import APIRouter, WebSocket

from picket.api.answers import refuse
from picket.api.deps import ServerContext, Services
from picket.api.live_video import Viewer
from picket.api.sockets import SEND_S, Bell, await_end, run_until_one_ends
from picket.domain.errors import NotFound

JSMPEG_SUBPROTOCOL = "null"
"""Its player asks for no subprotocol in a way that browsers take for this name."""
INTERNAL_ERROR = 1011

router = APIRouter(tags=["pictures"])


@router.websocket("/live/jsmpeg/{camera}")
async def watch_camera(websocket: WebSocket, camera: str) -> None:
    """MPEG-1 video in an MPEG transport stream, from a keyframe on, without end."""
    context: ServerContext = websocket.app.state.services.context
    await show_video(websocket, camera, partial(context.require_camera, camera))


async def show_video(websocket: WebSocket, camera: str, require: Callable[[], None]) -> None:
    """Send live video until the client goes; `require` raises NotFound when there is none."""
    services: Services = websocket.app.state.services
    try:
        require()
    except NotFound as error:
        await websocket.send_denial_response(refuse(str(error), 404))
        return
    asked = websocket.scope["subprotocols"]
    await websocket.accept(JSMPEG_SUBPROTOCOL if JSMPEG_SUBPROTOCOL in asked else None)
    bell = Bell()
    viewer = services.video.watch(camera, bell.ring)
    try:
        await run_until_one_ends(await_end(websocket), _show(websocket, viewer, bell))
    finally:
        services.video.leave(viewer)


async def _show(websocket: WebSocket, viewer: Viewer, bell: Bell) -> None:
    while not viewer.is_over:
        await bell.wait()
        for piece in viewer.take():
            async with asyncio.timeout(SEND_S):
                await websocket.send_bytes(piece.data)
    await websocket.close(INTERNAL_ERROR, "the video ended: the log has the details")
