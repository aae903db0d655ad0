"""What retention may never do, whatever the policy, the footage and the events are."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from picket.domain.timespan import TimeSpan
from picket.record.retention import (
    DAY_S,
    SETTLING_S,
    Cover,
    LabelDays,
    RetentionPolicy,
    footage_wanted,
    judged_before,
    plan_events,
    plan_segments,
)
from picket.store.retention_queries import StoredEvent, StoredSegment

NOW = 1_705_320_000.0
LABELS = ("person", "car")
MODES = st.sampled_from(("all", "motion", "active_objects"))
DAYS = st.sampled_from((0.0, 0.01, 1.0, 3.0, 7.0))
AGES = st.floats(-60.0, 12 * DAY_S)


@st.composite
def label_days(draw: st.DrawFn) -> LabelDays:
    return LabelDays(draw(DAYS), draw(st.dictionaries(st.sampled_from(LABELS), DAYS)))


policies = st.builds(RetentionPolicy, DAYS, MODES, MODES, label_days(), label_days())


@st.composite
def segments(draw: st.DrawFn) -> list[StoredSegment]:
    counts = st.none() | st.integers(0, 2)
    return [
        StoredSegment(
            id=f"seg{number}",
            camera="front",
            path=f"{number}.mp4",
            start_time=NOW - age - draw(st.sampled_from((0.0, 10.0, 4000.0))),
            end_time=NOW - age,
            size_bytes=draw(st.integers(0, 9)),
            is_closed=draw(st.sampled_from((True, True, True, False))),
            motion=draw(counts),
            objects=draw(counts),
            dbfs=draw(st.sampled_from((None, 0, -30))),
        )
        for number, age in enumerate(draw(st.lists(AGES, max_size=8)))
    ]


@st.composite
def events(draw: st.DrawFn) -> list[StoredEvent]:
    return [
        StoredEvent(
            id=f"event{number}",
            camera="front",
            label=draw(st.sampled_from((*LABELS, "dog"))),
            start_time=NOW - age - draw(st.floats(0.0, 2 * DAY_S)),
            end_time=draw(st.sampled_from((NOW - age, NOW - age, None))),
            has_clip=draw(st.booleans()),
            has_snapshot=draw(st.booleans()),
            retain_indefinitely=draw(st.sampled_from((False, False, True))),
            has_no_place=draw(st.booleans()),
        )
        for number, age in enumerate(draw(st.lists(AGES, max_size=6)))
    ]


def deleted(
    footage: list[StoredSegment], happened: list[StoredEvent], policy: RetentionPolicy
) -> list[StoredSegment]:
    wanted = footage_wanted(plan_events(happened, policy, NOW).wanting)
    return [one.segment for one in plan_segments(footage, wanted, policy, NOW)]


def overlap(segment: StoredSegment, event: StoredEvent) -> bool:
    end_time = NOW + DAY_S if event.end_time is None else event.end_time
    return event.start_time <= segment.end_time and end_time >= segment.start_time


def is_within_its_days(event: StoredEvent, limits: LabelDays) -> bool:
    days = limits.by_label.get(event.label, limits.default)
    return event.end_time is None or NOW - event.end_time <= days * DAY_S


@given(footage=segments(), happened=events(), policy=policies)
def test_footage_of_a_protected_event_is_never_deleted(
    footage: list[StoredSegment], happened: list[StoredEvent], policy: RetentionPolicy
) -> None:
    for segment in deleted(footage, happened, policy):
        assert not any(overlap(segment, one) for one in happened if one.retain_indefinitely)


@given(footage=segments(), happened=events(), policy=policies)
def test_footage_of_an_event_within_its_days_stays_if_it_shows_what_the_mode_asks_for(
    footage: list[StoredSegment], happened: list[StoredEvent], policy: RetentionPolicy
) -> None:
    for segment in deleted(footage, happened, policy):
        for event in happened:
            if not (event.has_clip and overlap(segment, event)):
                continue
            if not is_within_its_days(event, policy.clips):
                continue
            assert not event.has_no_place
            assert policy.event_mode != "all"
            shown = segment.motion if policy.event_mode == "motion" else segment.objects
            assert shown == 0


@given(footage=segments(), happened=events(), policy=policies)
def test_unanalysed_footage_stays_until_the_longest_limit_has_passed(
    footage: list[StoredSegment], happened: list[StoredEvent], policy: RetentionPolicy
) -> None:
    longest = max(policy.days, policy.clips.default, *policy.clips.by_label.values(), 0.0)
    for segment in deleted(footage, happened, policy):
        if segment.motion is None or segment.objects is None:
            assert NOW - segment.end_time > longest * DAY_S


@given(footage=segments(), happened=events(), policy=policies)
def test_nothing_goes_that_is_young_or_still_being_written(
    footage: list[StoredSegment], happened: list[StoredEvent], policy: RetentionPolicy
) -> None:
    for segment in deleted(footage, happened, policy):
        assert segment.is_closed
        assert NOW - segment.end_time >= SETTLING_S


@given(footage=segments(), happened=events(), policy=policies)
def test_nothing_goes_while_the_days_say_keep(
    footage: list[StoredSegment], happened: list[StoredEvent], policy: RetentionPolicy
) -> None:
    forever = LabelDays(1e6, {})
    keeping = replace(policy, days=1e6, mode="all", clips=forever, snapshots=forever)
    assert deleted(footage, happened, keeping) == []
    plan = plan_events(happened, keeping, NOW)
    assert plan.clips == plan.snapshots == ()
    assert not any(one.has_clip or one.has_snapshot for one in plan.rows)


@given(footage=segments(), happened=events(), policy=policies, chance=st.randoms())
def test_the_plan_is_the_same_in_whatever_order_rows_come_and_begins_with_the_oldest(
    footage: list[StoredSegment],
    happened: list[StoredEvent],
    policy: RetentionPolicy,
    chance: Random,
) -> None:
    plan = deleted(footage, happened, policy)
    shuffled, moved = list(footage), list(happened)
    chance.shuffle(shuffled)
    chance.shuffle(moved)
    assert deleted(shuffled, moved, policy) == plan
    assert plan == sorted(plan, key=lambda one: (one.start_time, one.id))
    assert plan_events(moved, policy, NOW) == plan_events(happened, policy, NOW)


@given(footage=segments(), happened=events(), policy=policies)
def test_whatever_goes_is_found_by_the_query_that_looks_only_before_an_instant(
    footage: list[StoredSegment], happened: list[StoredEvent], policy: RetentionPolicy
) -> None:
    before = judged_before(policy, NOW)
    assert all(one.start_time < before for one in deleted(footage, happened, policy))


@given(happened=events(), policy=policies)
def test_an_event_loses_only_what_is_past_its_days(
    happened: list[StoredEvent], policy: RetentionPolicy
) -> None:
    plan = plan_events(happened, policy, NOW)
    for event in (*plan.clips, *plan.snapshots, *plan.rows):
        assert event.end_time is not None
        assert not event.retain_indefinitely
    assert not any(is_within_its_days(one, policy.clips) for one in plan.clips)
    assert not any(is_within_its_days(one, policy.snapshots) for one in plan.snapshots)


@given(happened=events(), policy=policies)
def test_a_row_goes_exactly_when_neither_clip_nor_snapshot_is_left(
    happened: list[StoredEvent], policy: RetentionPolicy
) -> None:
    plan = plan_events(happened, policy, NOW)
    for event in happened:
        has_clip = event.has_clip and event not in plan.clips
        has_snapshot = event.has_snapshot and event not in plan.snapshots
        is_old = event.end_time is not None and NOW - event.end_time >= SETTLING_S
        is_free = is_old and not event.retain_indefinitely
        assert (event in plan.rows) == (is_free and not has_clip and not has_snapshot)
        assert (event in plan.wanting) == (has_clip or event.retain_indefinitely)


times = st.integers(0, 40)


@given(
    spans=st.lists(st.tuples(times, times).map(sorted), max_size=8),
    asked=st.tuples(times, times).map(sorted),
)
def test_a_cover_touches_what_one_of_its_spans_touches(
    spans: list[list[int]], asked: list[int]
) -> None:
    cover = Cover.of(TimeSpan(start, end) for start, end in spans)
    expected = any(start <= asked[1] and end >= asked[0] for start, end in spans)
    assert cover.touches(TimeSpan(*asked)) == expected
