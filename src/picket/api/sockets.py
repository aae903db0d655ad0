"""What every WebSocket does: refuse, wake, end."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

SEND_S = 10.0
"""A client that takes nothing for so long is given up."""


class Bell:
    """Wakes one coroutine; any thread may ring."""

    def __init__(self) -> None:
        """Belongs to the running event loop."""
        self._loop = asyncio.get_running_loop()
        self._is_rung = asyncio.Event()

    def ring(self) -> None:
        """Have `wait` return, now or as soon as it is called."""
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._is_rung.set)

    async def wait(self) -> None:
        """Until somebody rings."""
        await self._is_rung.wait()
        self._is_rung.clear()


async def await_end(websocket: WebSocket) -> None:
    """Read and forget what the client says until it goes away."""
    while (await websocket.receive())["type"] != "websocket.disconnect":
        pass


async def run_until_one_ends(*jobs: Coroutine[Any, Any, None]) -> None:
    """Run all at once until the first is over, then cancel the others.

    Raises: what that one raised, unless it is that the client went away or takes nothing.
    """
    tasks = [asyncio.create_task(job) for job in jobs]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        with suppress(WebSocketDisconnect, TimeoutError):
            for task in done:
                task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
