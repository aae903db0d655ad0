"""Events that a client begins and ends, such as a ring at the door."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, Body

from picket.api.deps import Context, Store
from picket.api.manual_events import current_frame, draw_pictures, make_event
from picket.api.schemas.event_changes import Done, EndIn
from picket.api.schemas.manual_events import CreatedOut, ManualEventIn
from picket.domain.errors import InvalidRequest, NotFound
from picket.domain.ids import ALPHABET, SUFFIX_LENGTH, timed_id
from picket.ipc.changes import CreateEvent, EndEvent
from picket.media.whole_pictures import store_pictures
from picket.store.events import find_event

TRACKED = "object"

router = APIRouter(prefix="/api/events", tags=["events"])


@router.post("/{camera}/{label}/create")
def create_event(
    camera: str,
    label: str,
    context: Context,
    body: Annotated[ManualEventIn | None, Body()] = None,
) -> CreatedOut:
    """Begin a manual event with the picture that the camera shows now."""
    context.require_camera(camera)
    wanted, now, label = body or ManualEventIn(), context.clock(), unquote(label)
    settings = context.config.cameras[camera]
    event_id = timed_id(now, [secrets.randbelow(len(ALPHABET)) for _ in range(SUFFIX_LENGTH)])
    event = make_event(event_id, label, wanted, settings, now)
    frame = current_frame(context, settings, now)
    if frame is not None:
        pictures = draw_pictures(frame, label, wanted.draw.boxes, settings)
        is_stored = store_pictures(context.paths.clips, event, pictures)
        event = replace(event, has_snapshot=is_stored, thumbnail=pictures.thumbnail)
    context.commands.carry_out(CreateEvent(event))
    return CreatedOut(message="Successfully created event.", event_id=event_id)


@router.put("/{event_id}/end")
def end_event(
    event_id: str, store: Store, context: Context, body: Annotated[EndIn | None, Body()] = None
) -> Done:
    """End a manual event, now or at `end_time`."""
    event = find_event(store, event_id)
    if event is None:
        raise NotFound(f"Event not found: {event_id}")
    if event.data.type == TRACKED:
        raise InvalidRequest(
            "only manual events can be ended: a tracked object ends when it leaves"
        )
    end_time = body.end_time if body and body.end_time is not None else context.clock()
    if end_time < event.start_time:
        raise InvalidRequest(f"the event cannot end at {end_time:.3f}, before it began")
    context.commands.carry_out(EndEvent(event_id, end_time))
    return Done(message=f"Event {event_id} ended")
