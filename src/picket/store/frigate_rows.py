"""What rows of Frigate's tables mean in our words; pure."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from picket.domain.event import AttributeView, Event, EventData, Moment, TimelineEntry
from picket.domain.geometry import RelativeBox

LEFT_OPEN_S = 30.0  # Frigate ends events that a crash left open so long after their start
_RECORDINGS = "recordings/"

FrigateRow = Mapping[str, Any]
"""A row by column, as SQLite gives it; a column may be missing."""


@dataclass(frozen=True, slots=True)
class FrigateRecording:
    """A row of `recordings`."""

    id: str
    camera: str
    path: str  # below the recordings folder
    start_time: float  # Unix seconds
    end_time: float
    motion: int | None = None  # px^2 of motion boxes, summed over frames; None: not analysed
    objects: int | None = None
    dbfs: int | None = None


def read_event_row(row: FrigateRow) -> Event:
    """An event. Raises: KeyError, TypeError, ValueError when it makes no sense."""
    start_time = float(row["start_time"])
    end_time = row.get("end_time")
    return Event(
        id=str(row["id"]),
        camera=str(row["camera"]),
        label=str(row["label"]),
        start_time=start_time,
        end_time=start_time + LEFT_OPEN_S if end_time is None else float(end_time),
        zones=tuple(map(str, _json(row.get("zones")) or ())),
        has_clip=bool(row.get("has_clip")),
        has_snapshot=bool(row.get("has_snapshot")),
        thumbnail=base64.b64decode(row.get("thumbnail") or ""),
        data=_event_data(row),
        sub_label=row.get("sub_label") or None,
        retain_indefinitely=bool(row.get("retain_indefinitely")),
        plus_id=row.get("plus_id") or None,
        false_positive=True if row.get("false_positive") else None,
        detector_type=row.get("detector_type"),
        model_type=row.get("model_type"),
        model_hash=row.get("model_hash"),
    )


def read_moment_row(row: FrigateRow) -> TimelineEntry:
    """An entry of the timeline. Raises: as `read_event_row`, also for kinds that we do not know."""
    data = _json(row["data"])
    box, region = _box(data["box"]), _box(data["region"])
    if box is None or region is None:
        raise ValueError("an entry of the timeline has no place in the picture")
    return TimelineEntry(
        timestamp=float(row["timestamp"]),
        camera=str(row["camera"]),
        source_id=str(row["source_id"]),
        moment=Moment(row["class_type"]),
        label=str(data["label"]),
        box=box,
        region=region,
        zones=tuple(map(str, data.get("zones") or ())),
        attribute=str(data.get("attribute") or ""),
        source=str(row["source"]),
    )


def read_recording_row(row: FrigateRow) -> FrigateRecording:
    """A recording. Raises: as `read_event_row`, also for a path that is in no such folder."""
    _, found, path = f"/{row['path']}".partition(f"/{_RECORDINGS}")
    if not found:
        raise ValueError(f"a recording lies outside the folder: {row['path']}")
    start_time, end_time = float(row["start_time"]), float(row["end_time"])
    if end_time < start_time:
        raise ValueError("a recording ends before it starts")
    return FrigateRecording(
        str(row["id"]),
        str(row["camera"]),
        path,
        start_time,
        end_time,
        _whole(row.get("motion")),
        _whole(row.get("objects")),
        _whole(row.get("dBFS")),
    )


def _event_data(row: FrigateRow) -> EventData:
    """Older versions had scores in columns of their own, and boxes in pixels, which are dropped."""
    data = _json(row.get("data")) or {}
    return EventData(
        type=str(data.get("type") or "object"),
        score=float(data.get("score") or row.get("score") or 0.0),
        top_score=float(data.get("top_score") or row.get("top_score") or 0.0),
        box=_box(data.get("box")),
        region=_box(data.get("region")),
        attributes=tuple(map(_attribute, data.get("attributes") or ())),
        sub_label_score=data.get("sub_label_score"),
    )


def _attribute(data: Mapping[str, Any]) -> AttributeView:
    x, y, width, height = map(float, data["box"])
    return AttributeView(str(data["label"]), float(data["score"]), (x, y, width, height))


def _box(values: Any) -> RelativeBox | None:
    if not values:
        return None
    x, y, width, height = map(float, values)
    return x, y, width, height


def _json(text: str | None) -> Any:
    return json.loads(text) if text else None


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
