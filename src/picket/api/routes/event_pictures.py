"""Thumbnail and snapshot of one event, and of the latest of a camera and label."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated
from urllib.parse import unquote

import numpy as np
from fastapi import APIRouter, Query, Request, Response

from picket.api.answers import describe_kept, describe_ranged, jpeg_answer
from picket.api.deps import Context, Store
from picket.api.event_pictures import MONTH_S, ThumbnailWish, snapshot_answer, thumbnail_answer
from picket.api.schemas.pictures import SnapshotQuery
from picket.domain.errors import NotFound
from picket.media.jpeg import encode_jpeg
from picket.store.events import find_event, latest_event

LATEST_MAX_AGE_S = 60
WIDE_FORMAT = "android"

KEPT_JPEG = describe_kept("image/jpeg", "A picture.")
STORED_JPEG = describe_ranged("image/jpeg", "A picture.")

Shape = Annotated[str, Query(alias="format", description="`android` makes it 2:1 with black bars.")]

router = APIRouter(prefix="/api", tags=["pictures"], default_response_class=Response)


@router.get("/events/{event_id}/thumbnail.jpg", responses=KEPT_JPEG)
def show_thumbnail(
    request: Request,
    event_id: str,
    store: Store,
    context: Context,
    shape: Shape = "",
) -> Response:
    """A square around the object, 175 px high; `format=android` makes it 2:1."""
    wish = ThumbnailWish(MONTH_S, is_wide=shape == WIDE_FORMAT)
    return thumbnail_answer(request, context, find_event(store, event_id), event_id, wish)


@router.get("/events/{event_id}/snapshot.jpg", responses=STORED_JPEG)
def show_snapshot(
    request: Request,
    event_id: str,
    wanted: Annotated[SnapshotQuery, Query()],
    store: Store,
    context: Context,
) -> Response:
    """The best picture of an event; the parameters draw only while it runs."""
    return snapshot_answer(request, context, find_event(store, event_id), event_id, wanted)


@router.get("/{camera}/{label}/best.jpg", responses=KEPT_JPEG, operation_id="show_best_thumbnail")
@router.get("/{camera}/{label}/thumbnail.jpg", responses=KEPT_JPEG)
def show_latest_thumbnail(
    request: Request,
    camera: str,
    label: str,
    store: Store,
    context: Context,
    shape: Shape = "",
) -> Response:
    """The thumbnail of the latest event of a camera and label; `any` takes every label."""
    event = latest_event(store, camera, unquote(label))
    if event is None:
        raise NotFound("Event not found")
    wish = ThumbnailWish(LATEST_MAX_AGE_S, is_wide=shape == WIDE_FORMAT)
    return thumbnail_answer(request, context, event, event.id, wish)


@router.get("/{camera}/{label}/snapshot.jpg", responses=STORED_JPEG)
def show_latest_snapshot(
    request: Request,
    camera: str,
    label: str,
    wanted: Annotated[SnapshotQuery, Query()],
    store: Store,
    context: Context,
) -> Response:
    """The snapshot of the latest event that has one; black when there is none, never an error."""
    event = latest_event(store, camera, unquote(label), needs_snapshot=True)
    if event is None:
        return jpeg_answer(_black_picture())
    return snapshot_answer(request, context, event, event.id, wanted)


@lru_cache(maxsize=1)
def _black_picture() -> bytes:
    return encode_jpeg(np.zeros((720, 1280, 3), np.uint8))
