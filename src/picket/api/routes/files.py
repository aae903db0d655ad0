"""Files by name: pictures of events."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from picket.api.answers import describe_ranged, file_answer
from picket.api.deps import Context
from picket.domain.errors import NotFound
from picket.media.paths import resolve_inside

router = APIRouter(tags=["pictures"], default_response_class=Response)


@router.get("/clips/{name}", responses=describe_ranged("image/jpeg", "The file."))
def show_clip_file(request: Request, name: str, context: Context) -> Response:
    """The stored snapshot `<camera>-<id>.jpg`, with ranges and ETag."""
    if name.startswith("."):
        raise NotFound(f"File not found: {name}")
    return file_answer(request, resolve_inside(context.paths.clips, name))
