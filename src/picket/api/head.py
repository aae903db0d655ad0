"""HEAD on every route that answers GET."""

from __future__ import annotations

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class _HeadersSent(OSError):
    """The client wanted the headers only; an OSError, as of a client that went away."""


class HeadAnswers:
    """Runs GET for HEAD and ends the answer after its headers, endless streams included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a HEAD as GET."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_headers(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.start":
                await send({"type": "http.response.body", "body": b""})
                raise _HeadersSent

        try:
            await self._app({**scope, "method": "GET"}, receive, send_headers)
        except (_HeadersSent, ClientDisconnect):
            return
