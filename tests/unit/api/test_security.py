from __future__ import annotations

import pytest

from picket.api.security import is_api, is_foreign

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


def test_the_api_is_a_folder() -> None:
    assert is_api("/api")
    assert is_api("/api/")
    assert not is_api("/apiary")
