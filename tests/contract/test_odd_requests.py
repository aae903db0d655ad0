"""Requests as no proper client sends them: refused or answered in our shape, never a fault."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from picket.store.events import put_event
from tests.contract.conftest import NOW, Door
from tests.support.fake_live import make_frame
from tests.support.http_client import RawAnswer
from tests.support.index_samples import EVENT, make_event

bounded = settings(
    max_examples=40,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

ODD_TEXTS = [
    "",
    " ",
    "-1",
    "0",
    "1e308",
    "-1e308",
    "NaN",
    "inf",
    "9" * 400,
    "9" * 5000,
    "0x10",
    "1_000",
    "٣",  # a digit that is not ASCII
    "\0",
    "\x00\x01\x7f",
    "..",
    "../../etc/passwd",
    "%",
    "%00",
    "a/b",
    "a" * 9000,
    "ünïcödé 🎥",
    "'; DROP TABLE event; --",
    "*?[",
    "\r\nX-Evil: 1",
    "\ud800",
    "\u202e",
    "None",
    "null",
    "[]",
    "{}",
]

odd_texts = st.sampled_from(ODD_TEXTS) | st.text(max_size=30)
odd_bytes = st.binary(max_size=60) | st.sampled_from(
    [b"{", b"[" * 100_000, b'{"draw":' * 30_000, b"\xff\xfe", b"\xef\xbb\xbf{}", b"null", b"NaN"]
)

PATHS = [
    "/api/{0}",
    "/api/events/{0}",
    "/api/events/{0}/thumbnail.jpg",
    "/api/events/{0}/snapshot.jpg",
    "/api/events/{0}/clip.mp4",
    "/api/{0}/latest.jpg",
    "/api/front/{0}/snapshot.jpg",
    "/api/{0}/recordings",
    "/api/{0}/recordings/summary",
    "/api/front/recordings/{0}/snapshot.png",
    "/api/front/start/{0}/end/{0}/clip.mp4",
    "/clips/{0}",
    "/vod/event/{0}/index.m3u8",
    "/vod/front/start/{0}/end/{0}/index.m3u8",
    "/vod/{0}/{0}/{0}/front/{0}/index.m3u8",
    "/vod/front/start/1/end/2/{0}",
    "/{0}",
]

QUERIES = {
    "/api/events": "before after cameras labels sub_labels zones limit has_snapshot has_clip "
    "include_thumbnails in_progress time_range timezone min_score max_score is_submitted "
    "min_length max_length favorites camera label sub_label zone",
    "/api/events/summary": "timezone has_clip has_snapshot",
    "/api/timeline": "camera source_id limit",
    "/api/gaps": "camera after before",
    "/api/labels": "camera",
    "/api/sub_labels": "split_joined",
    "/api/front/recordings": "after before",
    "/api/front/recordings/summary": "timezone",
    "/api/front/latest.jpg": "h quality bbox timestamp zones mask motion regions",
    "/api/events/1705320001.5-runnin/snapshot.jpg": "h bbox timestamp crop quality download",
    "/api/front/person/thumbnail.jpg": "format",
}

BODIES = [
    ("POST", f"/api/events/{EVENT.id}/sub_label"),
    ("POST", f"/api/events/{EVENT.id}/retain"),
    ("DELETE", f"/api/events/{EVENT.id}/retain"),
    ("POST", "/api/events/front/person/create"),
    ("PUT", f"/api/events/{EVENT.id}/end"),
    ("GET", "/api/events"),
    ("GET", "/api/front/latest.jpg"),
    ("DELETE", "/api/events/1.0-nobody"),
]


@pytest.fixture(autouse=True)
def _filled(door: Door) -> None:
    put_event(door.db, EVENT)
    put_event(door.db, make_event(end_time=None, id="1705320001.5-runnin"))
    door.live.show("front", make_frame(NOW))


def assert_proper(answer: RawAnswer) -> None:
    """An answer, or a refusal in our shape."""
    assert answer.status < 500, answer
    if answer.status >= 400:
        body = json.loads(answer.body)
        assert body.keys() == {"success", "message"}
        assert body["success"] is False
        assert body["message"]
    elif answer.headers["content-type"].startswith("application/json"):
        json.loads(answer.body)


def encoded(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


@pytest.mark.parametrize("path", PATHS)
@bounded
@given(text=odd_texts)
def test_any_text_may_stand_in_a_path(door: Door, path: str, text: str) -> None:
    assert_proper(door.client.raw("GET", path.format(encoded(text))))


@pytest.mark.parametrize("path", QUERIES)
@bounded
@given(data=st.data())
def test_any_text_may_stand_in_a_query(door: Door, path: str, data: st.DataObject) -> None:
    names = st.sampled_from(QUERIES[path].split())
    pairs = data.draw(st.lists(st.tuples(names, odd_texts), min_size=1, max_size=4))
    query = "&".join(f"{name}={encoded(text)}" for name, text in pairs)
    assert_proper(door.client.raw("GET", path, query.encode()))


@pytest.mark.parametrize(
    "query", [b"%", b"%zz=%", b"\xff\xfe", b"&&&==&", b"limit", b"=1", b"a" * 60_000]
)
def test_a_query_need_not_be_one(door: Door, query: bytes) -> None:
    assert_proper(door.client.raw("GET", "/api/labels", query))


@pytest.mark.parametrize(("method", "path"), BODIES)
@bounded
@given(body=odd_bytes, content_type=odd_texts)
def test_any_bytes_may_come_as_a_body(
    door: Door, method: str, path: str, body: bytes, content_type: str
) -> None:
    headers = [("content-type", content_type.encode("latin-1", "replace").decode("latin-1"))]
    assert_proper(door.client.raw(method, path, headers=headers, body=body))


@pytest.mark.parametrize(("method", "path"), BODIES[:5])
@bounded
@given(
    body=st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | odd_texts,
        lambda inner: st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["subLabel", "subLabelScore", "duration", "draw", "boxes", "box", "score", "color",
                 "end_time", "sub_label", "include_recording", "source_type"]
            ),
            inner,
            max_size=6,
        ),
        max_leaves=12,
    )
)  # fmt: skip
def test_any_json_may_come_as_a_body(door: Door, method: str, path: str, body: object) -> None:
    assert_proper(door.client.raw(method, path, body=json.dumps(body).encode()))


HEADERS = [
    "range", "if-range", "if-none-match", "if-modified-since", "accept-encoding", "accept", "host",
    "content-length", "content-type", "cookie", "x-csrf-token", "origin", "x-forwarded-for",
]  # fmt: skip
ODD_HEADERS = [
    "",
    "*",
    "gzip;q=",
    "bytes=-",
    "Mon, 99 Foo 2024",
    "[",
    ":0",
    "9" * 5000,
    "\xff",
    "{}",
]
header_values = st.text(st.characters(max_codepoint=255, exclude_characters="\0\r\n"), max_size=40)


@pytest.mark.parametrize(
    "path", [f"/api/events/{EVENT.id}/thumbnail.jpg", f"/clips/front-{EVENT.id}.jpg", "/api/events"]
)
@bounded
@given(
    headers=st.lists(
        st.tuples(st.sampled_from(HEADERS), header_values | st.sampled_from(ODD_HEADERS)),
        max_size=5,
    )
)
def test_any_header_may_come(door: Door, path: str, headers: Sequence[tuple[str, str]]) -> None:
    (door.paths.clips / f"front-{EVENT.id}.jpg").write_bytes(b"jpeg" * 100)
    assert_proper(door.client.raw("GET", path, headers=headers))


@pytest.mark.parametrize("method", ["PATCH", "TRACE", "CONNECT", "PROPFIND", "get", "X" * 500])
@pytest.mark.parametrize(
    "path", ["/api/events", "/clips/a.jpg", "/nowhere", "*", "//", "/api//events"]
)
def test_an_unknown_method_is_refused(door: Door, method: str, path: str) -> None:
    answer = door.client.raw(method, path)
    assert answer.status in (404, 405)
    assert_proper(answer)


@pytest.mark.parametrize("text", ODD_TEXTS, ids=range(len(ODD_TEXTS)))
def test_a_stream_with_odd_wishes_begins_or_is_refused(door: Door, text: str) -> None:
    for query in (f"fps={encoded(text)}", f"h={encoded(text)}", f"bbox={encoded(text)}"):
        assert door.client.raw("HEAD", "/api/front", query.encode()).status in (200, 400)
