from __future__ import annotations

from dataclasses import replace

import pytest

from picket.config.record import EventsConfig, RecordConfig, RecordRetainConfig, RetainConfig
from picket.config.snapshots import SnapshotsConfig
from picket.domain.timespan import TimeSpan
from picket.record.retention import (
    DAY_S,
    SETTLING_S,
    Cover,
    LabelDays,
    Reason,
    RetentionPolicy,
    WantedFootage,
    judge_segment,
    judged_before,
    plan_events,
)
from picket.store.retention_queries import StoredEvent, StoredSegment

NOW = 1_705_320_000.0
TEN_DAYS = LabelDays(10, {})
POLICY = RetentionPolicy(3, "all", "motion", TEN_DAYS, TEN_DAYS)
SEGMENT = StoredSegment(
    id="s",
    camera="front",
    path="s.mp4",
    start_time=NOW - 5 * DAY_S - 10,
    end_time=NOW - 5 * DAY_S,
    size_bytes=1,
    is_closed=True,
    motion=0,
    objects=0,
)
EVENT = StoredEvent(
    id="e",
    camera="front",
    label="person",
    start_time=NOW - 11 * DAY_S,
    end_time=NOW - 11 * DAY_S + 30,
    has_clip=True,
    has_snapshot=True,
)
HERE = Cover.of([SEGMENT.span])


def judge(segment: StoredSegment, wanted: WantedFootage, policy: RetentionPolicy) -> Reason | None:
    return judge_segment(segment, wanted, policy, NOW)


def test_the_policy_is_what_the_configuration_says() -> None:
    record = RecordConfig(
        retain=RecordRetainConfig(days=2, mode="motion"),
        events=EventsConfig(retain=RetainConfig(default=4, mode="all", objects={"car": 6})),
    )
    snapshots = SnapshotsConfig(retain=RetainConfig(default=8, objects={"dog": 1}))
    assert RetentionPolicy.of(record, snapshots) == RetentionPolicy(
        2, "motion", "all", LabelDays(4, {"car": 6}), LabelDays(8, {"dog": 1})
    )


def test_footage_past_its_days_goes_unless_an_event_wants_it() -> None:
    assert judge(SEGMENT, WantedFootage(), POLICY) is Reason.PAST_DAYS
    assert judge(SEGMENT, WantedFootage(whole=HERE), POLICY) is None
    assert judge(SEGMENT, WantedFootage(active=HERE), POLICY) is Reason.NO_ACTIVITY
    assert judge(replace(SEGMENT, motion=1), WantedFootage(active=HERE), POLICY) is None


def test_what_was_heard_counts_as_motion() -> None:
    loud = replace(SEGMENT, dbfs=-30)
    assert judge(loud, WantedFootage(active=HERE), POLICY) is None
    quiet = replace(SEGMENT, dbfs=0)
    assert judge(quiet, WantedFootage(active=HERE), POLICY) is Reason.NO_ACTIVITY


def test_within_its_days_footage_goes_by_the_continuous_mode() -> None:
    policy = replace(POLICY, days=9, mode="active_objects")
    moving = replace(SEGMENT, motion=1)
    assert judge(moving, WantedFootage(), policy) is Reason.NO_ACTIVITY
    assert judge(moving, WantedFootage(active=HERE), policy) is None
    assert judge(replace(moving, objects=1), WantedFootage(), policy) is None


def test_unanalysed_footage_is_kept_for_the_longest_of_all_limits() -> None:
    unknown = replace(SEGMENT, motion=None, objects=None)
    assert judge(unknown, WantedFootage(), POLICY) is None
    short = replace(POLICY, clips=LabelDays(1, {"car": 4.9}))
    assert judge(unknown, WantedFootage(), short) is Reason.PAST_DAYS
    assert judge(unknown, WantedFootage(active=HERE), short) is None


def test_footage_that_has_just_ended_is_not_judged() -> None:
    young = replace(SEGMENT, start_time=NOW - SETTLING_S, end_time=NOW - SETTLING_S + 1)
    policy = replace(POLICY, days=0)
    assert judge(young, WantedFootage(), policy) is None
    settled = replace(young, start_time=NOW - SETTLING_S - 10, end_time=NOW - SETTLING_S)
    assert judge(settled, WantedFootage(), policy) is Reason.PAST_DAYS
    assert judge(replace(settled, is_closed=False), WantedFootage(), policy) is None


def test_with_mode_all_only_footage_past_its_days_need_be_looked_at() -> None:
    assert judged_before(POLICY, NOW) == NOW - 3 * DAY_S
    assert judged_before(replace(POLICY, days=0), NOW) == NOW - SETTLING_S
    assert judged_before(replace(POLICY, mode="motion"), NOW) == NOW - SETTLING_S


def test_an_event_past_its_days_loses_clip_snapshot_and_row() -> None:
    plan = plan_events([EVENT], POLICY, NOW)
    assert plan.clips == plan.snapshots == plan.rows == (EVENT,)
    assert plan.wanting == ()


@pytest.mark.parametrize(
    "event",
    [
        replace(EVENT, retain_indefinitely=True),
        replace(EVENT, end_time=None),
        replace(EVENT, start_time=NOW - 2 * DAY_S, end_time=NOW - DAY_S),
    ],
)
def test_an_event_that_is_protected_running_or_young_keeps_everything(event: StoredEvent) -> None:
    plan = plan_events([event], POLICY, NOW)
    assert plan.clips == plan.snapshots == plan.rows == ()
    assert plan.wanting == (event,)


def test_the_days_of_an_event_count_from_its_end() -> None:
    long = replace(EVENT, start_time=NOW - 30 * DAY_S, end_time=NOW - 9 * DAY_S)
    assert plan_events([long], POLICY, NOW).wanting == (long,)


def test_the_row_stays_while_the_snapshot_does() -> None:
    policy = replace(POLICY, snapshots=LabelDays(10, {"person": 20}))
    plan = plan_events([EVENT], policy, NOW)
    assert plan.clips == (EVENT,)
    assert plan.snapshots == plan.rows == ()


def test_a_row_with_nothing_left_goes() -> None:
    empty = replace(EVENT, has_clip=False, has_snapshot=False, start_time=NOW - 700)
    empty = replace(empty, end_time=NOW - SETTLING_S)
    assert plan_events([empty], POLICY, NOW).rows == (empty,)


def test_spans_that_meet_are_joined() -> None:
    cover = Cover.of([TimeSpan(5, 8), TimeSpan(1, 3), TimeSpan(3, 4), TimeSpan(6, 7)])
    assert cover.spans == (TimeSpan(1, 4), TimeSpan(5, 8))
