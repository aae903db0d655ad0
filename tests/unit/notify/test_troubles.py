from __future__ import annotations

from dataclasses import replace

from picket.config.notifications import RuleConfig
from picket.domain.status import CameraState, CameraStatus
from picket.notify.rules import RuleMemory
from picket.notify.troubles import GIB, Health, step_troubles
from tests.unit.notify.samples import MONDAY_NOON, NOON, rule

FINE = CameraStatus("front", CameraState.ONLINE, NOON)
AWAY = CameraStatus("front", CameraState.OFFLINE, NOON, "no route to rtsp://u:hush@h/1")
BLIND = replace(FINE, blind_since=NOON, blind_reason="no detector answered")


def steps(rules: dict[str, RuleConfig], *healths: Health) -> list[list[str]]:
    """What is told at each look."""
    memory, told = RuleMemory(), []
    for health in healths:
        memory, choices = step_troubles(memory, rules, health, MONDAY_NOON)
        told.append(
            [f"{one.rule} {one.subject.when.value} {one.subject.camera}" for one in choices]
        )
    return told


def at(second: float, status: CameraStatus = FINE, free_gib: float | None = 100) -> Health:
    free = None if free_gib is None else int(free_gib * GIB)
    return Health({"front": status}, free, NOON + second)


def test_a_camera_that_stays_away_is_told_once_after_a_while() -> None:
    rules = {"r": rule(when=["camera_offline"], after=60)}
    told = steps(rules, at(1, AWAY), at(59.9, AWAY), at(60, AWAY), at(61, AWAY), at(99, AWAY))
    assert told == [[], [], ["r camera_offline front"], [], []]


def test_one_that_goes_again_is_told_again() -> None:
    rules = {"r": rule(when=["camera_offline"], after=10)}
    again = replace(AWAY, since=NOON + 50)
    told = steps(rules, at(10, AWAY), at(40), at(61, again))
    assert told == [["r camera_offline front"], [], ["r camera_offline front"]]


def test_one_that_comes_and_goes_is_told_once_per_cool_down() -> None:
    rules = {"r": rule(when=["camera_offline"], after=0, cooldown=100)}
    flaps = [at(n, replace(AWAY, since=NOON + n)) for n in (0, 50, 99, 100)]
    assert steps(rules, *flaps) == [
        ["r camera_offline front"], [], [], ["r camera_offline front"],
    ]  # fmt: skip


def test_a_camera_that_is_switched_off_or_connects_in_time_is_no_trouble() -> None:
    rules = {"r": rule(when=["camera_offline"], after=60)}
    off = replace(AWAY, state=CameraState.DISABLED)
    connecting = replace(AWAY, state=CameraState.CONNECTING, since=NOON)
    assert steps(rules, at(500, off), at(30, connecting)) == [[], []]
    unheard = replace(AWAY, state=CameraState.CONNECTING, since=0.0)
    assert steps(rules, at(60, unheard)) == [[]]
    assert steps(rules, at(60, connecting)) == [["r camera_offline front"]]


def test_blindness_and_a_full_disk_are_told_to_who_asks() -> None:
    rules = {
        "eyes": rule(when=["detector_blind"], after=30),
        "disk": rule(when=["disk_full"], free_below=2),
        "people": rule(),
    }
    told = steps(rules, at(30, BLIND, 1.9), at(31, BLIND, 1.8), at(32, FINE, 3), at(33, FINE, 1))
    assert told == [["eyes detector_blind front", "disk disk_full "], [], [], ["disk disk_full "]]


def test_a_disk_that_nobody_can_ask_is_no_trouble() -> None:
    assert steps({"r": rule(when=["disk_full"])}, at(0, FINE, None)) == [[]]


def test_a_rule_for_other_cameras_or_hours_is_silent() -> None:
    rules = {
        "other": rule(when=["camera_offline"], cameras=["back"], after=0),
        "night": rule(when=["camera_offline"], hours=["22:00-06:00"], after=0),
    }
    assert steps(rules, at(1, AWAY)) == [[]]


def test_why_is_told_without_credentials() -> None:
    _, (choice,) = step_troubles(
        RuleMemory(), {"r": rule(when=["camera_offline"], after=0)}, at(1, AWAY), MONDAY_NOON
    )
    assert choice.subject.detail == "no route to rtsp://*:*@h/1"
