from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator

import pytest
from fastapi import FastAPI
from fastapi.responses import FileResponse, StreamingResponse

from picket.api.head import HeadAnswers
from tests.support.http_client import HttpClient


@pytest.fixture
def client() -> Iterator[HttpClient]:
    app = FastAPI()
    app.add_middleware(HeadAnswers)

    @app.get("/short")
    def short() -> str:
        return "four"

    @app.get("/endless")
    def endless() -> StreamingResponse:
        async def parts() -> AsyncGenerator[bytes]:
            while True:
                yield b"part"

        return StreamingResponse(parts(), media_type="text/plain")

    @app.get("/file")
    def file() -> FileResponse:
        return FileResponse(__file__)

    client = HttpClient(app)
    yield client
    client.close()


@pytest.mark.parametrize("path", ["/short", "/endless", "/file"])
def test_the_headers_come_without_the_body(client: HttpClient, path: str) -> None:
    answer = client.request("HEAD", path)
    assert answer.status_code == 200
    assert answer.content == b""


def test_the_length_of_the_body_is_told(client: HttpClient) -> None:
    assert client.request("HEAD", "/short").headers["content-length"] == "6"
    assert int(client.request("HEAD", "/file").headers["content-length"]) > 100


def test_get_is_left_alone(client: HttpClient) -> None:
    assert client.get("/short").json() == "four"
