"""Bodies are JSON, whatever a small client calls them."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

CONTENT_TYPE = b"content-type"
JSON = (CONTENT_TYPE, b"application/json")


class JsonBodies:
    """Renames the type of every body; `curl -d` calls all of them forms, and we have no forms."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "http":
            others = [one for one in scope["headers"] if one[0] != CONTENT_TYPE]
            if len(others) < len(scope["headers"]):
                scope = {**scope, "headers": [*others, JSON]}
        await self._app(scope, receive, send)
