"""Recordings and gaps: questions and answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Annotated, Self

from pydantic import BaseModel, Field

from picket.api.queries import ALL, Number, Question
from picket.api.schemas.steps import StepFilter
from picket.domain.segment import Gap, GapReason
from picket.store.local_time import DAY_S, day_name
from picket.store.recordings import CameraUsage, RecordedHour, Recording

MIB = 1 << 20
GIB = 1 << 30
HOUR_S = 3600
HOURS_OF_DAY = 24


class SpanFilter(Question):
    """A time range of a query string; the last hour where it is left open."""

    after: Number = None
    """Unix seconds; an hour ago if left out."""
    before: Number = None
    """Unix seconds; now if left out."""

    def bounds(self, now: float) -> tuple[float, float]:
        """Unix seconds of both ends."""
        after = now - HOUR_S if self.after is None else self.after
        return after, now if self.before is None else self.before


class ZoneFilter(Question):
    """Query string of what is told by local days."""

    timezone: str = "utc"
    """IANA name, or `utc`."""


class GapFilter(SpanFilter):
    """Query string of GET /api/gaps."""

    camera: str = ALL
    """Name of a camera, or `all`."""


class ActivityFilter(StepFilter):
    """Query string of GET /api/{camera}/activity."""

    most_steps = 20_000

    step: Annotated[float, Field(ge=1, le=DAY_S)] = 60.0
    """Seconds for which there is one value."""


class RecordingOut(BaseModel):
    """A segment."""

    id: str
    start_time: float
    end_time: float
    segment_size: float  # MiB
    motion: int | None
    objects: int | None


class HourOut(BaseModel):
    """An hour of the local clock."""

    hour: str  # "00" to "23"
    duration: int  # seconds
    events: int
    motion: int | None
    objects: int | None


class DayOut(BaseModel):
    """A day with recordings; hours newest first."""

    day: str  # YYYY-MM-DD
    events: int
    hours: list[HourOut]


class UsageOut(BaseModel):
    """Space that a camera's recordings take."""

    bandwidth: float  # MiB an hour
    usage: float | None  # MiB; null without recordings
    usage_percent: float | None = None  # of the disk; left out without recordings

    @classmethod
    def of(cls, used: CameraUsage, disk_bytes: int) -> Self:
        """The answer's form."""
        per_s = used.recent_bytes / used.recent_s if used.recent_s > 0 else 0.0
        return cls(
            bandwidth=round(per_s * HOUR_S / MIB, 1),
            usage=round(used.size_bytes / MIB, 1),
            usage_percent=round(100 * used.size_bytes / disk_bytes, 2),
        )


class ForecastOut(BaseModel):
    """When the room for recordings will be used up."""

    room: float  # MiB that are left, of the volume or of `storage.quota`
    bandwidth: float  # MiB an hour, of all cameras
    days_left: float | None  # null while nothing is written
    cameras: dict[str, float]  # MiB an hour

    @classmethod
    def of(cls, used: Mapping[str, CameraUsage], free_bytes: int, quota_gib: float | None) -> Self:
        """The answer's form."""
        in_use = sum(one.size_bytes for one in used.values())
        room = free_bytes if quota_gib is None else min(free_bytes, quota_gib * GIB - in_use)
        per_s = {
            camera: one.recent_bytes / one.recent_s if one.recent_s > 0 else 0.0
            for camera, one in used.items()
        }
        total = sum(per_s.values())
        return cls(
            room=round(max(room, 0) / MIB, 1),
            bandwidth=round(total * HOUR_S / MIB, 1),
            days_left=round(max(room, 0) / total / DAY_S, 1) if total else None,
            cameras={camera: round(one * HOUR_S / MIB, 1) for camera, one in per_s.items()},
        )


class ActivityOut(BaseModel):
    """What a timeline draws; the lists have a value for each step."""

    step: float  # seconds
    start: float  # Unix seconds; where the first step begins
    motion: list[float]  # 0..1, the root of the mean share of the picture that moved
    recorded: list[float]  # 0..1, the share of the step that was recorded
    objects: list[int]  # events that ran


class GapOut(BaseModel):
    """A span without footage."""

    id: str
    camera: str
    start_time: float
    end_time: float | None
    reason: GapReason
    detail: str

    @classmethod
    def of(cls, gap: Gap) -> Self:
        """The answer's form."""
        return cls(
            id=gap.id,
            camera=gap.camera,
            start_time=gap.start_time,
            end_time=gap.end_time,
            reason=gap.reason,
            detail=gap.detail,
        )


def recording_row(recording: Recording) -> dict[str, object]:
    """The form of `RecordingOut`; written out, because a day has nine thousand of them."""
    return {
        "id": recording.id,
        "start_time": recording.start_time,
        "end_time": recording.end_time,
        "segment_size": round(recording.size_bytes / MIB, 1),
        "motion": recording.motion,
        "objects": recording.objects,
    }


def group_days(hours: Iterable[RecordedHour]) -> list[DayOut]:
    """Hours that come newest first, by local day."""
    days = []
    for day, of_day in groupby(hours, key=lambda one: one.hour // HOURS_OF_DAY):
        shown = [_hour(one) for one in of_day]
        days.append(DayOut(day=day_name(day), events=sum(h.events for h in shown), hours=shown))
    return days


def _hour(found: RecordedHour) -> HourOut:
    return HourOut(
        hour=f"{found.hour % HOURS_OF_DAY:02}",
        duration=round(found.duration_s),
        events=found.events,
        motion=found.motion,
        objects=found.objects,
    )
