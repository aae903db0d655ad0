from __future__ import annotations

from picket.domain.geometry import Box
from picket.pipeline.spots import (
    FORGET_FRAMES,
    LONGEST_PAUSE_FRAMES,
    Barren,
    Spot,
    SpotMemory,
    find_spots,
    lies_on,
    settle,
)

TREE, NEARLY_THE_TREE = Box(100, 100, 200, 200), Box(110, 105, 210, 200)
WALKER = Box(140, 120, 160, 180)
ELSEWHERE = Box(500, 300, 540, 380)


def test_most_of_a_box_must_be_inside_to_lie_on_another() -> None:
    assert lies_on(Box(0, 0, 100, 10), Box(25, 0, 200, 10))
    assert not lies_on(Box(0, 0, 100, 10), Box(26, 0, 200, 10))


def test_what_moves_and_what_was_seen_once_wants_a_look() -> None:
    spots = find_spots(SpotMemory(), [TREE], [ELSEWHERE], 7)
    assert set(spots) == {Spot(TREE, 7), Spot(ELSEWHERE, 7)}


def test_what_waits_keeps_its_age_when_it_moves_again() -> None:
    memory = SpotMemory(waiting=(Spot(TREE, 3), Spot(ELSEWHERE, 5)))
    spots = find_spots(memory, [NEARLY_THE_TREE], [], 7)
    assert set(spots) == {Spot(NEARLY_THE_TREE, 3), Spot(ELSEWHERE, 5)}


def test_looks_in_vain_become_rarer_up_to_once_a_second() -> None:
    barren: tuple[Barren, ...] = ()
    looks = []
    for number in range(30):
        motion = TREE if number % 2 else NEARLY_THE_TREE
        spots = find_spots(SpotMemory(barren=barren), [motion], [], number)
        looks += [number for _ in spots]
        barren = settle(barren, [spot.box for spot in spots], [], number)
    assert looks == [0, 1, 3, 7, 12, 17, 22, 27]
    assert LONGEST_PAUSE_FRAMES == 5


def test_somebody_before_a_tree_is_looked_at_at_once() -> None:
    memory = SpotMemory(barren=(Barren(TREE, 9, 6),))
    assert find_spots(memory, [NEARLY_THE_TREE], [], 7) == ()
    assert find_spots(memory, [WALKER], [], 7) == (Spot(WALKER, 7),)


def test_a_place_where_something_was_found_is_worth_looking_at() -> None:
    barren = settle((), [TREE, ELSEWHERE], [WALKER], 7)
    assert barren == (Barren(ELSEWHERE, 1, 7),)
    assert settle((Barren(TREE, 9, 6),), [], [WALKER], 7) == ()


def test_a_place_is_forgotten_when_nothing_moves_there() -> None:
    old = (Barren(TREE, 3, 7),)
    assert settle(old, [], [], 7 + FORGET_FRAMES) == old
    assert settle(old, [], [], 8 + FORGET_FRAMES) == ()
