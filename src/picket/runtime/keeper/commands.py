"""What the keeper does with each command of a client."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from picket.domain.errors import InvalidRequest, NotFound
from picket.domain.suppression import Suppression
from picket.ipc.changes import (
    Command,
    CreateEvent,
    DeleteEvent,
    EndEvent,
    LiftSuppression,
    MarkFalsePositive,
    RetainEvent,
    SetPlusId,
    SetSubLabel,
    SubscribeBrowser,
    Suppress,
    UnsubscribeBrowser,
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
from picket.store.push_subscriptions import put_subscription, remove_subscription
from picket.store.suppressions import lift_suppression, list_suppressions, put_suppression

logger = logging.getLogger(__name__)

MOST_SUPPRESSIONS = 50
"""Of one camera: what one can still look through, and what a worker compares in no time."""


def carry_out(db: Database, command: Command) -> tuple[str, ...]:
    """Change the rows as a client asked.

    Returns: names of pictures that nothing points to any more; remove them after the commit, so
        that a row never promises a picture that is gone.
    Raises: NotFound; InvalidRequest when a camera has too many suppressions.
    """
    match command:
        case DeleteEvent(event_id):
            return _delete(db, event_id)
        case CreateEvent(event):
            put_event(db, event)
        case Suppress(suppression):
            _suppress(db, suppression)
        case LiftSuppression(suppression_id):
            lift_suppression(db, suppression_id)
        case SubscribeBrowser(subscription):
            put_subscription(db, subscription)
        case UnsubscribeBrowser(endpoint):
            remove_subscription(db, endpoint)
        case _:
            _set(db, command)
    return ()


def _set(db: Database, command: Command) -> None:
    match command:
        case RetainEvent(event_id, retain):
            set_retain(db, event_id, retain=retain)
        case SetSubLabel(event_id, sub_label, score):
            set_sub_label(db, event_id, sub_label, score)
        case EndEvent(event_id, end_time):
            end_event(db, event_id, end_time)
        case SetPlusId(event_id, plus_id):
            set_plus_id(db, event_id, plus_id)
        case MarkFalsePositive(event_id):
            mark_false_positive(db, event_id)


def _suppress(db: Database, suppression: Suppression) -> None:
    others = [
        one.id
        for one in list_suppressions(db, with_thumbnails=False)
        if one.camera == suppression.camera and one.id != suppression.id
    ]
    if len(others) >= MOST_SUPPRESSIONS:
        raise InvalidRequest(
            f"camera {suppression.camera} has {len(others)} suppressions, the most there can be:"
            f" undo one that is not needed any more, such as {others[-1]}, the oldest"
        )
    put_suppression(db, suppression)


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
