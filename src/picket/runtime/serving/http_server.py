"""The HTTP library's server, which sleeps while nobody asks."""

from __future__ import annotations

import asyncio

import uvicorn
from fastapi import FastAPI

STOP_S = 2
MOST_SAID_BYTES = 64 * 1024  # by a client in one message of a WebSocket
DATE_S = 1.0
"""The `Date` of answers counts seconds."""


class HttpServer(uvicorn.Server):
    """Looks up once a second instead of ten times: whoever ends it wakes it."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_over = asyncio.Event()

    def end(self) -> None:
        """Stop serving; any thread may call it."""
        self.should_exit = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._is_over.set)

    async def main_loop(self) -> None:
        """Until it is ended; the library's own looks whether it is ten times a second."""
        self._loop = asyncio.get_running_loop()
        while not await self.on_tick(0):
            try:
                await asyncio.wait_for(self._is_over.wait(), DATE_S)
            except TimeoutError:
                continue


def uvicorn_config(app: FastAPI, host: str, port: int) -> uvicorn.Config:
    """How the door is served; a WebSocket that answers no ping for 20 s is closed."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        log_level="warning",  # else a line or two for each WebSocket
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_S,
        lifespan="off",
        ws="websockets-sansio",
        ws_max_size=MOST_SAID_BYTES,
        ws_per_message_deflate=False,  # video does not get smaller, and a home's network is quick
    )
