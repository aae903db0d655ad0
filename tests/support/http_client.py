"""Requests to an app in this very process, without a socket."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
from fastapi import FastAPI
from starlette.types import Message


class HttpClient:
    """Sends one request after the other, as any HTTP client would see them answered."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._runner = asyncio.Runner()

    def get(self, path: str, **options: Any) -> httpx.Response:
        """GET; options as of httpx (`headers`, `params`, `json`)."""
        return self.request("GET", path, **options)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Any method; a fault of the app is answered, not raised."""
        return self._runner.run(self._send(method, path, options))

    def stream(self, path: str, query: str = "", parts: int = 3) -> list[bytes]:
        """The first parts of an endless answer; then the client goes away and the app must end."""
        return self._runner.run(asyncio.wait_for(self._stream(path, query, parts), timeout=20))

    def close(self) -> None:
        """End the loop and its threads."""
        self._runner.close()

    async def _send(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://nvr") as client:
            return await client.request(method, path, **options)

    async def _stream(self, path: str, query: str, parts: int) -> list[bytes]:
        bodies: list[bytes] = []
        is_gone = asyncio.Event()
        is_asked = False

        async def receive() -> Message:
            nonlocal is_asked
            if not is_asked:
                is_asked = True
                return {"type": "http.request", "body": b"", "more_body": False}
            await is_gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.body" and message["body"]:
                bodies.append(message["body"])
            if len(bodies) >= parts:
                is_gone.set()

        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [],
            "client": ("127.0.0.1", 1),
            "server": ("nvr", 80),
        }
        await self._app(scope, receive, send)
        return bodies[:parts]
