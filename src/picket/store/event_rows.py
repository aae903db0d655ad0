"""The columns of an event and how they become values."""

from __future__ import annotations

import json
from functools import lru_cache

from picket.domain.event import AttributeView, Event, EventData
from picket.domain.geometry import RelativeBox
from picket.store.database import Row, Values

COLUMNS = (
    "event.id, event.camera, event.label, event.start_time, event.end_time, event.zones,"
    " event.has_clip, event.has_snapshot, event.sub_label, event.retain_indefinitely,"
    " event.plus_id, event.false_positive, event.detector_type, event.model_type, event.model_hash,"
    " event.type, event.score, event.top_score, event.sub_label_score, event.details"
)


def event_values(event: Event) -> Values:
    """Everything of an event but its thumbnail, by column."""
    return {
        "id": event.id,
        "camera": event.camera,
        "label": event.label,
        "start_time": event.start_time,
        "start_second": int(event.start_time),
        "end_time": event.end_time,
        "zones": json.dumps(event.zones),
        "has_clip": int(event.has_clip),
        "has_snapshot": int(event.has_snapshot),
        "sub_label": event.sub_label,
        "retain_indefinitely": int(event.retain_indefinitely),
        "plus_id": event.plus_id,
        "false_positive": None if event.false_positive is None else int(event.false_positive),
        "detector_type": event.detector_type,
        "model_type": event.model_type,
        "model_hash": event.model_hash,
        "type": event.data.type,
        "score": event.data.score,
        "top_score": event.data.top_score,
        "sub_label_score": event.data.sub_label_score,
        "details": _pack_details(event.data),
    }


def read_event(row: Row) -> Event:
    """An event from `COLUMNS`, and from `jpeg` where the thumbnail was asked for."""
    return Event(
        id=row["id"],
        camera=row["camera"],
        label=row["label"],
        start_time=row["start_time"],
        end_time=row["end_time"],
        zones=read_zones(row["zones"]),
        has_clip=bool(row["has_clip"]),
        has_snapshot=bool(row["has_snapshot"]),
        thumbnail=(row["jpeg"] or b"") if "jpeg" in row.keys() else b"",  # noqa: SIM118
        data=_read_data(row),
        sub_label=row["sub_label"],
        retain_indefinitely=bool(row["retain_indefinitely"]),
        plus_id=row["plus_id"],
        false_positive=None if row["false_positive"] is None else bool(row["false_positive"]),
        detector_type=row["detector_type"],
        model_type=row["model_type"],
        model_hash=row["model_hash"],
    )


@lru_cache(maxsize=1024)
def read_zones(text: str) -> tuple[str, ...]:
    """The zones of an event from their column."""
    return tuple(json.loads(text))


def pack_box(box: RelativeBox | None) -> str:
    """A box as text, for columns that no query looks into."""
    return json.dumps(box)


def unpack_box(text: str) -> RelativeBox:
    """The inverse of `pack_box` for a box that is there."""
    x, y, width, height = json.loads(text)
    return x, y, width, height


def _pack_details(data: EventData) -> str:
    return json.dumps(
        {
            "box": data.box,
            "region": data.region,
            "attributes": [(one.label, one.score, one.box) for one in data.attributes],
        },
        separators=(",", ":"),
    )


def _read_data(row: Row) -> EventData:
    details = json.loads(row["details"])
    return EventData(
        type=row["type"],
        score=row["score"],
        top_score=row["top_score"],
        box=_box(details["box"]),
        region=_box(details["region"]),
        attributes=tuple(
            AttributeView(label, score, (x, y, width, height))
            for label, score, (x, y, width, height) in details["attributes"]
        ),
        sub_label_score=row["sub_label_score"],
    )


def _box(values: list[float] | None) -> RelativeBox | None:
    if values is None:
        return None
    x, y, width, height = values
    return x, y, width, height
