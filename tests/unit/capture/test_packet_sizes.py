from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from picket.capture.packet_sizes import (
    ENOUGH_GOPS,
    LEAST_USUAL_BYTES,
    SizeHabits,
    begin_gop,
    heed,
    is_familiar,
    is_telling,
    is_unusual,
)

profiles = st.lists(st.integers(20, 200_000), min_size=4, max_size=60)


def learn(habits: SizeHabits, gop: Sequence[float]) -> SizeHabits:
    """A calm GOP from its first packet after the keyframe to the next keyframe."""
    for size in gop:
        habits = heed(habits, round(size))
    return begin_gop(habits, was_calm=True)


def noisy(profile: Sequence[int], chance: random.Random, share: float = 0.1) -> list[float]:
    return [size * max(chance.gauss(1.0, share), 0.1) for size in profile]


@given(profiles, st.integers(ENOUGH_GOPS, 12))
def test_what_repeats_is_familiar_however_sizes_fall_after_a_keyframe(
    profile: list[int], gops: int
) -> None:
    habits = SizeHabits()
    for _ in range(gops):
        habits = learn(habits, profile)
    assert is_familiar(habits)
    assert habits.excess == 0.0


@given(profiles, st.floats(2.0, 50.0), st.data())
def test_packets_of_twice_the_size_are_unusual_within_some_packets(
    profile: list[int], factor: float, data: st.DataObject
) -> None:
    habits = SizeHabits()
    for _ in range(4):
        habits = learn(habits, profile)
    place = data.draw(st.integers(0, len(profile) - 4))
    for size in profile[:place]:
        habits = heed(habits, size)
    assert not is_unusual(habits)
    for size in profile[place : place + 4]:
        habits = heed(habits, round(size * factor) + 256)
    assert is_unusual(habits)


def test_one_large_packet_is_enough() -> None:
    habits = SizeHabits()
    chance = random.Random(1)
    for _ in range(5):
        habits = learn(habits, noisy([1000] * 30, chance))
    assert is_unusual(heed(habits, 2500))


def test_an_encoder_that_saves_on_noise_for_something_else_is_unusual() -> None:
    habits = SizeHabits()
    chance = random.Random(1)
    for _ in range(5):
        habits = learn(habits, noisy([1000] * 30, chance))
    for size in noisy([550] * 5, chance):
        habits = heed(habits, round(size))
    assert is_unusual(habits)


def test_steady_noise_is_rarely_unusual() -> None:
    chance = random.Random(7)
    habits, alarms = SizeHabits(), 0
    for _ in range(500):  # 30 000 packets
        for size in noisy([4000 - 40 * n for n in range(60)], chance):
            habits = heed(habits, round(size))
            if is_unusual(habits):
                alarms += 1
                habits = replace(habits, excess=0.0, shortfall=0.0)
        habits = begin_gop(habits, was_calm=True)
    assert alarms <= 6


def test_nothing_is_unusual_before_enough_is_known() -> None:
    habits = learn(SizeHabits(), [500] * 20)
    assert not is_familiar(habits)
    assert not is_unusual(heed(habits, 1_000_000))


def test_a_gop_in_which_something_stirred_teaches_nothing() -> None:
    habits = learn(learn(SizeHabits(), [500] * 20), [500] * 20)
    stirred = habits
    for _ in range(20):
        stirred = heed(stirred, 9000)
    after = begin_gop(stirred, was_calm=False)
    assert (after.usual, after.deviation, after.gops) == (habits.usual, habits.deviation, 2)


def test_a_flash_among_calm_packets_hardly_dulls_the_senses() -> None:
    habits = SizeHabits()
    for _ in range(4):
        habits = learn(habits, [500, 520] * 10)
    flashed = learn(habits, [500, 90_000, *[500, 520] * 9])
    assert flashed.deviation < 0.1
    assert max(flashed.usual) < 600


def test_what_is_usual_follows_noise_that_grows_slowly() -> None:
    habits = SizeHabits()
    for n in range(200):
        habits = learn(habits, [500 * 1.005**n] * 20)
        assert not is_unusual(habits)
    assert habits.usual[0] > 1000


def known(gop: Sequence[float]) -> SizeHabits:
    habits = SizeHabits()
    for _ in range(4):
        habits = learn(habits, gop)
    return habits


@given(profiles, st.integers(1000, 10**6), st.floats(0.2, 4.5), st.floats(1.0, 20.0))
def test_more_is_told_beside_a_larger_keyframe_and_in_a_shorter_time(
    profile: list[int], keyframe_bytes: int, gop_s: float, factor: float
) -> None:
    habits = known(profile)
    if is_telling(habits, keyframe_bytes, gop_s):
        assert is_telling(habits, round(keyframe_bytes * factor), gop_s)
        assert is_telling(habits, keyframe_bytes, gop_s / factor)


@given(st.integers(1000, 100_000), st.integers(8, 60), st.floats(1.0, 5.0), st.floats(2.0, 4.5))
def test_where_every_packet_is_a_good_part_of_a_keyframe_nothing_is_told(
    size: int, count: int, times: float, gop_s: float
) -> None:
    assert not is_telling(known([size] * count), round(times * size), gop_s)


@given(st.integers(1, LEAST_USUAL_BYTES), st.integers(8, 60), st.integers(1, 10**6))
def test_where_nothing_changes_anybody_shows(size: int, count: int, keyframe_bytes: int) -> None:
    assert is_telling(known([size] * count), keyframe_bytes, 4.5)


def test_small_packets_that_vary_much_tell_nothing_beside_a_small_keyframe() -> None:
    uneven = known([])
    for n in range(8):
        uneven = learn(uneven, [20, 250] * 5 if n % 2 else [250, 20] * 5)
    assert max(uneven.usual) <= LEAST_USUAL_BYTES
    assert is_telling(uneven, 200_000, 2.0)
    assert not is_telling(uneven, 10_000, 2.0)


@given(
    profiles,
    st.floats(0.0, 0.5),
    st.integers(1000, 10**6),
    st.floats(0.2, 4.5),
    st.integers(0, 10**6),
)
def test_where_sizes_tell_a_visitor_who_is_in_every_packet_is_unusual_before_the_next_keyframe(
    profile: list[int], share: float, keyframe_bytes: int, gop_s: float, seed: int
) -> None:
    habits, chance = SizeHabits(), random.Random(seed)
    for _ in range(5):
        habits = learn(habits, noisy(profile, chance, share))
    heights = 16 / 9 / (2.5 * gop_s)
    visitor_bytes = max(0.5 * keyframe_bytes * min(heights * heights / 3 / (16 / 9), 1.0), 64)
    visited, alarms = habits, []
    for size in habits.usual:
        visited = heed(visited, ceil(size + visitor_bytes))
        alarms.append(is_unusual(visited))
    assert any(alarms) or not is_telling(habits, keyframe_bytes, gop_s)


def test_sizes_that_vary_much_tell_less() -> None:
    chance = random.Random(2)
    steady = known([2000] * 29)
    uneven = known([])
    for _ in range(8):
        uneven = learn(uneven, noisy([2000] * 29, chance, share=0.4))
    assert is_telling(steady, 40_000, 2.0)
    assert not is_telling(uneven, 40_000, 2.0)


def test_one_picture_that_the_encoder_left_as_it_was_wakes_nobody() -> None:
    habits = known([1000] * 30)
    assert not is_unusual(heed(habits, 20))
    for _ in range(5):
        habits = heed(habits, 20)
    assert is_unusual(habits)
