"""GET /clips/<camera>-<id>.jpg."""

from __future__ import annotations

import pytest

from tests.contract.conftest import Door

BODY = bytes(range(256)) * 8
URL = "/clips/front-1705320000.5-abc123.jpg"


@pytest.fixture
def stored(door: Door) -> Door:
    (door.paths.clips / "front-1705320000.5-abc123.jpg").write_bytes(BODY)
    (door.paths.clips / ".hidden.jpg").write_bytes(b"no")
    (door.paths.media / "secret.jpg").write_bytes(b"secret")
    return door


@pytest.mark.endpoint("GET /clips/{name}")
def test_the_file_is_served_whole(stored: Door) -> None:
    answer = stored.client.get(URL)
    assert answer.status_code == 200
    assert answer.content == BODY
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["etag"]
    assert answer.headers["last-modified"]


@pytest.mark.endpoint("GET /clips/{name}")
def test_a_range_is_served_as_asked(stored: Door) -> None:
    answer = stored.client.get(URL, headers={"Range": "bytes=10-19"})
    assert answer.status_code == 206
    assert answer.content == BODY[10:20]
    assert answer.headers["content-range"] == f"bytes 10-19/{len(BODY)}"


@pytest.mark.endpoint("GET /clips/{name}")
def test_a_range_beyond_the_end_is_refused(stored: Door) -> None:
    answer = stored.client.get(URL, headers={"Range": f"bytes={len(BODY)}-"})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(BODY)}"


@pytest.mark.endpoint("GET /clips/{name}")
def test_a_known_file_is_not_sent_again(stored: Door) -> None:
    first = stored.client.get(URL)
    for headers in (
        {"If-None-Match": first.headers["etag"]},
        {"If-None-Match": f'"other", W/{first.headers["etag"]}'},
        {"If-Modified-Since": first.headers["last-modified"]},
    ):
        answer = stored.client.get(URL, headers=headers)
        assert answer.status_code == 304
        assert answer.content == b""
        assert answer.headers["etag"] == first.headers["etag"]


@pytest.mark.endpoint("GET /clips/{name}")
def test_a_changed_file_is_sent_again(stored: Door) -> None:
    for headers in (
        {"If-None-Match": '"other"'},
        {"If-Modified-Since": "Mon, 15 Jan 2001 10:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ):
        assert stored.client.get(URL, headers=headers).status_code == 200


@pytest.mark.endpoint("GET /clips/{name}")
@pytest.mark.parametrize(
    "path",
    [
        "/clips/front-none.jpg",
        "/clips/..%2Fsecret.jpg",
        "/clips/%2e%2e%2fsecret.jpg",
        "/clips/../secret.jpg",
        "/clips/.hidden.jpg",
        "/clips/%2e%2e",
        "/clips/%00",
        "/clips/",
    ],
)
def test_nothing_else_can_be_reached(stored: Door, path: str) -> None:
    answer = stored.client.get(path)
    assert answer.status_code == 404
    assert answer.json()["success"] is False


@pytest.mark.endpoint("GET /clips/{name}")
def test_a_link_does_not_lead_out(stored: Door) -> None:
    (stored.paths.clips / "link.jpg").symlink_to(stored.paths.media / "secret.jpg")
    assert stored.client.get("/clips/link.jpg").status_code == 404
