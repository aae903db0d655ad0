"""What clients change about events."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body

from picket.api.deps import Context
from picket.api.schemas.event_changes import Done, SubLabelIn
from picket.domain.errors import InvalidRequest
from picket.ipc.messages import DeleteEvent, RetainEvent

NO_PLUS_KEY = "PLUS_API_KEY environment variable is not set"

router = APIRouter(prefix="/api/events/{event_id}", tags=["events"])


@router.delete("")
def delete_event(event_id: str, context: Context) -> Done:
    """Delete an event with its timeline and pictures; the recordings stay."""
    context.commands.carry_out(DeleteEvent(event_id))
    return Done(message=f"Event {event_id} deleted")


@router.post("/retain")
def retain_event(event_id: str, context: Context) -> Done:
    """Protect an event and its footage from being cleaned up."""
    context.commands.carry_out(RetainEvent(event_id, retain=True))
    return Done(message=f"Event {event_id} retained")


@router.delete("/retain")
def release_event(event_id: str, context: Context) -> Done:
    """Let an event be cleaned up again when its time has come."""
    context.commands.carry_out(RetainEvent(event_id, retain=False))
    return Done(message=f"Event {event_id} released")


@router.post("/sub_label")
def set_sub_label(
    event_id: str, context: Context, wanted: Annotated[SubLabelIn | None, Body()] = None
) -> Done:
    """Name the object of an event, also while it runs; no name takes the name away."""
    command = (wanted or SubLabelIn()).to_command(event_id)
    context.commands.carry_out(command)
    return Done(message=f"Event {event_id} sub label set to {command.sub_label}")


@router.post("/plus")
def submit_event(event_id: str) -> Done:
    """Submit an event's picture to the labelling service, which needs a key: 400 without one."""
    raise InvalidRequest(f"{NO_PLUS_KEY}: event {event_id} cannot be submitted")


@router.put("/false_positive")
def submit_false_positive(event_id: str) -> Done:
    """Submit an event's picture as a false positive: 400 without a key."""
    raise InvalidRequest(f"{NO_PLUS_KEY}: event {event_id} cannot be submitted")
