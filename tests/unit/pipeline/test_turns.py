from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.domain.track import Track
from picket.pipeline.turns import (
    MISSED_FRAMES,
    MISSED_INTERVAL,
    WAKE_FRAMES,
    LastLook,
    Occasion,
    Turn,
    TurnRules,
    is_standing,
    turn_of,
)

RULES = TurnRules(calm_frames=5, stationary_frames=50, interval=50, phase=0)
BESIDE, ON_IT = Box(500, 500, 520, 520), Box(190, 150, 260, 200)
NOW = 1001  # no beat of any rhythm


def car(motionless_count: int, *, is_seen: bool = True) -> Track:
    detection = Detection("car", 0.9, Box(100, 100, 200, 160), Box(0, 0, 320, 320))
    return Track("1.0-abcdef", "car", 1.0, 9.0, detection, is_seen, motionless_count, 1)


def turn(track: Track, looked: int, *motion: Box, number: int = NOW) -> Turn:
    return turn_of(track, LastLook(looked, number - 1), Occasion(number, motion), RULES)


def test_who_moves_is_looked_at_in_every_frame() -> None:
    assert turn(car(4), NOW - 1) is Turn.LOOK


def test_who_stands_is_where_it_was_while_nothing_moves_on_it() -> None:
    assert turn(car(5), NOW - 1) is Turn.ASSUME
    assert turn(car(5), NOW - 1, BESIDE) is Turn.ASSUME


def test_without_motion_to_rely_on_standing_takes_longer() -> None:
    blind = Occasion(NOW, is_watched=False)
    assert not is_standing(car(49), blind, RULES)
    assert is_standing(car(50), blind, RULES)


def test_what_is_in_doubt_must_convince_by_being_looked_at() -> None:
    doubted = Occasion(NOW, doubted=frozenset({car(49).id}))
    assert not is_standing(car(49), doubted, RULES)
    assert is_standing(car(50), doubted, RULES)


def test_motion_on_an_object_wakes_it_for_one_look_in_several_frames() -> None:
    turns = [turn(car(60), NOW - ago, ON_IT) for ago in range(1, WAKE_FRAMES + 2)]
    assert turns == [*[Turn.LEAVE] * (WAKE_FRAMES - 1), Turn.LOOK, Turn.LOOK]


def test_who_stands_is_checked_ever_more_seldom() -> None:
    looked = 0
    looks = []
    for number in range(1, 400):
        if turn(car(number), looked, number=number) is Turn.LOOK:
            looks.append(number)
            looked = number
    assert looks[:7] == [1, 2, 3, 4, 8, 16, 32]
    assert {b - a for a, b in pairwise(looks[-5:])} == {RULES.interval}


@pytest.mark.parametrize("phase", [0, 7, 49])
def test_nobody_is_left_alone_for_longer_than_the_interval(phase: int) -> None:
    rules = replace(RULES, phase=phase)
    looked = 5
    for number in range(6, 300):
        if turn_of(car(number), LastLook(looked, number - 1), Occasion(number), rules) is Turn.LOOK:
            looked = number
        assert number - looked <= RULES.interval


def test_cameras_look_at_their_parked_cars_in_different_frames() -> None:
    looks = {
        phase: [
            number
            for number in range(1000, 1200)
            if turn_of(car(900), LastLook(number - 1, number - 1), Occasion(number), rules)
            is Turn.LOOK
        ]
        for phase in (0, 7)
        for rules in [replace(RULES, phase=phase)]
    }
    assert len(looks[0]) == len(looks[7]) == 4
    assert not set(looks[0]) & set(looks[7])


def looks_for_the_lost(shed: range) -> list[int]:
    """After how many misses it is looked for, when the detector has no time in some frames."""
    lost, looked, found = car(60, is_seen=False), 0, NOW - 1
    wanted = list[int]()
    for missed in range(1, 20):
        number = found + 1 + missed
        last = LastLook(looked or number - 1, found)
        if turn_of(lost, last, Occasion(number), RULES) is Turn.LOOK:
            wanted.append(missed)
            looked = looked if missed in shed else number
    return wanted


def test_who_was_missed_is_looked_for_at_once_and_later_now_and_then() -> None:
    at_once = [*range(1, MISSED_FRAMES + 1)]
    assert looks_for_the_lost(range(0)) == [*at_once, *range(8, 20, MISSED_INTERVAL)]


def test_who_was_missed_is_looked_for_until_the_detector_has_time() -> None:
    at_once = [*range(1, MISSED_FRAMES + 1)]
    assert looks_for_the_lost(range(8, 11)) == [*at_once, 8, 9, 10, 11, 15, 19]
