"""Bytes as answers: whole, in part, or not again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from starlette.exceptions import HTTPException

from picket.api.conditions import ByteRange, Validators, find_range, is_known


@dataclass(frozen=True, slots=True)
class Body:
    """What is offered, in pieces that are made when they are sent."""

    size: int  # bytes
    validators: Validators
    media_type: str
    read: Callable[[int, int], Iterator[bytes]]  # the bytes start..end-1


def ranged_answer(request: Request, body: Body, headers: dict[str, str]) -> Response:
    """200 with everything, 206 with a part, 304 when the client has it, 416 past the end."""
    shared = {**headers, **body.validators.headers(), "Accept-Ranges": "bytes"}
    if is_known(request.headers, body.validators):
        return Response(status_code=304, headers=shared)
    part = find_range(request.headers, body.validators, body.size)
    status = 200 if part is None else 206
    part = part or ByteRange(0, body.size)
    if status == 206:
        if part.start >= part.end:
            unsatisfied = {"Content-Range": f"bytes */{body.size}"}
            raise HTTPException(416, f"There are only {body.size} bytes", unsatisfied)
        shared["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{body.size}"
    shared["Content-Length"] = str(part.end - part.start)
    return StreamingResponse(body.read(part.start, part.end), status, shared, body.media_type)


def whole_answer(
    request: Request,
    content: bytes,
    media_type: str,
    headers: dict[str, str],
    modified_time: float | None = None,
) -> Response:
    """200 with content that is at hand, or 304 when the client has the same bytes already."""
    validators = Validators(f'"{digest(content)}"', modified_time)
    shared = {**headers, **validators.headers()}
    if is_known(request.headers, validators):
        return Response(status_code=304, headers=shared)
    return Response(content, headers=shared, media_type=media_type)


def digest(content: bytes) -> str:
    """A short name that no other content has."""
    return hashlib.sha256(content).hexdigest()[:32]
