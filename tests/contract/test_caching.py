"""What may be kept and for how long, 304, byte ranges and compression, over all endpoints."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import httpx
import numpy as np
import pytest

from picket.media.jpeg import encode_jpeg
from picket.store.events import put_event
from picket.store.segments import put_segment
from tests.contract.conftest import NOW, Door
from tests.support.fake_live import make_frame
from tests.support.index_samples import EVENT, NOON, make_event
from tests.support.packets import STREAM_WITH_SOUND, with_sound
from tests.support.recordings import Recorded, record_packets

CLIP = f"/api/front/start/{int(NOON)}/end/{int(NOON) + 25}/clip.mp4"
RANGE = f"/vod/front/start/{int(NOON)}/end/{int(NOON) + 25}"
PICTURE = encode_jpeg(np.full((175, 175, 3), 90, np.uint8))

THUMBNAIL = f"/api/events/{EVENT.id}/thumbnail.jpg"
SNAPSHOT = f"/api/events/{EVENT.id}/snapshot.jpg"
FILE = f"/clips/front-{EVENT.id}.jpg"

KEPT = {
    THUMBNAIL: "private, max-age=2592000",
    f"{THUMBNAIL}?format=android": "private, max-age=2592000",
    "/api/front/person/thumbnail.jpg": "private, max-age=60",
    "/api/front/person/best.jpg": "private, max-age=60",
    SNAPSHOT: "private, max-age=31536000",
    "/api/front/person/snapshot.jpg": "private, max-age=31536000",
    FILE: None,
    f"/api/events/{EVENT.id}/clip.mp4": "no-cache",
    CLIP: "no-cache",
    f"{RANGE}/index.m3u8": "no-store",
    f"{RANGE}/master.m3u8": "no-store",
    "{init}": "no-store",
    "{media}": "no-store",
}
RANGED = [SNAPSHOT, FILE, CLIP, "{init}", "{media}"]

NOT_KEPT = [
    "/api/",
    "/api/version",
    "/api/config",
    "/api/stats",
    "/api/events",
    "/api/openapi.json",
    "/api/docs",
    "/api/front/latest.jpg",
]


@pytest.fixture(scope="module")
def footage(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Recorded]:
    """Files and rows; every test has its own copy."""
    root = tmp_path_factory.mktemp("recordings")
    return root, record_packets(STREAM_WITH_SOUND, with_sound(25), root)


@pytest.fixture(autouse=True)
def _filled(door: Door, footage: tuple[Path, Recorded]) -> None:
    put_event(door.db, replace(EVENT, thumbnail=PICTURE))
    (door.paths.clips / f"front-{EVENT.id}.jpg").write_bytes(PICTURE)
    files, recorded = footage
    shutil.copytree(files, door.paths.recordings, dirs_exist_ok=True)
    for row in recorded.segments:
        put_segment(door.db, row)
    door.live.show("front", make_frame(NOW))


def resolve(door: Door, path: str) -> str:
    """`{init}` and `{media}` are what a playlist names."""
    lines = door.client.get(f"{RANGE}/index.m3u8").text.splitlines()
    init = next(line.split('"')[1] for line in lines if "EXT-X-MAP" in line)
    media = next(line for line in lines if not line.startswith("#"))
    return path.format(init=f"{RANGE}/{init}", media=f"{RANGE}/{media}")


def get(door: Door, path: str, **headers: str) -> httpx.Response:
    return door.client.get(
        path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


@pytest.mark.parametrize(("path", "cache_control"), KEPT.items())
def test_media_say_how_long_they_may_be_kept(
    door: Door, path: str, cache_control: str | None
) -> None:
    answer = get(door, resolve(door, path))
    assert answer.status_code == 200, answer.text
    assert answer.headers.get("cache-control") == cache_control
    assert answer.headers["etag"]


@pytest.mark.parametrize("path", KEPT)
def test_media_that_the_client_has_are_not_sent_again(door: Door, path: str) -> None:
    path = resolve(door, path)
    first = get(door, path)
    for tags in (first.headers["etag"], f'"a", W/{first.headers["etag"]}', "*"):
        answer = get(door, path, If_None_Match=tags)
        assert (answer.status_code, answer.content) == (304, b"")
        for name in ("etag", "cache-control", "last-modified", "vary"):
            assert answer.headers.get(name) == first.headers.get(name)
    assert get(door, path, If_None_Match='"a", "b"').content == first.content


@pytest.mark.parametrize("path", KEPT)
def test_head_is_get_without_the_body_also_under_conditions(door: Door, path: str) -> None:
    path = resolve(door, path)
    whole = get(door, path)
    for headers in ({}, {"If-None-Match": whole.headers["etag"]}, {"Range": "bytes=0-9"}):
        told = door.client.request("HEAD", path, headers=headers)
        sent = door.client.get(path, headers=headers)
        assert (told.status_code, told.headers) == (sent.status_code, sent.headers)
        assert told.content == b""


@pytest.mark.parametrize("path", [SNAPSHOT, FILE, CLIP, f"{RANGE}/index.m3u8", "{media}"])
def test_media_with_a_date_are_not_sent_again_unless_newer(door: Door, path: str) -> None:
    path = resolve(door, path)
    date = get(door, path).headers["last-modified"]
    assert get(door, path, If_Modified_Since=date).status_code == 304
    older = "Mon, 15 Jan 2001 10:00:00 GMT"
    assert get(door, path, If_Modified_Since=older).status_code == 200
    assert get(door, path, If_Modified_Since="yesterday").status_code == 200
    assert get(door, path, If_Modified_Since=date, If_None_Match='"other"').status_code == 200


@pytest.mark.parametrize("path", RANGED)
def test_a_part_is_what_the_whole_has_there(door: Door, path: str) -> None:
    path = resolve(door, path)
    whole = get(door, path)
    assert whole.headers["accept-ranges"] == "bytes"
    for text, part in (("bytes=5-14", slice(5, 15)), ("bytes=-7", slice(-7, None))):
        answer = get(door, path, Range=text, Accept_Encoding="gzip")
        assert (answer.status_code, answer.content) == (206, whole.content[part])
        assert "content-encoding" not in answer.headers
        other = get(door, path, Range=text, If_Range='"other"')
        assert (other.status_code, other.content) == (200, whole.content)
        same = get(door, path, Range=text, If_Range=whole.headers["etag"])
        assert same.status_code == 206


@pytest.mark.parametrize("path", RANGED)
def test_a_range_past_the_end_is_refused_in_words(door: Door, path: str) -> None:
    path = resolve(door, path)
    size = len(get(door, path).content)
    answer = get(door, path, Range=f"bytes={size}-")
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{size}"
    assert answer.json() == {"success": False, "message": f"There are only {size} bytes"}


@pytest.mark.parametrize("path", RANGED)
@pytest.mark.parametrize(
    "text", ["bytes", "bytes=", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6", f"bytes=0-{'9' * 5000}"]
)
def test_a_range_that_cannot_be_read_is_ignored(door: Door, path: str, text: str) -> None:
    path = resolve(door, path)
    assert get(door, path, Range=text).status_code == 200


@pytest.mark.parametrize("path", NOT_KEPT)
def test_what_is_about_now_is_never_kept(door: Door, path: str) -> None:
    answer = get(door, path)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/api/events/1.0-x", "/api/nowhere", "/api/events?limit=x"])
def test_refusals_say_nothing_about_keeping(door: Door, path: str) -> None:
    answer = get(door, path)
    assert answer.status_code >= 400
    assert "cache-control" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/api/config", "/api/openapi.json", f"{RANGE}/index.m3u8?{'x' * 2000}"]
)
def test_long_text_is_compressed_for_those_who_accept_it(door: Door, path: str) -> None:
    plain = get(door, path, Accept_Encoding="identity")
    assert "content-encoding" not in plain.headers
    assert plain.headers["vary"] == "Accept-Encoding"
    short = get(door, path, Accept_Encoding="gzip, br")
    assert short.headers["content-encoding"] == "gzip"
    assert short.headers["vary"] == "Accept-Encoding"
    assert int(short.headers["content-length"]) < len(plain.content)
    assert short.content == plain.content  # the client unpacks it
    assert get(door, path, Accept_Encoding="gzip;q=0").headers.get("content-encoding") is None


def test_a_compressed_playlist_is_known_by_its_tag(door: Door) -> None:
    url = f"{RANGE}/index.m3u8?{'x' * 2000}"
    short = get(door, url, Accept_Encoding="gzip")
    assert short.headers["etag"].startswith('W/"')
    known = get(door, url, Accept_Encoding="gzip", If_None_Match=short.headers["etag"])
    assert (known.status_code, known.content) == (304, b"")
    assert known.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in known.headers
    head = door.client.request("HEAD", url, headers={"Accept-Encoding": "gzip"})
    assert head.headers == short.headers


@pytest.mark.parametrize("path", [THUMBNAIL, SNAPSHOT, FILE, CLIP, "{media}", "/api/labels"])
def test_media_and_short_text_are_not_compressed(door: Door, path: str) -> None:
    answer = get(door, resolve(door, path), Accept_Encoding="gzip")
    assert answer.status_code == 200
    assert "content-encoding" not in answer.headers


def test_a_file_that_changes_is_sent_again(door: Door) -> None:
    etag = get(door, FILE).headers["etag"]
    (door.paths.clips / f"front-{EVENT.id}.jpg").write_bytes(PICTURE + b"more")
    answer = get(door, FILE, If_None_Match=etag)
    assert answer.content == PICTURE + b"more"


def test_a_clip_that_grows_is_sent_again(door: Door) -> None:
    put_event(door.db, make_event(start_time=NOON + 3, end_time=None, id="1.0-runnin"))
    door.times[0] = NOON + 8
    url = "/api/events/1.0-runnin/clip.mp4"
    etag = get(door, url).headers["etag"]
    assert get(door, url, If_None_Match=etag).status_code == 304
    door.times[0] = NOON + 18
    assert get(door, url, If_None_Match=etag).status_code == 200
