"""The topics over a WebSocket, both ways."""

from __future__ import annotations

import asyncio
import logging

from fastapi import APIRouter, WebSocket
from fastapi.concurrency import run_in_threadpool

from picket.api.deps import ServerContext, Services
from picket.api.routes.stats import collect_stats
from picket.api.schemas.topics import from_frame, to_frame
from picket.api.sockets import SEND_S, Bell, run_until_one_ends
from picket.domain.errors import PicketError
from picket.ipc.mailbox import Mailbox
from picket.topics.commands import read_command
from picket.topics.message import Message, json_message
from picket.topics.obey import obey

logger = logging.getLogger(__name__)

INBOX_MESSAGES = 500
MOST_LOST = 100
"""Who lost more than this is closed: it had better begin anew."""
TRY_AGAIN_LATER = 1013

router = APIRouter(tags=["topics"])


@router.websocket("/ws")
async def join_topics(websocket: WebSocket) -> None:
    """Tell what is published, as it happens; obey what the client says."""
    services: Services = websocket.app.state.services
    await websocket.accept()
    bell = Bell()
    inbox = Mailbox[Message](bell.ring, INBOX_MESSAGES)
    services.context.topics.subscribe(inbox)
    try:
        await run_until_one_ends(
            _listen(websocket, services.context), _tell(websocket, services, inbox, bell)
        )
    finally:
        services.context.topics.unsubscribe(inbox)


async def _tell(
    websocket: WebSocket, services: Services, inbox: Mailbox[Message], bell: Bell
) -> None:
    """First how everything is, then what changes."""
    for topic, payload in services.context.settings.states().items():
        await _send(websocket, Message(topic, payload))
    for message in services.context.topics.known():
        await _send(websocket, message)
    stats = await run_in_threadpool(collect_stats, services)
    await _send(websocket, json_message("stats", stats))
    while inbox.lost <= MOST_LOST:
        for message in inbox.take():
            await _send(websocket, message)
        await bell.wait()
    await websocket.close(TRY_AGAIN_LATER, f"{inbox.lost} messages were lost: read faster")


async def _send(websocket: WebSocket, message: Message) -> None:
    text = to_frame(message)
    if text is not None:
        async with asyncio.timeout(SEND_S):
            await websocket.send_text(text)


async def _listen(websocket: WebSocket, context: ServerContext) -> None:
    while True:
        frame = await websocket.receive()
        if frame["type"] == "websocket.disconnect":
            return
        try:
            message = from_frame(frame.get("text") or "")
            command = read_command(message)
        except ValueError as error:
            logger.debug("a frame of a WebSocket is ignored: %s", error)
            continue
        try:
            movement = await run_in_threadpool(
                obey, command, context.settings, context.ptz, context.topics.publish
            )
            if movement is not None:
                await asyncio.wrap_future(movement)
        except PicketError as error:
            logger.warning("%.100r was not carried out: %s", message.topic, error)
