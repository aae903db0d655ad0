from __future__ import annotations

from picket.domain.geometry import Box
from picket.evaluate.baseline.position import MAX_BOXES, Position, locate

HOME = Box(100, 100, 200, 300)


def test_the_first_box_counts_as_a_move() -> None:
    position, has_moved = locate(Position(), HOME)
    assert has_moved
    assert position.place == HOME


def test_a_box_that_trembles_does_not_move() -> None:
    position, _ = locate(Position(), HOME)
    for shift in (5, -5, 8, -8):
        position, has_moved = locate(position, Box(100 + shift, 100, 200 + shift, 300))
        assert not has_moved


def test_a_step_aside_is_a_move_and_makes_a_new_place() -> None:
    position, _ = locate(Position(), HOME)
    aside = Box(160, 100, 260, 300)
    position, has_moved = locate(position, aside)
    assert has_moved
    assert position == Position((aside,), aside)


def test_a_stray_box_hardly_changes_the_place() -> None:
    position = Position()
    for box in [*[HOME] * 8, Box(100, 60, 220, 320)]:
        position, _ = locate(position, box)
    assert position.place == HOME


def test_a_slow_walk_adds_up_to_a_move() -> None:
    position, moves = Position(), 0
    for step in range(60):
        position, has_moved = locate(position, Box(100 + step, 100, 200 + step, 300))
        moves += has_moved
    assert moves >= 2
    assert len(position.boxes) <= MAX_BOXES
