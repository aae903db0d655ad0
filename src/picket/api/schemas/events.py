"""Events: questions and answers."""

from __future__ import annotations

import base64
from typing import Self

from pydantic import BaseModel

from picket.api.queries import (
    ALL,
    WHOLE_DAY,
    Filter,
    Instant,
    Limit,
    Number,
    Question,
    Switch,
    WholeNumber,
    choose,
    read_daytime,
)
from picket.domain.event import Event, EventData, PathPoint
from picket.domain.geometry import RelativeBox
from picket.store.event_groups import Choice
from picket.store.event_query import EventQuery
from picket.store.event_summary import EventCount


class EventFilter(Question):
    """Query string of GET /api/events; unknown keys are ignored."""

    camera: str = ALL
    """Name of one camera; holds together with `cameras`."""
    cameras: str = ALL
    """Names of cameras, separated by commas."""
    label: str = ALL
    """One label, where `labels` says `all`."""
    labels: str = ALL
    """Labels, separated by commas."""
    sub_label: str = ALL
    """One sub label, where `sub_labels` says `all`."""
    sub_labels: str = ALL
    """Sub labels, separated by commas; each also finds `bob, ann` and the like; `None`: without."""
    zone: str = ALL
    """One zone, where `zones` says `all`."""
    zones: str = ALL
    """Zones that were entered, separated by commas; `None`: without."""
    after: Instant = None
    """Unix seconds; began later; 0 is no bound."""
    before: Instant = None
    """Unix seconds; began earlier; 0 is no bound."""
    time_range: str = WHOLE_DAY
    """`HH:MM,HH:MM` of the local clock; over midnight if the second is earlier."""
    timezone: str = "utc"
    """IANA name, or `utc`: whose clock `time_range` means."""
    has_clip: Filter = None
    """With (1) or without (0) footage."""
    has_snapshot: Filter = None
    """With (1) or without (0) a snapshot."""
    in_progress: Filter = None
    """Going on (1) or over (0)."""
    include_thumbnails: Switch = True
    """1: with the JPEG of each in base64."""
    favorites: Switch = False
    """1: only what is protected from being cleaned up."""
    min_score: Number = None
    """Of the best picture, 0..1, inclusive."""
    max_score: Number = None
    """Of the best picture, 0..1, inclusive."""
    min_length: Number = None
    """Seconds, inclusive; what goes on has no length."""
    max_length: Number = None
    """Seconds, inclusive; what goes on has no length."""
    is_submitted: WholeNumber = None
    """Submitted to the labelling service (1) or not (0); negative is no filter."""
    limit: Limit = 100
    """How many at most; -1 for all."""

    def to_query(self) -> EventQuery:
        """The question, in the store's words. Raises: InvalidRequest."""
        submitted = self.is_submitted
        return EventQuery(
            cameras=self._cameras(),
            labels=choose(self.labels, self.label),
            sub_labels=choose(self.sub_labels, self.sub_label),
            zones=choose(self.zones, self.zone),
            after=self.after,
            before=self.before,
            daytime=read_daytime(self.time_range, self.timezone),
            has_clip=self.has_clip,
            has_snapshot=self.has_snapshot,
            in_progress=self.in_progress,
            is_submitted=None if submitted is None or submitted < 0 else submitted > 0,
            is_retained=True if self.favorites else None,
            min_score=self.min_score,
            max_score=self.max_score,
            min_length_s=self.min_length,
            max_length_s=self.max_length,
            with_thumbnails=self.include_thumbnails,
            limit=self.limit,
        )

    def _cameras(self) -> Choice | None:
        """Unlike the other pairs, both forms hold at once."""
        many, one = choose(self.cameras, ALL), choose(ALL, self.camera)
        if many is None or one is None:
            return many or one
        return Choice(tuple(name for name in many.values if name in one.values))


class AttributeOut(BaseModel):
    """A part recognised on an object."""

    box: RelativeBox
    label: str
    score: float


class EventDataOut(BaseModel):
    """What was seen; boxes are (x, y, width, height) as shares of the frame."""

    type: str
    score: float
    top_score: float
    box: RelativeBox | None
    region: RelativeBox | None
    attributes: list[AttributeOut]
    sub_label_score: float | None = None


class EventOut(BaseModel):
    """A row of GET /api/events."""

    id: str
    camera: str
    label: str
    sub_label: str | None
    start_time: float
    end_time: float | None
    zones: list[str]
    has_clip: bool
    has_snapshot: bool
    retain_indefinitely: bool
    plus_id: str | None
    false_positive: bool | None
    data: EventDataOut
    top_score: None = None  # of old clients; today it is in `data`
    box: None = None
    thumbnail: str | None = None  # base64 of a JPEG; only when asked for


class FullEventOut(EventOut):
    """GET /api/events/<id>: every column."""

    detector_type: str | None
    model_type: str | None
    model_hash: str | None
    area: None = None
    ratio: float = 1.0
    region: None = None
    score: None = None

    @classmethod
    def of_event(cls, event: Event) -> Self:
        """The answer's form, thumbnail included."""
        return cls.model_validate(
            {
                **_columns(event),
                "thumbnail": _base64(event.thumbnail),
                "detector_type": event.detector_type,
                "model_type": event.model_type,
                "model_hash": event.model_hash,
                "area": None,
                "ratio": 1.0,
                "region": None,
                "score": None,
            }
        )


class SummaryFilter(Question):
    """Query string of GET /api/events/summary."""

    timezone: str = "utc"
    """IANA name, or `utc`: whose days are counted."""
    has_clip: Filter = None
    """With (1) or without (0) footage."""
    has_snapshot: Filter = None
    """With (1) or without (0) a snapshot."""


class EventSummaryOut(BaseModel):
    """How many events are alike on a day."""

    camera: str
    label: str
    sub_label: str | None
    day: str
    zones: list[str]
    count: int


def event_row(event: Event, *, with_thumbnail: bool) -> dict[str, object]:
    """The form of `EventOut`; written out, because a thousand models take longer than the query."""
    row = _columns(event)
    if with_thumbnail:
        row["thumbnail"] = _base64(event.thumbnail)
    return row


def summary_row(counted: EventCount) -> dict[str, object]:
    """The form of `EventSummaryOut`."""
    group = counted.group
    return {
        "camera": group.camera,
        "label": group.label,
        "sub_label": group.sub_label,
        "day": group.day,
        "zones": group.zones,
        "count": counted.count,
    }


def _columns(event: Event) -> dict[str, object]:
    """What every form of an event shows; each key is set, so that none is left out as unset."""
    return {
        "id": event.id,
        "camera": event.camera,
        "label": event.label,
        "sub_label": event.sub_label,
        "start_time": event.start_time,
        "end_time": event.end_time,
        "zones": event.zones,
        "has_clip": event.has_clip,
        "has_snapshot": event.has_snapshot,
        "retain_indefinitely": event.retain_indefinitely,
        "plus_id": event.plus_id,
        "false_positive": event.false_positive,
        "data": _data(event.data),
        "top_score": None,
        "box": None,
    }


def _data(data: EventData) -> dict[str, object]:
    """The form of `EventDataOut`; a score of the sub label only where there is one."""
    row: dict[str, object] = {
        "type": data.type,
        "score": data.score,
        "top_score": data.top_score,
        "box": data.box,
        "region": data.region,
        "attributes": [
            {"box": part.box, "label": part.label, "score": part.score} for part in data.attributes
        ],
    }
    if data.sub_label_score is not None:
        row["sub_label_score"] = data.sub_label_score
    return row


def _base64(jpeg: bytes) -> str:
    return base64.b64encode(jpeg).decode("ascii")


class PathPointOut(BaseModel):
    """Where an object was at an instant."""

    time: float
    box: RelativeBox  # x, y, width, height; 0..1


def path_row(point: PathPoint) -> dict[str, object]:
    """The form of `PathPointOut`."""
    return {"time": round(point.time, 2), "box": [round(side, 4) for side in point.box]}
