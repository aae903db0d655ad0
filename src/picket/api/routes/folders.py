"""The folders of exports and recordings, as lists and files."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from picket.api.answers import NO_STORE, describe, file_answer
from picket.api.deps import Context
from picket.api.listing import listing_text, read_folder
from picket.domain.errors import NotFound
from picket.media.paths import resolve_inside

router = APIRouter(tags=["recordings"], default_response_class=Response)

_ANSWERS = describe("video/mp4", "A file; `application/json` for a folder.")


@router.get("/exports", status_code=301, include_in_schema=False)
@router.get("/recordings", status_code=301, include_in_schema=False)
def lead_to_folder(request: Request, context: Context) -> Response:
    """Addresses of folders end with a slash; without it a browser gets the page of that name."""
    wants_page = "text/html" in request.headers.get("accept", "")
    page = context.page_answer(request) if wants_page else None
    return page or _redirect(request)


@router.get("/exports/{path:path}", responses=_ANSWERS)
def show_exports(request: Request, path: str, context: Context) -> Response:
    """The folder of exports as a list, or one of its files with ranges and ETag."""
    return _answer(request, context.paths.exports, path)


@router.get("/recordings/{path:path}", responses=_ANSWERS)
def show_recordings(request: Request, path: str, context: Context) -> Response:
    """A folder of recordings (`2024-01-15/12/front/`, UTC) as a list, or a file."""
    return _answer(request, context.paths.recordings, path)


def _answer(request: Request, root: Path, path: str) -> Response:
    if any(part.startswith(".") for part in path.split("/")):
        raise NotFound(f"File not found: {path}")
    target = resolve_inside(root, path) if path.strip("/") else root.resolve()
    wants_folder = not path or path.endswith("/")
    entries = read_folder(root.resolve(), target)
    if entries is None:
        if wants_folder:
            raise NotFound(f"Folder not found: {path}")
        return file_answer(request, target)
    if not wants_folder:
        return _redirect(request)
    text = listing_text(entries)
    return Response(text, media_type="application/json", headers={"Cache-Control": NO_STORE})


def _redirect(request: Request) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    path = quote(request.scope["path"])
    return Response(status_code=301, headers={"Location": f"{path}/{query}"})
