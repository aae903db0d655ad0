from __future__ import annotations

import threading
from urllib.request import urlopen

import uvicorn

from picket.runtime.serving.http_server import DATE_S, HttpServer
from tests.support.servers import free_port, wait_for


async def app(scope: object, receive: object, send: uvicorn.Server | object) -> None:
    assert callable(send)
    headers = [(b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok"})


def test_it_answers_with_the_date_of_the_moment_and_ends_when_told() -> None:
    port = free_port()
    server = HttpServer(uvicorn.Config(app, port=port, log_config=None, lifespan="off"))
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    try:
        wait_for(lambda: server.started, 20, "server")
        dates = {date(port)}

        def goes_on() -> bool:
            dates.add(date(port))
            return len(dates) > 1

        wait_for(goes_on, 10 * DATE_S, "next second")
    finally:
        server.end()
        serving.join(20)
    assert not serving.is_alive()


def date(port: int) -> str:
    with urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
        assert answer.read() == b"ok"
        return str(answer.headers["date"])


def test_ended_before_it_began_it_does_not_begin() -> None:
    server = HttpServer(uvicorn.Config(app, port=free_port(), log_config=None, lifespan="off"))
    server.end()
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    serving.join(20)
    assert not serving.is_alive()
