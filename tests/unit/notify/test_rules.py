from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.config.notifications import RuleConfig
from picket.domain.event import AUDIO, Event, EventData
from picket.domain.notice import Subject, When
from picket.ipc.messages import Change, ObjectChanged, SoundChanged
from picket.notify.rules import (
    DAYS,
    MOST_VERDICTS,
    Choice,
    LocalTime,
    RuleMemory,
    fits,
    forget,
    is_time,
    judge,
    subject_of,
)
from tests.unit.notify.samples import MONDAY_NOON, NOON, PERSON, rule
from tests.unit.topics.samples import AFTER, BEFORE

LIFE = (When.BEGIN, When.BETTER, When.END)


def tell(
    rules: dict[str, RuleConfig], *subjects: Subject, memory: RuleMemory | None = None
) -> list[tuple[str, str, str]]:
    """What is told: rule, moment and id."""
    memory = memory or RuleMemory()
    told: list[Choice] = []
    for subject in subjects:
        memory, choices = judge(memory, rules, subject, MONDAY_NOON)
        told += choices
    return [(one.rule, one.subject.when.value, one.subject.id) for one in told]


def life(subject: Subject, *moments: When) -> list[Subject]:
    """A subject again and again, a second apart."""
    return [replace(subject, when=when, time=subject.time + n) for n, when in enumerate(moments)]


def test_an_event_is_told_once_when_it_begins() -> None:
    again = life(PERSON, When.BEGIN, When.BEGIN, When.BETTER, When.END)
    assert tell({"r": rule()}, *again) == [("r", "begin", PERSON.id)]


def test_each_moment_is_told_to_who_asks_for_it() -> None:
    rules = {
        "whole": rule(when=["begin", "better", "end"]),
        "end": rule(when=["end"]),
        "better": rule(when=["better"]),
    }
    told = tell(rules, *life(PERSON, When.BEGIN, When.BETTER, When.END))
    assert [one[:2] for one in told] == [
        ("whole", "begin"),
        *(("whole", "better"), ("better", "better")),
        *(("whole", "end"), ("end", "end")),
    ]


def test_it_is_told_when_it_first_enters_the_zone() -> None:
    outside = replace(PERSON, zones=("street",))
    rules = {"r": rule(zones=["porch", "garden"])}
    assert tell(rules, outside, outside, PERSON, PERSON) == [("r", "begin", PERSON.id)]


def test_what_fits_only_at_its_end_is_told_once() -> None:
    weak, strong = replace(PERSON, score=0.5), replace(PERSON, score=0.9, when=When.END)
    only_begin, both = rule(min_score=0.8), rule(min_score=0.8, when=["begin", "end"])
    assert tell({"a": only_begin, "b": both}, weak, strong) == [
        ("a", "begin", PERSON.id),
        ("b", "end", PERSON.id),
    ]


@pytest.mark.parametrize(
    ("settings", "is_told"),
    [
        ({"cameras": ["front_door"]}, True),
        ({"cameras": ["back"]}, False),
        ({"labels": ["car", "person"]}, True),
        ({"labels": ["car"]}, False),
        ({"sub_labels": ["Ann"]}, False),
        ({"zones": ["street"]}, False),
        ({"min_score": 0.84}, True),
        ({"min_score": 0.85}, False),
        ({"days": ["mon"]}, True),
        ({"days": ["tue", "sun"]}, False),
        ({"hours": ["11:00-13:00"]}, True),
        ({"hours": ["13:00-11:00"]}, False),
        ({"when": ["camera_offline", "disk_full"]}, False),
    ],
)
def test_every_condition_counts(settings: dict[str, Any], *, is_told: bool) -> None:
    assert fits(rule(**settings), PERSON, MONDAY_NOON) is is_told


def test_a_sub_label_that_comes_later_is_told_then() -> None:
    named = replace(PERSON, sub_label="Ann")
    assert tell({"r": rule(sub_labels=["Ann"])}, PERSON, named) == [("r", "begin", PERSON.id)]


def test_a_cool_down_silences_others_of_the_camera_and_label_whole() -> None:
    rules = {"r": rule(cooldown=60, when=["begin", "end"])}
    second = replace(PERSON, id="second", time=NOON + 59)
    third = replace(PERSON, id="third", time=NOON + 60)
    car = replace(PERSON, id="car", label="car", time=NOON + 1)
    elsewhere = replace(PERSON, id="elsewhere", camera="back", time=NOON + 1)
    ended = replace(second, when=When.END, time=NOON + 90)
    first_ended = replace(PERSON, when=When.END, time=NOON + 91)
    told = tell(rules, PERSON, second, car, elsewhere, third, ended, first_ended)
    assert [one[2] for one in told] == [PERSON.id, "car", "elsewhere", "third", PERSON.id]


def test_a_clock_that_was_set_back_silences_nobody() -> None:
    earlier = replace(PERSON, id="earlier", time=NOON - 3600)
    assert len(tell({"r": rule(cooldown=60)}, PERSON, earlier)) == 2


def test_what_was_told_is_not_told_again_after_a_restart() -> None:
    memory, _ = judge(RuleMemory(), {"r": rule()}, PERSON, MONDAY_NOON)
    assert tell({"r": rule()}, PERSON, memory=memory) == []
    assert tell({"r": rule()}, PERSON, memory=forget(memory, PERSON.id)) != []


def test_the_memory_is_bounded() -> None:
    memory = RuleMemory()
    for n in range(MOST_VERDICTS + 5):
        memory, _ = judge(memory, {"r": rule()}, replace(PERSON, id=str(n)), MONDAY_NOON)
    assert len(memory.verdicts) == MOST_VERDICTS
    assert ("r", "4") not in memory.verdicts


moments = st.sampled_from(LIFE[:2])
lives = st.lists(st.tuples(st.sampled_from("abc"), moments), max_size=12)


@given(
    seen=lives,
    asked=st.sets(st.sampled_from([one.value for one in LIFE]), min_size=1),
    cooldown=st.sampled_from([0.0, 2.0, 1000.0]),
)
def test_begin_and_end_are_told_at_most_once_and_never_without_the_other(
    seen: Sequence[tuple[str, When]], asked: set[str], cooldown: float
) -> None:
    ends = [(name, When.END) for name in dict.fromkeys(name for name, _ in seen)]
    subjects = [
        replace(PERSON, id=name, when=when, time=NOON + n)
        for n, (name, when) in enumerate([*seen, *ends])
    ]
    rules = {"r": rule(when=sorted(asked), cooldown=cooldown)}
    told = tell(rules, *subjects)
    assert {moment for _, moment, _ in told} <= asked
    for name, _ in ends:
        mine = [moment for _, moment, one in told if one == name]
        assert mine.count("begin") <= 1
        assert mine.count("end") <= 1
        if {"begin", "end"} <= asked and mine:
            assert (mine[0], mine[-1]) == ("begin", "end")


@given(times=st.lists(st.floats(0, 500), min_size=1, max_size=30), cooldown=st.floats(0.1, 100))
def test_two_that_are_told_lie_a_cool_down_apart(times: list[float], cooldown: float) -> None:
    rules = {"r": rule(cooldown=cooldown)}
    memory, told = RuleMemory(), []
    for n, time in enumerate(sorted(times)):
        subject = replace(PERSON, id=str(n), time=time)
        memory, choices = judge(memory, rules, subject, MONDAY_NOON)
        told += [one.subject.time for one in choices]
    assert told
    assert all(later - before >= cooldown for before, later in itertools.pairwise(told))


days = st.lists(st.sampled_from(DAYS), max_size=3).map(tuple)
minutes = st.integers(0, 1439)


def clock_text(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@given(day=st.integers(0, 6), now=minutes, start=minutes, end=minutes, wanted=days)
def test_a_span_holds_the_minutes_from_its_start_to_its_end(
    day: int, now: int, start: int, end: int, wanted: tuple[str, ...]
) -> None:
    length = (end - start) % 1440 or 1440
    past = (now - start) % 1440
    began = day if now >= start else (day - 1) % 7
    expected = past < length and (not wanted or DAYS[began] in wanted)
    span = f"{clock_text(start)}-{clock_text(end)}"
    assert is_time(wanted, (span,), LocalTime(day, now)) is expected


def test_any_of_several_spans_will_do() -> None:
    spans = ("06:00-08:00", "11:30-12:30")
    assert is_time((), spans, MONDAY_NOON)
    assert not is_time((), spans[:1], MONDAY_NOON)


def test_what_a_worker_tells_becomes_a_subject() -> None:
    begun = subject_of(ObjectChanged(Change.NEW, BEFORE, AFTER))
    assert begun is not None
    assert (begun.when, begun.id, begun.camera) == (When.BEGIN, AFTER.id, AFTER.camera)
    assert (begun.time, begun.score) == (AFTER.frame_time, AFTER.top_score)
    assert (begun.zones, begun.label) == (AFTER.entered_zones, AFTER.label)
    ended = subject_of(ObjectChanged(Change.END, AFTER, replace(AFTER, end_time=NOON)))
    assert ended is not None
    assert (ended.when, ended.end_time) == (When.END, NOON)


def test_a_better_picture_is_one_that_was_not_told() -> None:
    same = subject_of(ObjectChanged(Change.UPDATE, AFTER, AFTER))
    new = subject_of(ObjectChanged(Change.UPDATE, replace(AFTER, snapshot=None), AFTER))
    assert same is not None
    assert new is not None
    assert (same.when, new.when) == (When.BEGIN, When.BETTER)


def test_what_nobody_believes_in_is_no_subject() -> None:
    doubtful = replace(AFTER, false_positive=True)
    assert subject_of(ObjectChanged(Change.UPDATE, BEFORE, doubtful)) is None


def test_a_sound_is_told_from_its_begin_to_its_end() -> None:
    data = EventData(type=AUDIO, score=0.9, top_score=0.9)
    running = Event("7.5-bark00", "yard", "bark", NOON - 5, None, data=data)
    over = replace(running, end_time=NOON + 10)
    told = (SoundChanged(Change.NEW, running, NOON), SoundChanged(Change.END, over, NOON + 9))
    begun, ended = (subject_of(one) for one in told)
    assert begun is not None
    assert ended is not None
    assert (begun.when, begun.label, begun.score, begun.time) == (When.BEGIN, "bark", 0.9, NOON)
    assert (ended.when, ended.end_time) == (When.END, NOON + 10)
    rules = {"dog": rule(labels=["bark"], when=["begin", "end"]), "people": rule(labels=["person"])}
    expected = [("dog", "begin", running.id), ("dog", "end", running.id)]
    assert tell(rules, begun, ended) == expected
