"""JSON as the contract wants it, and files with ranges."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from picket.api.conditions import Validators
from picket.api.ranges import Body, ranged_answer, whole_answer
from picket.domain.errors import NotFound

Responses = dict[int | str, dict[str, Any]]
"""By status, as FastAPI takes them."""

NO_STORE = "no-store"
CHUNK_BYTES = 1 << 18


def to_json(content: object) -> str:
    """Compact, sorted keys, ASCII only. Raises: ValueError for numbers that JSON does not have."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)


class JsonAnswer(JSONResponse):
    """Compact, sorted keys, ASCII only, a newline at the end."""

    def render(self, content: object) -> bytes:
        """The bytes of the body. Raises: ValueError for numbers that JSON does not have."""
        return f"{to_json(content)}\n".encode("ascii")


def json_answer(body: bytes) -> Response:
    """JSON that was written already."""
    return Response(body, media_type="application/json", headers={"Cache-Control": NO_STORE})


def refuse(
    message: str, status_code: int, headers: dict[str, str] | None = None, **more: object
) -> JsonAnswer:
    """An error in the shape that clients read."""
    return JsonAnswer({"success": False, "message": message, **more}, status_code, headers)


def jpeg_answer(jpeg: bytes, cache_control: str = NO_STORE) -> Response:
    """A picture."""
    return Response(jpeg, media_type="image/jpeg", headers={"Cache-Control": cache_control})


def kept_jpeg_answer(request: Request, jpeg: bytes, max_age_s: int) -> Response:
    """A picture that does not change any more, or 304 when the client has it."""
    return whole_answer(request, jpeg, "image/jpeg", {"Cache-Control": private_for(max_age_s)})


def describe(media_type: str, text: str) -> Responses:
    """What a route answers, for the description of the API, where it is not JSON."""
    return {200: {"content": {media_type: {}}, "description": text}}


def describe_kept(media_type: str, text: str) -> Responses:
    """The same of what a client may have already."""
    return {**describe(media_type, text), 304: {"description": "The client has it already."}}


def describe_ranged(media_type: str, text: str) -> Responses:
    """The same of what may be asked for in parts."""
    part = {**describe(media_type, "")[200], "description": "The part that was asked for."}
    return {**describe_kept(media_type, text), 206: part, 416: {"description": "Past the end."}}


def private_for(seconds: int) -> str:
    """`Cache-Control` of what does not change any more."""
    return f"private, max-age={seconds}"


def file_answer(
    request: Request, path: Path, headers: dict[str, str] | None = None, media_type: str = ""
) -> Response:
    """A file with ranges, or 304 when the client has it; its name tells its type if nobody does.

    Raises: NotFound when it is not there.
    """
    try:
        stat = path.stat()
    except OSError as error:
        raise NotFound(f"File not found: {path.name}") from error
    if not path.is_file():
        raise NotFound(f"File not found: {path.name}")
    body = Body(
        stat.st_size,
        Validators(f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"', stat.st_mtime),
        media_type or guess_type(path.name)[0] or "application/octet-stream",
        partial(_read_file, path),
    )
    return ranged_answer(request, body, headers or {})


def _read_file(path: Path, start: int, end: int) -> Iterator[bytes]:
    """The bytes of a file; fewer when it was cut meanwhile, which ends the connection."""
    with path.open("rb") as file:
        file.seek(start)
        while start < end and (chunk := file.read(min(CHUNK_BYTES, end - start))):
            start += len(chunk)
            yield chunk
