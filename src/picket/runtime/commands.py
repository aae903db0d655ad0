"""What the keeper does with each command of a client."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from picket.domain.errors import NotFound
from picket.ipc.messages import (
    Command,
    CreateEvent,
    DeleteEvent,
    EndEvent,
    MarkFalsePositive,
    RetainEvent,
    SetPlusId,
    SetSubLabel,
)
from picket.media.paths import resolve_inside, snapshot_names
from picket.store.database import Database
from picket.store.events import (
    delete_event,
    end_event,
    find_event,
    mark_false_positive,
    put_event,
    set_plus_id,
    set_retain,
    set_sub_label,
)

logger = logging.getLogger(__name__)


def carry_out(db: Database, command: Command) -> tuple[str, ...]:
    """Change the rows as a client asked.

    Returns: names of pictures that nothing points to any more; remove them after the commit, so
        that a row never promises a picture that is gone.
    Raises: NotFound.
    """
    match command:
        case DeleteEvent(event_id):
            return _delete(db, event_id)
        case RetainEvent(event_id, retain):
            set_retain(db, event_id, retain=retain)
        case SetSubLabel(event_id, sub_label, score):
            set_sub_label(db, event_id, sub_label, score)
        case CreateEvent(event):
            put_event(db, event)
        case EndEvent(event_id, end_time):
            end_event(db, event_id, end_time)
        case SetPlusId(event_id, plus_id):
            set_plus_id(db, event_id, plus_id)
        case MarkFalsePositive(event_id):
            mark_false_positive(db, event_id)
    return ()


def remove_pictures(clips: Path, names: Iterable[str]) -> None:
    """Delete pictures of events; one that is gone already is as good, one that stays is logged."""
    for name in names:
        try:
            resolve_inside(clips, name).unlink(missing_ok=True)
        except (NotFound, OSError) as error:
            logger.error("a picture of a deleted event stays (%s): %s", error, name)  # noqa: TRY400


def _delete(db: Database, event_id: str) -> tuple[str, ...]:
    event = find_event(db, event_id)
    if event is None:  # an object may have a timeline already and no event yet: it is left alone
        raise NotFound(f"Event not found: {event_id}")
    delete_event(db, event_id)
    return snapshot_names(event.camera, event.id)
