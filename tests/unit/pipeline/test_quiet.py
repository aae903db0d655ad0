from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from picket.pipeline.camera import FrameResult, step
from picket.pipeline.memory import CameraMemory
from picket.pipeline.quiet import is_still, pass_over, stirs
from picket.pipeline.rules import CameraRules
from tests.unit.pipeline.scene import SquareDetector, draw, draws, rules, square

RULES = rules(detect={"stationary": {"interval": 50, "threshold": 10}})


def watch(
    memory: CameraMemory, boxes: Sequence[int | None], by: CameraRules = RULES
) -> tuple[CameraMemory, FrameResult]:
    """A square at these places, or none, frame after frame."""
    detector = SquareDetector()
    for left in boxes:
        frame = draw(memory.frame_count, None if left is None else square(left))
        memory, result = step(memory, frame, detector, by, draws)
    return memory, result


def test_an_empty_scene_is_quiet_once_it_was_looked_at_as_a_whole() -> None:
    memory, result = watch(CameraMemory(), [None])
    assert stirs(memory, result, RULES)
    memory, result = watch(memory, [None] * 20)
    assert not stirs(memory, result, RULES)


def test_whoever_walks_stirs_and_whoever_stands_long_does_not() -> None:
    memory, _ = watch(CameraMemory(), [None] * 20)
    memory, result = watch(memory, [60 + 8 * n for n in range(15)])
    assert stirs(memory, result, RULES)
    memory, result = watch(memory, [172] * 40)
    while result.notes.motion:  # until he is taken for part of the scene
        memory, result = watch(memory, [172])
    assert [one.label for one in result.objects] == ["person"]
    assert not stirs(memory, result, RULES)


def test_what_may_stand_only_so_many_frames_needs_each_counted() -> None:
    brief = {"threshold": 10, "max_frames": {"default": 5000}}
    limited = rules(detect={"stationary": brief})
    memory, _ = watch(CameraMemory(), [None] * 20, limited)
    memory, result = watch(memory, [60 + 8 * n for n in range(15)] + [172] * 80, limited)
    assert stirs(memory, replace(result, notes=replace(result.notes, motion=())), limited)


def test_who_is_blind_or_does_not_watch_needs_every_frame() -> None:
    memory, result = watch(CameraMemory(), [None] * 20)
    assert stirs(memory, replace(result, is_blind=True), RULES)
    unwatched = rules(motion={"enabled": False})
    assert stirs(memory, result, unwatched)
    assert not is_still(memory, draw(20), unwatched)


def test_a_frame_is_still_when_it_shows_what_the_ones_before_did() -> None:
    memory, _ = watch(CameraMemory(), [None] * 20)
    assert is_still(memory, draw(20), RULES)
    assert not is_still(memory, draw(20, square(200)), RULES)


@given(st.integers(0, 1000), st.integers(0, 400), st.integers(0, 49))
def test_a_look_that_was_due_among_frames_left_out_is_due_next(
    seen: int, left_out: int, phase: int
) -> None:
    by = replace(RULES, turns=replace(RULES.turns, phase=phase))

    def is_due(number: int) -> bool:
        return (number + phase) % by.turns.interval == 0

    after = pass_over(CameraMemory(frame_count=seen), left_out, by)
    assert seen <= after.frame_count <= seen + left_out
    missed = [n for n in range(seen + 1, seen + left_out + 1) if is_due(n)]
    if missed:
        assert after.frame_count + 1 == missed[-1]
    else:
        assert after.frame_count == seen + left_out
