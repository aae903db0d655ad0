from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from picket.api.errors import HTTP_STATUS, add_error_answers
from picket.domain.errors import FrameOverwritten, PicketError, StreamEnded, Unavailable
from tests.support.http_client import HttpClient


class Unlisted(PicketError):
    """An error that the table does not know."""


@pytest.fixture
def app() -> FastAPI:
    app = FastAPI()
    add_error_answers(app)
    return app


@pytest.fixture
def client(app: FastAPI) -> Iterator[HttpClient]:
    client = HttpClient(app)
    yield client
    client.close()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        *HTTP_STATUS.items(),
        (FrameOverwritten, 503),
        (StreamEnded, HTTP_STATUS[Unavailable]),
        (Unlisted, 500),
    ],
)
def test_every_error_of_ours_has_its_status_and_says_its_message(
    app: FastAPI, client: HttpClient, error: type[PicketError], status: int
) -> None:
    @app.get("/")
    def fail() -> None:
        raise error("the message")

    answer = client.get("/")
    assert answer.status_code == status
    assert answer.json() == {"success": False, "message": "the message"}


def test_a_wrong_method_is_told_what_is_right(app: FastAPI, client: HttpClient) -> None:
    @app.post("/thing")
    def make() -> str:
        return "made"

    @app.delete("/thing")
    def drop() -> str:
        return "gone"

    answer = client.get("/thing")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "DELETE, OPTIONS, POST"
    assert answer.json()["message"] == "GET is not possible here, only DELETE, OPTIONS, POST"


def test_every_class_of_the_tree_has_a_status() -> None:
    assert set(HTTP_STATUS) == {
        cls for cls in PicketError.__subclasses__() if cls.__module__ == PicketError.__module__
    }
