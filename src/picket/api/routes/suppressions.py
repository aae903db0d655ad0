"""What users called false: not told again until they undo it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body

from picket.api.deps import Context, Store
from picket.api.schemas.event_changes import Done
from picket.api.schemas.suppressions import Suppressed, SuppressIn, SuppressionOut
from picket.api.suppressions import make_suppression
from picket.domain.errors import NotFound
from picket.ipc.changes import LiftSuppression, Suppress
from picket.store.events import find_event
from picket.store.suppressions import list_suppressions

router = APIRouter(prefix="/api", tags=["events"])


@router.post("/events/{event_id}/suppress")
def suppress_event(
    event_id: str,
    store: Store,
    context: Context,
    wanted: Annotated[SuppressIn | None, Body()] = None,
) -> Suppressed:
    """Mark an event as false, end it if it runs, and tell no more of what looks like it there."""
    event = find_event(store, event_id)
    if event is None:
        raise NotFound(f"Event not found: {event_id}")
    note = (wanted and wanted.note) or ""
    context.commands.carry_out(Suppress(make_suppression(context, event, note)))
    return Suppressed(
        message=f"Event {event_id} is marked as false, and what looks like it there is not told:"
        f" DELETE /api/suppressions/{event_id} undoes it",
        id=event_id,
    )


@router.get("/suppressions")
def list_all_suppressions(store: Store) -> list[SuppressionOut]:
    """What is not told, and how often it was not; newest first."""
    return [SuppressionOut.of(one) for one in list_suppressions(store)]


@router.delete("/suppressions/{event_id}")
def lift_suppression(event_id: str, context: Context) -> Done:
    """Tell of it again; the event is not marked as false any more."""
    context.commands.carry_out(LiftSuppression(event_id))
    return Done(message=f"Suppression {event_id} is undone: what it kept quiet is told again")
