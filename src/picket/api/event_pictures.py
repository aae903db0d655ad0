"""Pictures of events: from the row, from the disk, or from the camera while the event runs."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request, Response

from picket.api.answers import (
    NO_STORE,
    file_answer,
    jpeg_answer,
    kept_jpeg_answer,
    private_for,
)
from picket.api.deps import ServerContext
from picket.api.schemas.pictures import SnapshotQuery
from picket.domain.errors import NotFound
from picket.domain.event import Event
from picket.domain.overlay import SnapshotOptions
from picket.media.draw import THUMBNAIL_HEIGHT_PX
from picket.media.jpeg import decode_picture, encode_jpeg, pad_to_wide
from picket.media.paths import resolve_inside

MONTH_S = 2_592_000
YEAR_S = 31_536_000
LIVE_THUMBNAIL = SnapshotOptions(height=THUMBNAIL_HEIGHT_PX, crop=True)


@dataclass(frozen=True, slots=True)
class ThumbnailWish:
    """Which form of a thumbnail, and how long it stays the right one."""

    max_age_s: int
    is_wide: bool  # 2:1, for phones


def thumbnail_answer(
    request: Request,
    context: ServerContext,
    event: Event | None,
    event_id: str,
    wanted: ThumbnailWish,
) -> Response:
    """The small picture of an event. Raises: NotFound."""
    jpeg = event.thumbnail if event else b""
    jpeg = jpeg or live_snapshot(context, event, event_id, LIVE_THUMBNAIL) or b""
    if not jpeg:
        raise NotFound("Event not found" if event is None else "Event has no thumbnail")
    if wanted.is_wide:
        jpeg = _widened(jpeg, event_id)
    if event is None or event.end_time is None:
        return jpeg_answer(jpeg)
    return kept_jpeg_answer(request, jpeg, wanted.max_age_s)


def snapshot_answer(
    request: Request,
    context: ServerContext,
    event: Event | None,
    event_id: str,
    wanted: SnapshotQuery,
) -> Response:
    """An event's picture: as stored once it is over, freshly drawn before. Raises: NotFound."""
    headers = {"Cache-Control": NO_STORE}
    if wanted.download:
        headers["Content-Disposition"] = f"attachment; filename=snapshot-{event_id}.jpg"
    if event is None or event.end_time is None:
        jpeg = live_snapshot(context, event, event_id, wanted.options())
        if jpeg is not None:
            return Response(jpeg, media_type="image/jpeg", headers=headers)
    if event is None:
        raise NotFound("Event not found")
    if not event.has_snapshot:
        raise NotFound("Snapshot not available")
    if event.end_time is not None:
        headers["Cache-Control"] = private_for(YEAR_S)
    path = resolve_inside(context.paths.clips, f"{event.camera}-{event.id}.jpg")
    return file_answer(request, path, headers)


def _widened(jpeg: bytes, event_id: str) -> bytes:
    try:
        return encode_jpeg(pad_to_wide(decode_picture(jpeg)))
    except ValueError as error:
        raise NotFound(f"The thumbnail of event {event_id} cannot be read: {error}") from error


def live_snapshot(
    context: ServerContext, event: Event | None, event_id: str, options: SnapshotOptions
) -> bytes | None:
    """A running event's best picture, or None.

    An event is announced a moment before its row is written, so one without a row is looked for at
    every camera.
    """
    if event is not None and event.end_time is not None:
        return None
    cameras = [event.camera] if event is not None else list(context.config.cameras)
    for camera in cameras:
        jpeg = context.live.event_snapshot(camera, event_id, options)
        if jpeg is not None:
            return jpeg
    return None
