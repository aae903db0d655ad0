"""Events: lists, counts, one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from picket.api.deps import Store
from picket.api.schemas.events import (
    EventFilter,
    EventOut,
    EventSummaryOut,
    FullEventOut,
    SummaryFilter,
)
from picket.domain.errors import NotFound
from picket.store.event_query import find_events
from picket.store.event_summary import event_summary
from picket.store.events import find_event
from picket.store.local_time import find_zone

router = APIRouter(prefix="/api/events", tags=["events"])


@router.get("", response_model_exclude_unset=True)
def list_events(wanted: Annotated[EventFilter, Query()], store: Store) -> list[EventOut]:
    """Tracked objects, sounds and manual events, the one that began last first."""
    query = wanted.to_query()
    return [
        EventOut.of(event, with_thumbnail=query.with_thumbnails)
        for event in find_events(store, query)
    ]


@router.get("/summary")
def summarise_events(
    wanted: Annotated[SummaryFilter, Query()], store: Store
) -> list[EventSummaryOut]:
    """Counts by camera, label, sub label, zones and local day."""
    counts = event_summary(
        store,
        find_zone(wanted.timezone),
        has_clip=wanted.has_clip,
        has_snapshot=wanted.has_snapshot,
    )
    return [EventSummaryOut.of(one) for one in counts]


@router.get("/{event_id}", response_model_exclude_unset=True)
def show_event(event_id: str, store: Store) -> FullEventOut:
    """One event with everything that is stored about it."""
    event = find_event(store, event_id)
    if event is None:
        raise NotFound("Event not found")
    return FullEventOut.of_event(event)
