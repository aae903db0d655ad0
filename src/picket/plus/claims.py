"""What is said about an event's picture, in the words of the labelling service."""

from __future__ import annotations

from picket.domain.errors import InvalidRequest
from picket.domain.event import Event
from picket.domain.geometry import RelativeBox

Claim = dict[str, str | float | None]
"""A flat JSON object."""


def annotation(event: Event) -> Claim:
    """That the object is where the event says. Raises: InvalidRequest when it has no box."""
    x, y, width, height = _place(event, event.data.box)
    return {"label": event.label, "x": x, "y": y, "w": width, "h": height, "difficult": False}


def false_positive(event: Event) -> Claim:
    """That there is no such object, and who saw one. Raises: InvalidRequest when it has no box."""
    x, y, width, height = _place(event, event.data.box)
    region_x, region_y, region_width, region_height = _place(event, event.data.region)
    return {
        "label": event.label,
        "x": x,
        "y": y,
        "w": width,
        "h": height,
        "regionX": region_x,
        "regionY": region_y,
        "regionW": region_width,
        "regionH": region_height,
        "score": event.data.score,
        "model_hash": event.model_hash,
        "model_type": event.model_type,
        "detector_type": event.detector_type,
    }


def _place(event: Event, box: RelativeBox | None) -> RelativeBox:
    if box is None:
        raise InvalidRequest(
            f"event {event.id} has no box: only objects that a detector found have one"
        )
    return box
