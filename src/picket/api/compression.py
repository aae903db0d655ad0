"""Text is sent compressed to clients that accept it; media never is.

Source: RFC 9110, sections 8.4 (content codings), 12.5.3 (Accept-Encoding) and 12.5.5 (Vary).
"""

from __future__ import annotations

import gzip
import re

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COMPRESSED_TYPES = frozenset({"application/json", "application/vnd.apple.mpegurl", "text/html"})
MIN_BYTES = 1024
LONG_BYTES = 1 << 17
"""From here on the event loop would be kept waiting for more than a millisecond or two."""
LEVEL = 5

_CODING = re.compile(r"(br|gzip|x-gzip|\*)[ \t]*(?:;[ \t]*q=([0-9.]{1,8})[ \t]*)?", re.IGNORECASE)


class Compression:
    """Compresses what is sent in one piece, is text, and is long enough to be worth it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; its answer may come back shorter."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        accepted = accepts_gzip(",".join(Headers(scope=scope).getlist("accept-encoding")))
        waiting: Message | None = None

        async def send_shorter(message: Message) -> None:
            nonlocal waiting
            if message["type"] == "http.response.start" and _is_text(message):
                waiting = message  # its headers depend on the body
                return
            if waiting is not None:
                start, waiting = waiting, None
                if accepted and message["type"] == "http.response.body":
                    message = await _compress(start, message)
                await send(start)
            await send(message)

        await self._app(scope, receive, send_shorter)


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether a client takes gzip."""
    return accepts_coding(accept_encoding, "gzip")


def accepts_coding(accept_encoding: str, wanted: str) -> bool:
    """Whether a client takes `gzip` or `br`; weight 0 refuses it, and `*` is what is not named."""
    weights: dict[str, bool] = {}
    for coding in accept_encoding.split(","):
        if found := _CODING.fullmatch(coding.strip()):
            weights[found[1].lower().removeprefix("x-")] = _is_positive(found[2])
    return weights.get(wanted, weights.get("*", False))


def _is_positive(weight: str | None) -> bool:
    try:
        return weight is None or float(weight) > 0
    except ValueError:
        return False


def _is_text(start: Message) -> bool:
    """Whether the body would be compressed if the client likes; says so to caches."""
    headers = MutableHeaders(scope=start)
    media_type = headers.get("content-type", "").partition(";")[0].strip()
    if start["status"] != 200 or media_type not in COMPRESSED_TYPES:
        return False
    if "accept-encoding" not in headers.get("vary", "").lower():
        headers.add_vary_header("Accept-Encoding")
    return "content-encoding" not in headers


async def _compress(start: Message, message: Message) -> Message:
    body = message.get("body", b"")
    if message.get("more_body", False) or len(body) < MIN_BYTES:
        return message
    if len(body) < LONG_BYTES:
        shorter = gzip.compress(body, LEVEL, mtime=0)
    else:
        shorter = await run_in_threadpool(gzip.compress, body, LEVEL, mtime=0)
    headers = MutableHeaders(scope=start)
    headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(shorter))
    if (etag := headers.get("etag", "")).startswith('"'):
        headers["ETag"] = f"W/{etag}"  # the same content in other bytes
    return {**message, "body": shorter}
