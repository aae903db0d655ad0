from __future__ import annotations

import httpx
from fastapi import FastAPI, Response
from fastapi.responses import StreamingResponse

from picket.api.errors import add_error_answers
from picket.api.request_meter import RequestClock, RequestKind, RequestMeter
from tests.support.http_client import HttpClient


class Clock:
    """Each look at it is half a second later."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.5
        return self.now


def make_door() -> tuple[HttpClient, RequestMeter]:
    app, meter = FastAPI(), RequestMeter()
    add_error_answers(app)
    app.add_middleware(RequestClock, meter=meter, clock=Clock())

    @app.get("/things/{name}")
    def show(name: str) -> Response:
        return Response(name)

    @app.get("/stream")
    def stream() -> StreamingResponse:
        return StreamingResponse(iter([b"a", b"b"]))

    return HttpClient(app), meter


def test_requests_are_counted_by_their_route_and_never_by_what_they_name() -> None:
    client, meter = make_door()
    try:
        answers = [client.get(f"/things/{name}") for name in ("a", "b", "../../etc")]
        assert [one.status_code for one in answers][:2] == [200, 200]
        client.get("/nothing/here")
        client.get("/elsewhere")
        client.request("DELETE", "/things/a")
        client.request("BREW", "/things/a")
    finally:
        client.close()
    kinds = meter.read()
    assert kinds[RequestKind("GET", "/things/{name}", 200)].count == 2
    assert kinds[RequestKind("GET", "none", 404)].count >= 2
    assert kinds[RequestKind("DELETE", "/things/{name}", 405)].count == 1
    assert kinds[RequestKind("other", "/things/{name}", 405)].count == 1
    assert len(kinds) == 4


def test_the_time_ends_with_the_first_byte() -> None:
    client, meter = make_door()
    try:
        answer: httpx.Response = client.get("/stream")
        assert answer.content == b"ab"
    finally:
        client.close()
    (took,) = meter.read().values()
    assert (took.count, took.sum_s) == (1, 0.5)
