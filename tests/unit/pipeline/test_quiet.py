from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.geometry import Box
from picket.pipeline.camera import FrameResult, is_deserted, step
from picket.pipeline.memory import CameraMemory
from picket.pipeline.quiet import glance, is_still, pass_over, stirs
from picket.pipeline.rules import CameraRules
from picket.pipeline.spots import Barren, SpotMemory
from picket.pipeline.turns import LastLook
from tests.unit.pipeline.scene import START, SquareDetector, draw, draws, rules, square

BRANCH = Box(0, 0, 9, 9)
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


def known(memory: CameraMemory) -> tuple[object, ...]:
    """What decides how the next frame is stepped, without the background."""
    tracks, residents = memory.tracks, memory.residents
    seen = (tracks.followed, tracks.frame_time, tracks.step_s, residents.places, residents.time)
    return (*seen, memory.looks, memory.events.objects, memory.frame_count)


def test_in_a_deserted_scene_a_glance_and_all_the_steps_do_the_same() -> None:
    memory, _ = watch(CameraMemory(), [None] * 20)
    assert is_deserted(memory, RULES)
    spots = SpotMemory(barren=tuple(Barren(BRANCH, 1, looked) for looked in (-5, -4, 20)))
    memory = replace(memory, looks=replace(memory.looks, spots=spots))
    busy = replace(memory.looks, last_looks={"gone": LastLook(19, 18)})
    thorough, whole = watch(replace(memory, looks=busy), [None])
    passed, brief = watch(memory, [None])
    assert [one.looked for one in passed.looks.spots.barren] == [-4, 20]
    found = glance(memory, draw(20).luma, draw(20).frame_time, RULES)
    assert found is not None
    assert asdict(found[1]) == asdict(brief) == asdict(whole)
    assert known(found[0]) == known(passed) == known(thorough)
    assert not is_still(found[0], draw(21, square(200)), RULES)


@pytest.mark.parametrize(
    ("before", "now", "sections"),
    [
        ([None] * 20, square(200), {}),
        ([None], None, {}),
        ([None] * 20 + [60 + 8 * n for n in range(15)] + [172] * 60, square(172), {}),
        ([None] * 20, None, {"motion": {"enabled": False}}),
        ([None] * 20, None, {"detect": {"enabled": False}}),
    ],
    ids=["motion", "never looked", "somebody stands", "motion off", "detection off"],
)
def test_where_something_may_be_a_glance_tells_nothing(
    before: list[int | None], now: Box | None, sections: dict[str, object]
) -> None:
    memory, _ = watch(CameraMemory(), before)
    assert glance(memory, draw(99, now).luma, START + 99, rules(**sections)) is None
