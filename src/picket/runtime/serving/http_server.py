"""The HTTP library's server, which sleeps while nobody asks."""

from __future__ import annotations

import asyncio

import uvicorn

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
