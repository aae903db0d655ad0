"""Live video of a camera over a WebSocket, as Media Source Extensions play it."""

from __future__ import annotations

import asyncio
from typing import cast, get_args

from fastapi import APIRouter, WebSocket

from picket.api.answers import refuse
from picket.api.deps import Services
from picket.api.mse_viewer import MseViewer
from picket.api.sockets import SEND_S, Bell, await_end, run_until_one_ends
from picket.config.live_streams import LiveStream
from picket.domain.errors import InvalidRequest, NotFound, PicketError, Unavailable

router = APIRouter(tags=["pictures"])


@router.websocket("/live/mse/{camera}")
async def watch_packets(websocket: WebSocket, camera: str, stream: str = "main") -> None:
    """The camera's own H.264 or H.265 and its sound, from the last keyframe on, without end.

    Texts are JSON: `init` before the first fragment and whenever parameters change, followed by
    the init segment as a binary message; `offline` when nothing comes. Every other binary message
    is one or more fragments.
    """
    services: Services = websocket.app.state.services
    bell = Bell()
    try:
        services.context.require_camera(camera)
        viewer = services.mse.watch(camera, _known(stream), bell.ring)
    except PicketError as error:
        status = {NotFound: 404, InvalidRequest: 400, Unavailable: 503}[type(error)]
        await websocket.send_denial_response(refuse(str(error), status))
        return
    try:
        await websocket.accept()
        await run_until_one_ends(await_end(websocket), _show(websocket, viewer, bell))
    finally:
        services.mse.leave(viewer)


def _known(stream: str) -> LiveStream:
    if stream not in get_args(LiveStream):
        raise InvalidRequest(f"stream: {stream[:40]!r} is none: `sub` or `main`")
    return cast(LiveStream, stream)


async def _show(websocket: WebSocket, viewer: MseViewer, bell: Bell) -> None:
    while True:
        await bell.wait()
        for message in viewer.take():
            async with asyncio.timeout(SEND_S):
                if isinstance(message, str):
                    await websocket.send_text(message)
                else:
                    await websocket.send_bytes(message)
