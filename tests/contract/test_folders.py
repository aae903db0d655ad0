"""/exports/ and /recordings/ as lists and files."""

from __future__ import annotations

import os
from email.utils import formatdate

import pytest

from tests.contract.conftest import Door
from tests.support.index_samples import NOON

BODY = bytes(range(256)) * 8
EXPORTS = "GET /exports/{path:path}"
RECORDINGS = "GET /recordings/{path:path}"


@pytest.fixture
def stored(door: Door) -> Door:
    hour = door.paths.recordings / "2024-01-15" / "12" / "front"
    hour.mkdir(parents=True)
    for path in (
        hour / "00.00.mp4",
        hour / ".hidden.mp4",
        door.paths.exports / "b.mp4",
        door.paths.exports / "Z.mp4",
        door.paths.exports / 'in_progress.front@"ä".mp4',
        door.paths.exports / ".hidden.mp4",
        door.paths.media / "secret.mp4",
    ):
        path.write_bytes(BODY)
        os.utime(path, (NOON, NOON))
    (door.paths.exports / "a folder").mkdir()
    return door


@pytest.mark.endpoint(EXPORTS)
def test_the_list_has_folders_first_and_the_order_of_bytes(stored: Door) -> None:
    answer = stored.client.get("/exports/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    shown = answer.json()
    assert [one["name"] for one in shown] == [
        "a folder",
        "Z.mp4",
        "b.mp4",
        'in_progress.front@"ä".mp4',
    ]
    assert shown[1] == {
        "name": "Z.mp4",
        "type": "file",
        "mtime": "Mon, 15 Jan 2024 12:00:00 GMT",
        "size": len(BODY),
    }
    assert shown[0].keys() == {"name", "type", "mtime"}
    assert shown[0]["type"] == "directory"


@pytest.mark.endpoint(EXPORTS)
def test_an_empty_folder_is_an_empty_list(door: Door) -> None:
    assert door.client.get("/exports/").json() == []


@pytest.mark.endpoint(RECORDINGS)
def test_recordings_are_walked_down_to_their_files(stored: Door) -> None:
    url = "/recordings/"
    for name in ("2024-01-15", "12", "front"):
        (one,) = stored.client.get(url).json()
        assert (one["name"], one["type"]) == (name, "directory")
        url += f"{name}/"
    (file,) = stored.client.get(url).json()
    assert (file["name"], file["size"]) == ("00.00.mp4", len(BODY))
    assert stored.client.get(f"{url}00.00.mp4").content == BODY


@pytest.mark.endpoint(EXPORTS)
@pytest.mark.endpoint(RECORDINGS)
@pytest.mark.parametrize(
    ("url", "to"),
    [
        ("/exports", "/exports/"),
        ("/recordings", "/recordings/"),
        ("/recordings/2024-01-15/12?x=1", "/recordings/2024-01-15/12/?x=1"),
        ("/exports/a%20folder", "/exports/a%20folder/"),
    ],
)
def test_a_folder_without_its_slash_is_led_there(stored: Door, url: str, to: str) -> None:
    answer = stored.client.get(url)
    assert answer.status_code == 301
    assert answer.headers["location"] == to


@pytest.mark.endpoint(EXPORTS)
def test_a_file_is_served_with_ranges_and_dates(stored: Door) -> None:
    whole = stored.client.get("/exports/b.mp4")
    assert whole.status_code == 200
    assert whole.content == BODY
    assert whole.headers["content-type"] == "video/mp4"
    assert whole.headers["accept-ranges"] == "bytes"
    assert whole.headers["last-modified"] == formatdate(NOON, usegmt=True)
    part = stored.client.get("/exports/b.mp4", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, BODY[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(BODY)}"
    beyond = stored.client.get("/exports/b.mp4", headers={"Range": f"bytes={len(BODY)}-"})
    assert beyond.status_code == 416
    for headers in (
        {"If-None-Match": whole.headers["etag"]},
        {"If-Modified-Since": whole.headers["last-modified"]},
    ):
        assert stored.client.get("/exports/b.mp4", headers=headers).status_code == 304


@pytest.mark.endpoint(EXPORTS)
@pytest.mark.endpoint(RECORDINGS)
@pytest.mark.parametrize(
    "path",
    [
        "/exports/none.mp4",
        "/exports/none/",
        "/exports/b.mp4/",
        "/exports/b.mp4/x",
        "/exports/.hidden.mp4",
        "/exports/..%2Fsecret.mp4",
        "/exports/%2e%2e/secret.mp4",
        "/exports/../secret.mp4",
        "/exports/%2e%2e/",
        "/exports/%00",
        "/exports/" + "x" * 300,
        "/recordings/2024-01-15/12/front/.hidden.mp4",
        "/recordings/..%2f..%2fsecret.mp4",
    ],
)
def test_nothing_else_can_be_reached(stored: Door, path: str) -> None:
    answer = stored.client.get(path)
    assert answer.status_code == 404
    assert answer.json()["success"] is False


@pytest.mark.endpoint(EXPORTS)
def test_a_link_is_followed_inside_only(stored: Door) -> None:
    exports = stored.paths.exports
    (exports / "inside.mp4").symlink_to(exports / "b.mp4")
    (exports / "outside.mp4").symlink_to(stored.paths.media / "secret.mp4")
    (exports / "up").symlink_to(stored.paths.media)
    (exports / "broken.mp4").symlink_to(exports / "nothing.mp4")
    shown = [one["name"] for one in stored.client.get("/exports/").json()]
    assert "inside.mp4" in shown
    assert not {"outside.mp4", "up", "broken.mp4"} & set(shown)
    assert stored.client.get("/exports/inside.mp4").content == BODY
    for path in ("outside.mp4", "up/", "up/secret.mp4", "broken.mp4"):
        assert stored.client.get(f"/exports/{path}").status_code == 404


@pytest.mark.endpoint(EXPORTS)
@pytest.mark.endpoint(RECORDINGS)
@pytest.mark.parametrize("path", ["/exports/", "/recordings/", "/exports/b.mp4"])
def test_head_has_the_headers_alone(stored: Door, path: str) -> None:
    answer = stored.client.request("HEAD", path)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"]
