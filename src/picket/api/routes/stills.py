"""Single frames of recordings."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from picket.api.answers import describe_kept
from picket.api.deps import Context, Store
from picket.api.footage import Instant
from picket.api.ranges import whole_answer
from picket.domain.errors import NotFound
from picket.media.footage import open_footage
from picket.media.jpeg import encode_png
from picket.store.segments import find_segments

SHORTEST_S = 0.001

router = APIRouter(prefix="/api", tags=["recordings"], default_response_class=Response)


@router.get(
    "/{camera}/recordings/{frame_time}/snapshot.png",
    responses=describe_kept("image/png", "A picture in full resolution."),
)
def show_still(
    request: Request, camera: str, frame_time: Instant, store: Store, context: Context
) -> Response:
    """What a camera recorded at an instant."""
    from picket.media.still import decode_still  # it loads libav, which few ask for

    context.require_camera(camera)
    segments = find_segments(store, camera, frame_time, frame_time + SHORTEST_S)
    if not segments:
        raise NotFound(f"Recording not found at {frame_time}")
    with open_footage(context.paths.recordings) as read:
        picture = decode_still(segments[0], frame_time, read)
    return whole_answer(request, encode_png(picture), "image/png", {})
