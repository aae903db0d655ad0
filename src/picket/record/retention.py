"""What footage, pictures and events are kept, and how long: pure rules.

An age counts from the end of a segment or event. Nothing is judged before it has settled, and
what was not analysed is kept as long as anything could be: unknown means keep.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from picket.config.record import RecordConfig, RetainConfig
from picket.config.snapshots import SnapshotsConfig
from picket.config.words import RetainMode
from picket.domain.timespan import TimeSpan
from picket.store.retention_queries import StoredEvent, StoredSegment

DAY_S = 86_400.0
SETTLING_S = 600.0
"""Younger than this, nothing is judged: analysis lags, and an event's row comes after its start."""


class Reason(StrEnum):
    """Why a segment goes."""

    PAST_DAYS = "past_days"  # older than `record.retain.days`, and no event wants it
    NO_ACTIVITY = "no_activity"  # of the right age, but without what the mode asks for
    DISK_FULL = "disk_full"  # the volume is short of space
    CAMERA_QUOTA = "camera_quota"  # the camera has more than `record.quota`
    QUOTA = "quota"  # all cameras have more than `storage.quota`


@dataclass(frozen=True, slots=True)
class LabelDays:
    """How long something that belongs to events is kept, by label."""

    default: float  # days
    by_label: Mapping[str, float]

    @classmethod
    def of(cls, config: RetainConfig) -> Self:
        """As a `retain` section says."""
        return cls(config.default, config.objects)

    def has_passed(self, event: StoredEvent, now: float) -> bool:
        """Whether an event ended longer ago than its label allows; never while it goes on."""
        if event.end_time is None:
            return False
        days = self.by_label.get(event.label, self.default)
        return now - event.end_time > max(days * DAY_S, SETTLING_S)

    @property
    def longest(self) -> float:
        """Days of the label that is kept longest."""
        return max((self.default, *self.by_label.values()))


@dataclass(frozen=True, slots=True)
class RetentionPolicy:
    """What a user wants kept of one camera."""

    days: float  # of continuous footage
    mode: RetainMode  # which of it
    event_mode: RetainMode  # which footage of events
    clips: LabelDays
    snapshots: LabelDays

    @classmethod
    def of(cls, record: RecordConfig, snapshots: SnapshotsConfig) -> Self:
        """The policy that two sections of the configuration describe."""
        return cls(
            days=record.retain.days,
            mode=record.retain.mode,
            event_mode=record.events.retain.mode,
            clips=LabelDays.of(record.events.retain),
            snapshots=LabelDays.of(snapshots.retain),
        )

    @property
    def longest(self) -> float:
        """Days after which no limit speaks for a segment any more."""
        return max(self.days, self.clips.longest)


@dataclass(frozen=True, slots=True)
class Cover:
    """Spans of time without overlap, in order."""

    spans: tuple[TimeSpan, ...] = ()

    @classmethod
    def of(cls, spans: Iterable[TimeSpan]) -> Self:
        """The union of spans in any order."""
        merged: list[TimeSpan] = []
        for span in sorted(spans, key=lambda one: one.start_time):
            if merged and span.start_time <= merged[-1].end_time:
                end_time = max(merged[-1].end_time, span.end_time)
                merged[-1] = TimeSpan(merged[-1].start_time, end_time)
            else:
                merged.append(span)
        return cls(tuple(merged))

    def touches(self, span: TimeSpan) -> bool:
        """Whether a span meets one of these, be it in a single instant."""
        begun = bisect_right(self.spans, span.end_time, key=lambda one: one.start_time)
        return begun > 0 and self.spans[begun - 1].end_time >= span.start_time


@dataclass(frozen=True, slots=True)
class WantedFootage:
    """When events of one camera want its footage."""

    whole: Cover = Cover()  # all of it: protected by the user, or triggered by hand
    active: Cover = Cover()  # what `record.events.retain.mode` asks for


@dataclass(frozen=True, slots=True)
class EventPlan:
    """What happens to events; each list oldest first."""

    clips: tuple[StoredEvent, ...]  # their footage is given up
    snapshots: tuple[StoredEvent, ...]  # their picture files go
    rows: tuple[StoredEvent, ...]  # nothing is left of them
    wanting: tuple[StoredEvent, ...]  # these go on wanting their footage


@dataclass(frozen=True, slots=True)
class Deletion:
    """A segment that goes, and why."""

    segment: StoredSegment
    reason: Reason


def plan_events(events: Iterable[StoredEvent], policy: RetentionPolicy, now: float) -> EventPlan:
    """Whose footage, pictures and rows are over at `now` (Unix seconds).

    Running events and those that a user protects lose nothing.
    """
    ordered = sorted(events, key=lambda event: (event.start_time, event.id))
    free = [one for one in ordered if not one.retain_indefinitely and _has_settled(one, now)]
    clips = [one for one in free if one.has_clip and policy.clips.has_passed(one, now)]
    snapshots = [one for one in free if one.has_snapshot and policy.snapshots.has_passed(one, now)]
    no_clip = {one.id for one in clips} | {one.id for one in free if not one.has_clip}
    no_snapshot = {one.id for one in snapshots} | {one.id for one in free if not one.has_snapshot}
    over = {one.id for one in clips}
    return EventPlan(
        clips=tuple(clips),
        snapshots=tuple(snapshots),
        rows=tuple(one for one in free if one.id in no_clip & no_snapshot),
        wanting=tuple(
            one
            for one in ordered
            if one.retain_indefinitely or (one.has_clip and one.id not in over)
        ),
    )


def footage_wanted(events: Iterable[StoredEvent]) -> WantedFootage:
    """Join the spans of one camera's events that want footage (`EventPlan.wanting`)."""
    wanting = list(events)
    whole = [one.span for one in wanting if one.retain_indefinitely or one.has_no_place]
    active = [one.span for one in wanting if not (one.retain_indefinitely or one.has_no_place)]
    return WantedFootage(Cover.of(whole), Cover.of(active))


def judged_before(policy: RetentionPolicy, now: float) -> float:
    """Segments that begin at this instant (Unix seconds) or later are kept whatever they show."""
    if policy.mode == "all":
        return now - max(policy.days * DAY_S, SETTLING_S)
    return now - SETTLING_S


def plan_segments(
    segments: Iterable[StoredSegment], wanted: WantedFootage, policy: RetentionPolicy, now: float
) -> tuple[Deletion, ...]:
    """The segments of one camera that go at `now` (Unix seconds), oldest first."""
    ordered = sorted(segments, key=lambda one: (one.start_time, one.id))
    judged = ((one, judge_segment(one, wanted, policy, now)) for one in ordered)
    return tuple(Deletion(one, reason) for one, reason in judged if reason is not None)


def judge_segment(
    segment: StoredSegment, wanted: WantedFootage, policy: RetentionPolicy, now: float
) -> Reason | None:
    """Why a segment goes, or None when it is kept.

    Args:
        segment: of the camera that `wanted` and `policy` are for.
        wanted: when events want footage.
        policy: what the user wants kept.
        now: Unix seconds.
    """
    age_s = now - segment.end_time
    if not segment.is_closed or age_s < SETTLING_S or wanted.whole.touches(segment.span):
        return None
    if _is_unknown(segment) and age_s <= policy.longest * DAY_S:
        return None
    is_recent = age_s <= policy.days * DAY_S
    is_in_event = wanted.active.touches(segment.span)
    if is_recent and _shows(segment, policy.mode):
        return None
    if is_in_event and _shows(segment, policy.event_mode):
        return None
    return Reason.NO_ACTIVITY if is_recent or is_in_event else Reason.PAST_DAYS


def _has_settled(event: StoredEvent, now: float) -> bool:
    return event.end_time is not None and now - event.end_time >= SETTLING_S


def _is_unknown(segment: StoredSegment) -> bool:
    return segment.motion is None or segment.objects is None


def _shows(segment: StoredSegment, mode: RetainMode) -> bool:
    """Whether a segment has what a mode asks for; what is not known counts as there."""
    if mode == "motion":
        return segment.motion is None or segment.motion > 0 or bool(segment.dbfs)
    if mode == "active_objects":
        return segment.objects is None or segment.objects > 0
    return True
