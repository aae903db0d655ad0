"""What clients change about events."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body

from picket.api.deps import Context, SharedServices
from picket.api.schemas.event_changes import Done, SubLabelIn, SubmitIn, SubmittedOut
from picket.ipc.changes import DeleteEvent, RetainEvent

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
async def submit_event(
    event_id: str, services: SharedServices, wanted: Annotated[SubmitIn | None, Body()] = None
) -> SubmittedOut:
    """Submit an ended event's picture for labelling, with its box if that is wanted too."""
    annotate = bool(wanted and wanted.include_annotation)
    plus_id = await services.submissions.submit(event_id, annotate=annotate)
    return SubmittedOut(message=f"Event {event_id} submitted", plus_id=plus_id)


@router.put("/false_positive")
async def submit_false_positive(event_id: str, services: SharedServices) -> SubmittedOut:
    """Say that an event was no such object; submits its picture first where that is to be done."""
    plus_id = await services.submissions.submit_false_positive(event_id)
    return SubmittedOut(message=f"Event {event_id} reported as false positive", plus_id=plus_id)
