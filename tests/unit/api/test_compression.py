"""Compression: who gets it, what gets it, and that nothing is lost by it."""

from __future__ import annotations

import asyncio
import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import Headers
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Message, Scope

from picket.api.compression import LONG_BYTES, MIN_BYTES, Compression, accepts_gzip

JSON = "application/json"


def ask(app: ASGIApp, accept: str = "gzip") -> tuple[Headers, bytes]:
    """What a client is sent."""
    messages: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(3600)
        raise AssertionError

    async def send(message: Message) -> None:
        messages.append(message)

    headers = [(b"accept-encoding", accept.encode())] if accept else []
    scope: Scope = {"type": "http", "method": "GET", "path": "/", "headers": headers}
    asyncio.run(Compression(app)(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in messages[1:])
    return Headers(raw=messages[0]["headers"]), body


@settings(deadline=None)
@given(body=st.binary(max_size=4000), accept=st.sampled_from(["gzip", "gzip, br", ""]))
def test_what_arrives_is_what_was_sent(body: bytes, accept: str) -> None:
    headers, sent = ask(Response(body, media_type=JSON), accept)
    is_short = "content-encoding" in headers
    assert is_short == (len(body) >= MIN_BYTES and accept != "")
    assert (gzip.decompress(sent) if is_short else sent) == body
    assert int(headers["content-length"]) == len(sent)
    assert headers["vary"] == "Accept-Encoding"


def test_a_long_answer_is_compressed_too() -> None:
    headers, sent = ask(Response(b"x" * LONG_BYTES, media_type=JSON))
    assert gzip.decompress(sent) == b"x" * LONG_BYTES
    assert len(sent) < LONG_BYTES / 100
    assert headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("media_type", ["image/jpeg", "video/mp4", "text/plain", "image/png"])
def test_media_stays_as_it_is(media_type: str) -> None:
    headers, sent = ask(Response(b"x" * 5000, media_type=media_type))
    assert sent == b"x" * 5000
    assert "content-encoding" not in headers
    assert "vary" not in headers


@pytest.mark.parametrize("status", [206, 304, 404])
def test_only_whole_answers_are_compressed(status: int) -> None:
    headers, sent = ask(Response(b"x" * 5000, status, media_type=JSON))
    assert sent == b"x" * 5000
    assert "content-encoding" not in headers


def test_what_is_compressed_already_is_not_again() -> None:
    answer = Response(b"x" * 5000, headers={"Content-Encoding": "br"}, media_type=JSON)
    headers, sent = ask(answer)
    assert (headers["content-encoding"], sent) == ("br", b"x" * 5000)


def test_a_stream_is_passed_on_piece_by_piece() -> None:
    headers, sent = ask(StreamingResponse(iter([b"x" * 3000, b"y" * 3000]), media_type=JSON))
    assert sent == b"x" * 3000 + b"y" * 3000
    assert "content-encoding" not in headers


def test_other_bytes_have_another_tag() -> None:
    answer = Response(b"x" * 5000, headers={"ETag": '"one"'}, media_type=JSON)
    assert ask(answer)[0]["etag"] == 'W/"one"'
    assert ask(answer, accept="")[0]["etag"] == '"one"'


@pytest.mark.parametrize(
    "accept", ["gzip", "GZIP", "br, gzip;q=0.5", "*", "deflate, x-gzip", "gzip ; q=1", "*;q=0.1"]
)
def test_gzip_is_accepted(accept: str) -> None:
    assert accepts_gzip(accept)


@pytest.mark.parametrize(
    "accept",
    ["", "br", "gzip;q=0", "gzip;q=0.000", "*;q=0", "*, gzip;q=0", "gzipped", "gzip;q=..1"],
)
def test_gzip_is_not_accepted(accept: str) -> None:
    assert not accepts_gzip(accept)


@given(text=st.text(st.characters(max_codepoint=255)))
def test_no_header_is_too_odd(text: str) -> None:
    assert accepts_gzip(text) in (True, False)
