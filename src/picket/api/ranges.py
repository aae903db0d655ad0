"""Bytes that are made on demand, whole or in part.

Source: RFC 9110 sections 13.1 (preconditions) and 14 (range requests).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from picket.api.answers import refuse

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@dataclass(frozen=True, slots=True)
class Body:
    """What is offered."""

    size: int  # bytes
    etag: str  # in quotes; another one whenever a byte differs
    media_type: str
    read: Callable[[int, int], Iterator[bytes]]  # the bytes start..end-1


@dataclass(frozen=True, slots=True)
class ByteRange:
    """start <= byte < end."""

    start: int
    end: int


def ranged_answer(request: Request, body: Body, headers: dict[str, str]) -> Response:
    """200 with everything, 206 with a part, 304 when the client has it, 416 past the end."""
    shared = {**headers, "Accept-Ranges": "bytes", "ETag": body.etag}
    if body.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=shared)
    wanted = request.headers.get("range", "")
    if request.headers.get("if-range", body.etag) != body.etag:
        wanted = ""  # the client's part is of something older: send everything
    found = _RANGE.fullmatch(wanted.strip())
    part = _select(found, body.size) if found else ByteRange(0, body.size)
    if part is None:
        return refuse("Range not satisfiable", 416, {"Content-Range": f"bytes */{body.size}"})
    shared["Content-Length"] = str(part.end - part.start)
    if found:
        shared["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{body.size}"
    return StreamingResponse(
        body.read(part.start, part.end), 206 if found else 200, shared, body.media_type
    )


def _select(found: re.Match[str], size: int) -> ByteRange | None:
    """The range asked for; None when nothing of it exists."""
    first, last = found[1], found[2]
    if not first:
        length = min(int(last or 0), size)
        return ByteRange(size - length, size) if length else None
    start = int(first)
    end = min(int(last) + 1, size) if last else size
    return ByteRange(start, end) if start < end else None
