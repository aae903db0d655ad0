"""Small pictures of recordings, for scrubbing along a timeline."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from picket.api.answers import describe_kept
from picket.api.deps import SharedServices, Store
from picket.api.footage import Instant
from picket.api.queries import Height
from picket.api.ranges import whole_answer
from picket.domain.errors import NotFound
from picket.media.footage import open_footage
from picket.media.jpeg import encode_jpeg
from picket.store.segments import find_segments

REACH_S = 60.0
"""What is older than so long before an instant says nothing about it."""
HOUR_S = 3600
KEPT = "private, max-age=31536000, immutable"

router = APIRouter(prefix="/api", tags=["recordings"], default_response_class=Response)


@router.get(
    "/{camera}/preview/{frame_time}.jpg",
    responses=describe_kept("image/jpeg", "A small picture."),
)
def show_preview(
    request: Request,
    camera: str,
    frame_time: Instant,
    store: Store,
    services: SharedServices,
    h: Annotated[Height, Query(description="Height, pixels.")] = 120,
) -> Response:
    """The last keyframe at or before an instant, at most a minute older.

    Clients may keep it once the hour of the instant is past.
    """
    from picket.media.preview import decode_keyframe, keyframe_before  # it loads libav

    context = services.context
    context.require_camera(camera)
    segments = find_segments(store, camera, frame_time - REACH_S, frame_time + 0.001)
    for segment in reversed(segments):
        fragment = keyframe_before(segment, frame_time)
        if fragment is not None:
            break
    else:
        raise NotFound(f"Recording not found within {REACH_S:.0f} s before {frame_time}")

    def make() -> bytes:
        with open_footage(context.paths.recordings) as read:
            return encode_jpeg(decode_keyframe(segment, fragment, h, read))

    jpeg = services.cache.answer(("preview", segment.id, fragment.offset, h), None, make)
    cache_control = KEPT if _is_hour_past(frame_time, context.clock()) else "no-cache"
    return whole_answer(request, jpeg, "image/jpeg", {"Cache-Control": cache_control})


def _is_hour_past(frame_time: float, now: float) -> bool:
    """Whether nothing will be added to what was recorded up to an instant."""
    return int(now) // HOUR_S > int(frame_time) // HOUR_S
