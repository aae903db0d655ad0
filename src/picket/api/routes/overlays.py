"""What was found in each analysed frame of a camera, over a WebSocket."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, WebSocket

from picket.api.answers import refuse
from picket.api.deps import Services
from picket.api.ports import LiveCameras
from picket.api.schemas.overlays import OverlayOut
from picket.api.sockets import SEND_S, await_end, run_until_one_ends
from picket.domain.errors import NotFound
from picket.domain.frame import Frame
from picket.domain.overlay import FrameNotes

LOOK_S = 0.05
"""So often is looked for another frame: pictures are shown later than that by far."""

router = APIRouter(tags=["pictures"])


@router.websocket("/live/overlays/{camera}")
async def watch_overlays(websocket: WebSocket, camera: str) -> None:
    """JSON for each frame, the newest one first; while somebody listens, each is analysed."""
    services: Services = websocket.app.state.services
    try:
        services.context.require_camera(camera)
    except NotFound as error:
        await websocket.send_denial_response(refuse(str(error), 404))
        return
    await websocket.accept()
    await run_until_one_ends(await_end(websocket), _tell(websocket, services.context.live, camera))


async def _tell(websocket: WebSocket, live: LiveCameras, camera: str) -> None:
    """Nothing waits for a client: while he takes one message, he misses what comes."""
    sequence, told_time = 0, float("-inf")
    while True:
        newest = live.sequence(camera)
        found = live.view(camera, _describe) if newest != sequence else None
        sequence = newest
        if found is not None and found.time != told_time:
            told_time = found.time
            async with asyncio.timeout(SEND_S):
                await websocket.send_text(found.model_dump_json())
        await asyncio.sleep(LOOK_S)


def _describe(frame: Frame, notes: FrameNotes) -> OverlayOut:
    return OverlayOut.of(notes, (frame.width, frame.height))
