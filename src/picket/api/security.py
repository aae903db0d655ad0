"""Doors that stay shut: foreign pages, guessed content types, caches."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from picket.api.answers import NO_STORE, refuse

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class RequestGuard:
    """Refuses what another site's page sends, and forbids guessing content types and keeping.

    What the API answers is about now, so no cache may keep it; pictures say themselves how long.

    A browser adds `Origin` to every cross-origin request of a script and to every state change;
    only a page of our own can add `X-CSRF-TOKEN` without a preflight, which is never granted.

    Source: https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 401; a socket 403."""
        if scope["type"] == "websocket" and is_foreign_socket(scope):
            message = "The page belongs to another site: a proxy between must pass `Host` on"
            await refuse(message, 403)(scope, receive, send)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                if is_about_now(scope["path"], message["status"], headers.get("content-type", "")):
                    headers.setdefault("Cache-Control", NO_STORE)
            await send(message)

        if is_foreign(scope):
            await refuse("Missing CSRF header", 401)(scope, receive, send_guarded)
            return
        await self._app(scope, receive, send_guarded)


def is_foreign(scope: Scope) -> bool:
    """Whether a request may come from a page of another site, and matters."""
    headers = Headers(scope=scope)
    if "origin" not in headers or "x-csrf-token" in headers:
        return False
    return is_api(scope["path"]) or scope["method"] not in SAFE_METHODS


def is_foreign_socket(scope: Scope) -> bool:
    """Whether a WebSocket is opened by a page of another site.

    A browser adds `Origin` to each, and lets no script add a header: not even `X-Forwarded-Host`,
    in which proxies such as Home Assistant's put the host that the page asked for.
    """
    headers = Headers(scope=scope)
    if "origin" not in headers:
        return False
    ours = {headers.get("host"), headers.get("x-forwarded-host")}
    host = headers["origin"].partition("://")[2]
    return host.lower() not in {each.lower() for each in ours if each}


def is_about_now(path: str, status: int, media_type: str) -> bool:
    """Whether an answer is of no use later; a refusal has nothing that a cache would keep."""
    return is_api(path) and 200 <= status < 300 and not media_type.startswith("image/")


def is_api(path: str) -> bool:
    """Whether the path belongs to the API, whose every answer is private."""
    return path == "/api" or path.startswith("/api/")
