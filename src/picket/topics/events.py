"""The `events` topic: what became of an object, in the words of Frigate 0.13."""

from __future__ import annotations

from typing import Any

from picket.domain.geometry import Box
from picket.domain.overlay import AttributeBox, ObjectView, ShotView
from picket.ipc.messages import ObjectChanged
from picket.topics.message import Message, json_message

EVENTS = "events"

Json = dict[str, Any]


def tell_change(change: ObjectChanged) -> Message:
    """The message; its payload is JSON text."""
    payload = {
        "before": _show(change.before),
        "after": _show(change.after),
        "type": change.change.value,
    }
    return json_message(EVENTS, payload)


def _show(seen: ObjectView) -> Json:
    """Keys in the order that clients know; boxes in pixels, times without pre- and post-capture."""
    return {
        "id": seen.id,
        "camera": seen.camera,
        "frame_time": seen.frame_time,
        "snapshot": None if seen.snapshot is None else _show_shot(seen.snapshot),
        "label": seen.label,
        "sub_label": None if seen.sub_label is None else list(seen.sub_label),
        "top_score": seen.top_score,
        "false_positive": seen.false_positive,
        "start_time": seen.start_time,
        "end_time": seen.end_time,
        "score": seen.score,
        "box": _corners(seen.box),
        "area": seen.box.area,
        "ratio": seen.box.ratio,
        "region": _corners(seen.region),
        "stationary": seen.stationary,
        "motionless_count": seen.motionless_count,
        "position_changes": seen.position_changes,
        "current_zones": list(seen.current_zones),
        "entered_zones": list(seen.entered_zones),
        "has_clip": seen.has_clip,
        "has_snapshot": seen.has_snapshot,
        "attributes": dict(seen.attributes),
        "current_attributes": [_show_attribute(found) for found in seen.current_attributes],
    }


def _show_shot(shot: ShotView) -> Json:
    return {
        "frame_time": shot.frame_time,
        "box": _corners(shot.box),
        "area": shot.box.area,
        "region": _corners(shot.region),
        "score": shot.score,
        "attributes": [_show_attribute(found) for found in shot.attributes],
    }


def _show_attribute(found: AttributeBox) -> Json:
    return {"label": found.label, "score": found.score, "box": _corners(found.box)}


def _corners(box: Box) -> list[int]:
    return [box.x1, box.y1, box.x2, box.y2]
