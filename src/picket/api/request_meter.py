"""How long requests wait for the first byte of their answer, by route."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from picket.domain.measures import NO_ANSWERS, Histogram

NO_ROUTE = "none"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@dataclass(frozen=True, slots=True, order=True)
class RequestKind:
    """What is counted together: there are as many kinds as routes have answers."""

    method: str  # one that HTTP knows, or "other"
    route: str  # a template: `/api/events/{event_id}`; "none" for the web page and for nothing
    status: int


class RequestMeter:
    """Answers by kind since the server began; any thread may use it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kinds: dict[RequestKind, Histogram] = {}

    def note(self, kind: RequestKind, took_s: float) -> None:
        """An answer began."""
        with self._lock:
            self._kinds[kind] = self._kinds.get(kind, NO_ANSWERS).observed(took_s)

    def read(self) -> Mapping[RequestKind, Histogram]:
        """Everything so far."""
        with self._lock:
            return dict(self._kinds)


class RequestClock:
    """Tells the meter of each HTTP request; nearest to the routes, so that it sees which it was."""

    def __init__(self, app: ASGIApp, meter: RequestMeter, clock: Callable[[], float]) -> None:
        """Args: clock: seconds that nobody sets."""
        self._app = app
        self._meter = meter
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on. Only the start of an answer counts: live pictures have no end."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = self._clock()

        async def send_timed(message: Message) -> None:
            if message["type"] == "http.response.start":
                kind = kind_of(scope, message["status"])
                self._meter.note(kind, self._clock() - started)
            await send(message)

        await self._app(scope, receive, send_timed)


def kind_of(scope: Scope, status: int) -> RequestKind:
    """The kind of a request that was routed; nothing in it was chosen by the client."""
    route = scope.get("route")
    method = scope["method"] if scope["method"] in METHODS else "other"
    return RequestKind(method, getattr(route, "path", NO_ROUTE), status)
