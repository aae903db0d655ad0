"""What needs somebody's care, besides what cameras see: pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from picket.config.masking import mask_credentials
from picket.config.notifications import RuleConfig
from picket.domain.notice import Subject, When
from picket.domain.status import CameraState, CameraStatus
from picket.notify.rules import OF_EVENTS, Choice, LocalTime, RuleMemory, forget, judge

GIB = 1 << 30
QUIET = (CameraState.ONLINE, CameraState.DISABLED)


@dataclass(frozen=True, slots=True)
class Health:
    """How everything is at an instant."""

    cameras: Mapping[str, CameraStatus]
    free_bytes: int | None  # on the volume of the recordings; None when nobody can tell
    now: float  # Unix seconds


def step_troubles(
    memory: RuleMemory, rules: Mapping[str, RuleConfig], health: Health, clock: LocalTime
) -> tuple[RuleMemory, tuple[Choice, ...]]:
    """What is to be told of troubles; each is told once, until it is over and comes again."""
    choices: list[Choice] = []
    for name, rule in rules.items():
        if set(rule.when) <= OF_EVENTS:
            continue
        found = tuple(find_troubles(rule, health))
        for subject in found:
            memory, chosen = judge(memory, {name: rule}, subject, clock)
            choices += chosen
        memory = _forget_healed(memory, name, {subject.id for subject in found})
    return memory, tuple(choices)


def find_troubles(rule: RuleConfig, health: Health) -> Iterator[Subject]:
    """The troubles that a rule asks for and that have lasted long enough for it."""
    latest = health.now - rule.after
    for name, one in health.cameras.items():
        is_away = one.state not in QUIET and 0 < one.since <= latest
        if When.CAMERA_OFFLINE in rule.when and is_away:
            yield _of_camera(When.CAMERA_OFFLINE, name, one.since, one.detail)
        if When.DETECTOR_BLIND in rule.when and 0 < one.blind_since <= latest:
            yield _of_camera(When.DETECTOR_BLIND, name, one.blind_since, one.blind_reason)
    free = health.free_bytes
    if When.DISK_FULL in rule.when and free is not None and free < rule.free_below * GIB:
        detail = f"{free / GIB:.2f} GiB are free, less than {rule.free_below:g} GiB"
        yield Subject(When.DISK_FULL, When.DISK_FULL.value, health.now, detail=detail)


def _of_camera(when: When, camera: str, since: float, why: str) -> Subject:
    return Subject(
        when, f"{when.value}:{camera}:{since:.3f}", since, camera, detail=mask_credentials(why)
    )


def _forget_healed(memory: RuleMemory, rule: str, present: set[str]) -> RuleMemory:
    kinds = tuple(when.value for when in When if when not in OF_EVENTS)
    for name, subject_id in tuple(memory.verdicts):
        if name == rule and subject_id.startswith(kinds) and subject_id not in present:
            memory = forget(memory, subject_id, rule)
    return memory
