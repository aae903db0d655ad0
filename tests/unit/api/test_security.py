from __future__ import annotations

import pytest

from picket.api.security import is_about_now, is_api, is_foreign, is_foreign_socket

ORIGIN = (b"origin", b"http://elsewhere")
TOKEN = (b"x-csrf-token", b"1")


@pytest.mark.parametrize(
    ("method", "path", "headers", "expected"),
    [
        ("GET", "/api/events", [], False),
        ("GET", "/api/events", [ORIGIN], True),
        ("GET", "/api/events", [ORIGIN, TOKEN], False),
        ("GET", "/api", [ORIGIN], True),
        ("GET", "/apiary", [ORIGIN], False),
        ("GET", "/vod/front/index.m3u8", [ORIGIN], False),
        ("HEAD", "/clips/a.jpg", [ORIGIN], False),
        ("DELETE", "/exports/a.mp4", [ORIGIN], True),
        ("DELETE", "/exports/a.mp4", [ORIGIN, TOKEN], False),
        ("POST", "/api/events/1/retain", [], False),
    ],
)
def test_only_requests_of_other_pages_that_matter_are_foreign(
    method: str, path: str, headers: list[tuple[bytes, bytes]], expected: object
) -> None:
    scope = {"type": "http", "method": method, "path": path, "headers": headers}
    assert is_foreign(scope) is expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"host": "nvr:5000"}, False),
        ({"host": "nvr:5000", "origin": "http://nvr:5000"}, False),
        ({"host": "nvr", "origin": "https://NVR"}, False),
        ({"host": "nvr:5000", "origin": "http://nvr"}, True),
        ({"host": "nvr:5000", "origin": "http://nvr:5000.elsewhere"}, True),
        ({"host": "nvr:5000", "origin": "null"}, True),
        ({"host": "nvr:5000", "origin": ""}, True),
        ({"origin": "http://nvr"}, True),
        ({"host": "nvr", "x-forwarded-host": "home:8123", "origin": "http://home:8123"}, False),
        ({"host": "nvr", "x-forwarded-host": "home:8123", "origin": "http://elsewhere"}, True),
        ({"host": "nvr", "origin": "http://[broken"}, True),
    ],
)
def test_a_socket_is_foreign_when_its_page_is_of_another_host(
    headers: dict[str, str], expected: object
) -> None:
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    assert is_foreign_socket({"type": "websocket", "headers": pairs}) is expected


def test_the_api_is_a_folder() -> None:
    assert is_api("/api")
    assert is_api("/api/")
    assert not is_api("/apiary")


@pytest.mark.parametrize(
    ("path", "status", "media_type", "expected"),
    [
        ("/api/events", 200, "application/json", True),
        ("/api/version", 200, "text/plain; charset=utf-8", True),
        ("/api/events/1/retain", 204, "", True),
        ("/api/front/latest.jpg", 200, "image/jpeg", False),
        ("/api/events/1", 404, "application/json", False),
        ("/api/events/1/clip.mp4", 304, "", False),
        ("/clips/a.jpg", 200, "image/jpeg", False),
        ("/exports/", 200, "application/json", False),
    ],
)
def test_only_what_the_api_tells_in_words_is_about_now(
    path: str, status: int, media_type: str, expected: object
) -> None:
    assert is_about_now(path, status, media_type) is expected
