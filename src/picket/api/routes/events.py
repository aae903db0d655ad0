"""Events: lists, counts, one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from picket.api.answers import JsonAnswer, json_answer
from picket.api.deps import SharedServices, Store
from picket.api.event_days import summary_body
from picket.api.schemas.events import (
    EventFilter,
    EventOut,
    EventSummaryOut,
    FullEventOut,
    PathPointOut,
    SummaryFilter,
    event_row,
    path_row,
)
from picket.domain.errors import NotFound
from picket.store.event_paths import find_path
from picket.store.event_query import find_events
from picket.store.events import find_event

router = APIRouter(prefix="/api/events", tags=["events"])


@router.get("", response_model=list[EventOut])
def list_events(wanted: Annotated[EventFilter, Query()], store: Store) -> JsonAnswer:
    """Tracked objects, sounds and manual events, the one that began last first."""
    query = wanted.to_query()
    return JsonAnswer(
        [
            event_row(event, with_thumbnail=query.with_thumbnails)
            for event in find_events(store, query)
        ]
    )


@router.get("/summary", response_model=list[EventSummaryOut])
def summarise_events(
    wanted: Annotated[SummaryFilter, Query()], store: Store, services: SharedServices
) -> Response:
    """Counts by camera, label, sub label, zones and local day."""
    return json_answer(summary_body(store, wanted, services.cache))


@router.get("/{event_id}", response_model_exclude_unset=True)
def show_event(event_id: str, store: Store) -> FullEventOut:
    """One event with everything that is stored about it."""
    event = find_event(store, event_id)
    if event is None:
        raise NotFound("Event not found")
    return FullEventOut.of_event(event)


@router.get("/{event_id}/path", response_model=list[PathPointOut])
def show_path(event_id: str, store: Store) -> JsonAnswer:
    """Where the object was, oldest first: twice a second while it moved, 400 points at most.

    While the event goes on it is as far as its row was last written; manual events have none.
    """
    points = find_path(store, event_id)
    if not points and find_event(store, event_id) is None:
        raise NotFound("Event not found")
    return JsonAnswer([path_row(point) for point in points])
