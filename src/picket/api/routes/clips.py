"""Clips: any time range of a camera, or an event, as one MP4 with byte ranges."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from picket.api.answers import describe_ranged
from picket.api.conditions import Validators
from picket.api.deps import Context, ServerContext, Store
from picket.api.footage import (
    Selection,
    event_selection,
    range_selection,
    require_segments,
)
from picket.api.queries import Download
from picket.api.ranges import Body, digest, ranged_answer
from picket.media.footage import open_footage
from picket.media.progressive import VirtualFile, plan_clip
from picket.store.database import Database

router = APIRouter(prefix="/api", tags=["recordings"], default_response_class=Response)

_MP4 = describe_ranged("video/mp4", "The clip.")


@router.get("/events/{event_id}/clip.mp4", responses=_MP4)
def show_event_clip(
    request: Request, event_id: str, store: Store, context: Context, download: Download = ""
) -> Response:
    """The clip of an event; up to now while it goes on."""
    selection = event_selection(store, event_id, context.clock())
    return _answer(request, selection, store, context, is_download=bool(download))


@router.get("/{camera}/start/{start}/end/{end}/clip.mp4", responses=_MP4)
def show_clip(
    request: Request,
    selection: Annotated[Selection, Depends(range_selection)],
    store: Store,
    context: Context,
    download: Download = "",
) -> Response:
    """What a camera recorded in a time range; gaps are left out."""
    return _answer(request, selection, store, context, is_download=bool(download))


def _answer(
    request: Request,
    selection: Selection,
    store: Database,
    context: ServerContext,
    *,
    is_download: bool,
) -> Response:
    segments, span = require_segments(store, selection), selection.span
    root = context.paths.recordings
    with open_footage(root) as read:
        clip = plan_clip(segments, span.start_time, span.end_time, read)
    headers = {"Cache-Control": "no-cache"}
    if is_download:
        times = f"{int(span.start_time)}-{int(span.end_time)}"
        name = f"clip_{segments[0].camera}_{times}.mp4"
        headers["Content-Disposition"] = f"attachment; filename={name}"
    return ranged_answer(request, _body(clip, root, segments[-1].end_time), headers)


def _body(clip: VirtualFile, root: Path, modified_time: float) -> Body:
    """The header tells every size and time, and the pieces where the bytes lie."""
    name = digest(clip.header + repr(clip.pieces).encode())

    def read_part(start: int, end: int) -> Iterator[bytes]:
        with open_footage(root) as read:
            yield from clip.read_range(start, end, read)

    return Body(clip.size, Validators(f'"{name}"', modified_time), "video/mp4", read_part)
