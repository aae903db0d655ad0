"""Which rule tells of what: pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from picket.config.notifications import SPAN, RuleConfig
from picket.domain.notice import Subject, When
from picket.ipc.messages import Change, ObjectChanged, SoundChanged

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OF_EVENTS = frozenset({When.BEGIN, When.BETTER, When.END})
MOST_VERDICTS = 5000
"""More events than ever run at once; the oldest are forgotten first."""


@dataclass(frozen=True, slots=True)
class LocalTime:
    """What a clock on the wall shows."""

    weekday: int  # 0 is Monday
    minute: int  # since midnight


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a rule tells of an event or trouble, decided once for all of it."""

    is_told: bool
    time: float  # of the subject, Unix seconds


@dataclass(frozen=True, slots=True)
class RuleMemory:
    """What the rules decided so far; the empty value is the start."""

    verdicts: Mapping[tuple[str, str], Verdict] = field(default_factory=dict)  # by rule and id
    told: Mapping[tuple[str, str, str], float] = field(default_factory=dict)
    """When something was last told, by rule, camera and label; Unix seconds."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A rule wants this to be told."""

    rule: str
    subject: Subject


def subject_of(change: ObjectChanged | SoundChanged) -> Subject | None:
    """What there is to tell of an object or a sound; None while nobody believes in it."""
    return _sound(change) if isinstance(change, SoundChanged) else _object(change)


def _object(change: ObjectChanged) -> Subject | None:
    seen = change.after
    if seen.false_positive:
        return None
    when = When.END if change.change is Change.END else When.BEGIN
    if change.change is Change.UPDATE and seen.snapshot not in (None, change.before.snapshot):
        when = When.BETTER
    return Subject(
        when=when,
        id=seen.id,
        time=seen.frame_time,
        camera=seen.camera,
        label=seen.label,
        sub_label=seen.sub_label[0] if seen.sub_label else "",
        zones=seen.entered_zones,
        score=seen.top_score,
        start_time=seen.start_time,
        end_time=seen.end_time,
        has_picture=seen.end_time is None or seen.has_snapshot,
        has_clip=seen.has_clip,
    )


def _sound(change: SoundChanged) -> Subject:
    event, is_over = change.event, change.change is Change.END
    return Subject(
        when=When.END if is_over else When.BEGIN,
        id=event.id,
        time=change.told_time,
        camera=event.camera,
        label=event.label,
        score=event.data.top_score,
        start_time=event.start_time,
        end_time=event.end_time,
        has_picture=event.has_snapshot or is_over,
        has_clip=event.has_clip,
    )


def judge(
    memory: RuleMemory, rules: Mapping[str, RuleConfig], subject: Subject, clock: LocalTime
) -> tuple[RuleMemory, tuple[Choice, ...]]:
    """What is to be told of a subject, and the memory afterwards.

    A rule decides once about an event: when it fits for the first time. Whoever is told of it is
    told to its end; whoever is not, because something like it was told a moment ago, hears nothing
    of it. What fits only when it is over is told once.
    """
    choices: list[Choice] = []
    for name, rule in rules.items():
        verdict = memory.verdicts.get((name, subject.id))
        is_new = verdict is None and fits(rule, subject, clock)
        if is_new:
            verdict = Verdict(not is_cooling(memory, name, rule, subject), subject.time)
            memory = _remember(memory, name, subject, verdict)
        if verdict is not None and verdict.is_told:
            when = wanted_moment(rule, subject, is_new=is_new)
            choices += [Choice(name, replace(subject, when=when))] if when else []
    if subject.when is When.END:
        memory = forget(memory, subject.id)
    return memory, tuple(choices)


def fits(rule: RuleConfig, subject: Subject, clock: LocalTime) -> bool:
    """Whether a rule is about such a subject at such a time."""
    if subject.when in OF_EVENTS:
        is_asked = bool(OF_EVENTS & set(rule.when)) and _fits_object(rule, subject)
    else:
        is_asked = subject.when.value in rule.when
    is_place = not subject.camera or not rule.cameras or subject.camera in rule.cameras
    return is_asked and is_place and is_time(rule.days, rule.hours, clock)


def is_time(days: tuple[str, ...], hours: tuple[str, ...], clock: LocalTime) -> bool:
    """Whether the clock shows one of these days and hours; empty means any."""
    if not hours:
        return not days or DAYS[clock.weekday] in days
    return any(_is_within(span, days, clock) for span in hours)


def is_cooling(memory: RuleMemory, name: str, rule: RuleConfig, subject: Subject) -> bool:
    """Whether the like of it was told a moment ago; a clock that was set back does not count."""
    told = memory.told.get((name, subject.camera, subject.label))
    return told is not None and 0 <= subject.time - told < rule.cooldown


def wanted_moment(rule: RuleConfig, subject: Subject, *, is_new: bool) -> When | None:
    """As what a rule tells a subject that it tells of, or None when it does not now."""
    if subject.when not in OF_EVENTS:
        return subject.when if is_new else None
    if subject.when is When.END and When.END in rule.when:
        return When.END
    if is_new:
        return When.BEGIN if When.BEGIN in rule.when else None
    is_better = subject.when is When.BETTER and When.BETTER in rule.when
    return When.BETTER if is_better else None


def forget(memory: RuleMemory, subject_id: str, rule: str | None = None) -> RuleMemory:
    """Without the verdicts about a subject, of one rule or of all; cool-downs go on."""
    verdicts = {
        key: verdict
        for key, verdict in memory.verdicts.items()
        if key[1] != subject_id or rule not in (None, key[0])
    }
    return replace(memory, verdicts=verdicts)


def _remember(memory: RuleMemory, name: str, subject: Subject, verdict: Verdict) -> RuleMemory:
    verdicts = {**memory.verdicts, (name, subject.id): verdict}
    for oldest in list(verdicts)[: max(0, len(verdicts) - MOST_VERDICTS)]:
        del verdicts[oldest]
    if not verdict.is_told:
        return replace(memory, verdicts=verdicts)
    told = {**memory.told, (name, subject.camera, subject.label): subject.time}
    return RuleMemory(verdicts, told)


def _fits_object(rule: RuleConfig, subject: Subject) -> bool:
    return (
        subject.score >= rule.min_score
        and (not rule.labels or subject.label in rule.labels)
        and (not rule.sub_labels or subject.sub_label in rule.sub_labels)
        and (not rule.zones or not set(rule.zones).isdisjoint(subject.zones))
    )


def _is_within(span: str, days: tuple[str, ...], clock: LocalTime) -> bool:
    """Past midnight a span belongs to the day on which it began."""
    found = SPAN.match(span)
    assert found is not None  # noqa: S101 - the configuration was checked
    start, end = (60 * int(found[n]) + int(found[n + 1]) for n in (1, 3))
    today, yesterday = DAYS[clock.weekday], DAYS[clock.weekday - 1]
    if start < end:
        return start <= clock.minute < end and (not days or today in days)
    is_evening = clock.minute >= start and (not days or today in days)
    is_morning = clock.minute < end and (not days or yesterday in days)
    return is_evening or is_morning
