"""JSON as the contract wants it, and files with ranges."""

from __future__ import annotations

import json
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.responses import FileResponse

from picket.domain.errors import NotFound

NO_STORE = "no-store"


def to_json(content: object) -> str:
    """Compact, sorted keys, ASCII only. Raises: ValueError for numbers that JSON does not have."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)


class JsonAnswer(Response):
    """Compact, sorted keys, ASCII only, a newline at the end; never cached."""

    media_type = "application/json"

    def init_headers(self, headers: Mapping[str, str] | None = None) -> None:
        """Keep answers out of caches, because they are about now."""
        super().init_headers({"Cache-Control": NO_STORE, **(headers or {})})

    def render(self, content: object) -> bytes:
        """The bytes of the body. Raises: ValueError for numbers that JSON does not have."""
        return f"{to_json(content)}\n".encode("ascii")


def json_answer(body: bytes) -> Response:
    """JSON that was written already."""
    return Response(body, media_type="application/json", headers={"Cache-Control": NO_STORE})


def refuse(message: str, status_code: int, headers: dict[str, str] | None = None) -> JsonAnswer:
    """An error in the shape that clients read."""
    return JsonAnswer({"success": False, "message": message}, status_code, headers)


def jpeg_answer(jpeg: bytes, cache_control: str = NO_STORE) -> Response:
    """A picture."""
    return Response(jpeg, media_type="image/jpeg", headers={"Cache-Control": cache_control})


def describe(media_type: str, text: str) -> dict[int | str, dict[str, Any]]:
    """What a route answers, for the description of the API, where it is not JSON."""
    return {200: {"content": {media_type: {}}, "description": text}}


def private_for(seconds: int) -> str:
    """`Cache-Control` of what does not change any more."""
    return f"private, max-age={seconds}"


def file_answer(request: Request, path: Path, headers: dict[str, str] | None = None) -> Response:
    """A file with ranges, or 304 when the client has it. Raises: NotFound when it is not there."""
    try:
        stat = path.stat()
    except OSError as error:
        raise NotFound(f"File not found: {path.name}") from error
    if not path.is_file():
        raise NotFound(f"File not found: {path.name}")
    answer = FileResponse(path, headers=headers, stat_result=stat)
    if _is_known(request, answer):
        kept = ("etag", "last-modified", "cache-control", "content-disposition")
        return Response(
            status_code=304,
            headers={name: answer.headers[name] for name in kept if name in answer.headers},
        )
    return answer


def _is_known(request: Request, answer: Response) -> bool:
    """Whether the client's copy is still good.

    Source: RFC 9110, sections 13.1.2 and 13.1.3.
    """
    wanted = request.headers.get("if-none-match")
    if wanted is not None:
        tags = {tag.strip().removeprefix("W/") for tag in wanted.split(",")}
        return "*" in tags or answer.headers["etag"] in tags
    since = request.headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return parsedate_to_datetime(answer.headers["last-modified"]) <= parsedate_to_datetime(
            since
        )
    except (TypeError, ValueError):
        return False
