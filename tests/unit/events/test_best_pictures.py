from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from picket.domain.geometry import Box
from picket.domain.overlay import ShotView
from picket.events.best_pictures import LabelBest, find_better
from picket.events.best_shot import BestShot
from picket.events.memory import EventState, ObjectMemory
from tests.unit.events.build import HOME, REGION, START, frame, rules, track

RULES = rules(best_image_timeout=60)


def seen(
    ident: str, time: float = START, score: float = 0.8, box: Box = HOME, **changes: object
) -> ObjectMemory:
    """A believed object whose best shot is from this time."""
    shot = BestShot(frame(time), ShotView(time, box, REGION, score))
    memory = ObjectMemory(replace(track(), id=ident), (score,), is_false_positive=False, shot=shot)
    return replace(memory, **changes)  # type: ignore[arg-type]


def state(*objects: ObjectMemory) -> EventState:
    return EventState({one.track.id: one for one in objects})


def test_a_first_picture_is_shown_once() -> None:
    bests, shown = find_better({}, state(seen("a")), RULES, START)
    assert [(one.label, one.shot.view.frame_time) for one in shown] == [("person", START)]
    assert find_better(bests, state(seen("a")), RULES, START + 1)[1] == ()


def test_a_better_picture_of_the_same_object_is_shown() -> None:
    bests, _ = find_better({}, state(seen("a")), RULES, START)
    _, shown = find_better(bests, state(seen("a", START + 2)), RULES, START + 2)
    assert [one.shot.view.frame_time for one in shown] == [START + 2]


def test_another_object_has_to_be_better_or_the_old_picture_out_of_date() -> None:
    bests, _ = find_better({}, state(seen("a")), RULES, START)
    worse, better = seen("b", START + 1), seen("b", START + 1, score=0.9)
    assert find_better(bests, state(worse), RULES, START + 1)[1] == ()
    assert find_better(bests, state(better), RULES, START + 1)[1]
    assert find_better(bests, state(worse), RULES, START + 60)[1] == ()
    assert find_better(bests, state(worse), RULES, START + 61)[1]


def test_what_is_not_told_does_not_move_or_was_elsewhere_is_not_shown() -> None:
    zoned = rules(
        mqtt={"required_zones": ["home"]}, zones={"home": {"coordinates": "0,0,9,0,9,9,0,9"}}
    )
    resting = replace(seen("a"), track=track(position_changes=0))
    for hidden, by in (
        (seen("a", is_false_positive=True), RULES),
        (seen("a", is_known=True), RULES),
        (seen("a", shot=None), RULES),
        (resting, RULES),
        (seen("a"), zoned),
        (seen("a"), rules(mqtt={"enabled": False})),
    ):
        assert find_better({}, state(hidden), by, START) == ({}, ())
    inside = seen("a")
    inside = replace(inside, presence=replace(inside.presence, entered=("home",)))
    assert find_better({}, state(inside), zoned, START)[1]


shots = st.builds(
    seen,
    st.sampled_from(["a", "b", "c"]),
    st.integers(0, 300).map(lambda s: START + s),
    st.floats(0.5, 1.0),
    st.integers(10, 200).map(lambda width: Box(100, 100, 100 + width, 180)),
)


@given(st.lists(shots, min_size=1, max_size=3, unique_by=lambda one: one.track.id))
def test_objects_that_show_nothing_new_never_take_turns(objects: list[ObjectMemory]) -> None:
    bests: dict[str, LabelBest] = {}
    changes = 0
    for second in range(400):
        found, shown = find_better(bests, state(*objects), RULES, START + 300 + second)
        bests, changes = dict(found), changes + len(shown)
    assert 1 <= changes <= len(objects)
