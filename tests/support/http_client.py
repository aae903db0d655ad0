"""Requests to an app in this very process, without a socket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import httpx
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.datastructures import Headers
from starlette.routing import Match
from starlette.types import Message, Scope

from tests.support.claims import Shown, plain_route

_sent: ContextVar[set[Shown] | None] = ContextVar("sent", default=None)


@contextmanager
def recorded_requests() -> Iterator[set[Shown]]:
    """What clients of this test send, by route and parameter."""
    sent: set[Shown] = set()
    token = _sent.set(sent)
    try:
        yield sent
    finally:
        _sent.reset(token)


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """What a server would be told to send."""

    status: int
    headers: Headers
    body: bytes


class HttpClient:
    """Sends one request after the other, as any HTTP client would see them answered."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self._runner = asyncio.Runner()

    def get(self, path: str, **options: Any) -> httpx.Response:
        """GET; options as of httpx (`headers`, `params`, `json`)."""
        return self.request("GET", path, **options)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Any method; a fault of the app is answered, not raised."""
        answer = self._runner.run(self._send(method, path, options))
        self._record(answer.request)
        return answer

    def stream(self, path: str, query: str = "", parts: int = 3) -> list[bytes]:
        """The first parts of an endless answer; then the client goes away and the app must end."""
        self._record(httpx.Request("GET", f"http://nvr{path}?{query}"))
        return self._runner.run(asyncio.wait_for(self._stream(path, query, parts), timeout=20))

    def close(self) -> None:
        """End the loop and its threads."""
        self._runner.close()

    def _record(self, request: httpx.Request) -> None:
        sent = _sent.get()
        route = self._route(request)
        if sent is not None and route is not None:
            names = {*request.url.params.keys(), *(f"body.{key}" for key in _keys(request))}
            sent |= {Shown(route, name) for name in ("", *names)}

    def _route(self, request: httpx.Request) -> str | None:
        """Who answers, as `GET /api/{camera}`; HEAD is answered by GET."""
        method = "GET" if request.method == "HEAD" else request.method
        scope = {"type": "http", "method": method, "path": request.url.path, "headers": []}
        for route in iter_route_contexts(self.app.routes):
            if route.matches(scope)[0] is Match.FULL:
                return plain_route(f"{method} {route.path}")
        return None

    async def _send(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://nvr") as client:
            return await client.request(method, path, **options)

    def raw(
        self,
        method: str,
        path: str,
        query: bytes = b"",
        headers: Iterable[tuple[str, str]] = (),
        body: bytes = b"",
    ) -> RawAnswer:
        """A request that no client library would send; the path may be percent-encoded."""
        sent = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        scope = _scope(method, path, query, sent)
        return self._runner.run(asyncio.wait_for(self._raw(scope, body), timeout=20))

    async def _raw(self, scope: Scope, body: bytes) -> RawAnswer:
        messages: list[Message] = []
        is_asked = False

        async def receive() -> Message:
            nonlocal is_asked
            if is_asked:
                await asyncio.Event().wait()
            is_asked = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            messages.append(message)

        with suppress(Exception):  # the server would log it; the answer is there already
            await self.app(scope, receive, send)
        start, *parts = messages
        content = b"".join(part["body"] for part in parts)
        return RawAnswer(start["status"], Headers(raw=start["headers"]), content)

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

        await self.app(_scope("GET", path, query.encode()), receive, send)
        return bodies[:parts]


def _scope(
    method: str, path: str, query: bytes, headers: Iterable[tuple[bytes, bytes]] = ()
) -> Scope:
    """What a server makes of a request."""
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode("latin-1", "replace"),
        "root_path": "",
        "query_string": query,
        "headers": list(headers),
        "client": ("127.0.0.1", 1),
        "server": ("nvr", 80),
    }


def _keys(request: httpx.Request) -> list[str]:
    """The keys of a body that is a JSON object."""
    try:
        body = json.loads(request.content)
    except (ValueError, RecursionError):
        return []
    return list(body) if isinstance(body, dict) else []
