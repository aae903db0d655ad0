from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from picket.domain.geometry import Box
from picket.domain.overlay import FrameNotes
from picket.events.memory import EventState
from picket.ipc.messages import SceneChanged
from picket.pipeline.scene import REPEAT_S, SceneMemory, watch_scene
from tests.unit.events.build import KEPT, Life, rules

MOVED = (Box(0, 0, 10, 10),)
OFF_S = 3.0


RULES = rules(**KEPT, zones={"home": {"coordinates": "0,0,640,0,640,360,0,360", "inertia": 1}})


class Watch:
    """A camera from frame to frame."""

    def __init__(self) -> None:
        self.memory = SceneMemory()

    def see(
        self, time: float, *, moves: bool = False, events: EventState | None = None
    ) -> SceneChanged | None:
        notes = FrameNotes(time, motion=MOVED if moves else ())
        self.memory, told = watch_scene(self.memory, notes, events or EventState(), RULES, OFF_S)
        return told


def test_the_first_frame_is_told_and_the_same_again_is_not() -> None:
    watch = Watch()
    assert watch.see(0.0) == SceneChanged("yard", is_moving=False, labels={}, zones={"home": {}})
    assert watch.see(0.2) is None


def test_motion_begins_at_once_and_ends_after_its_delay() -> None:
    watch = Watch()
    watch.see(0.0)
    told = [watch.see(1.0, moves=True), watch.see(1.5, moves=True), watch.see(1.5 + OFF_S)]
    assert [one and one.is_moving for one in told] == [True, None, None]
    over = watch.see(1.6 + OFF_S)
    assert over is not None
    assert not over.is_moving


def test_believed_objects_are_counted_by_label_and_zone() -> None:
    life = Life(RULES)
    life.be_believed()
    told = Watch().see(0.0, events=life.state)
    assert told is not None
    assert told.labels == {"person": 1}
    assert told.zones == {"home": {"person": 1}}


def test_it_is_told_again_now_and_then_for_a_server_that_is_new() -> None:
    watch = Watch()
    watch.see(0.0)
    assert watch.see(REPEAT_S - 0.1) is None
    assert watch.see(REPEAT_S) is not None
    assert watch.see(REPEAT_S + 0.1) is None


def test_a_clock_that_was_set_back_holds_no_motion() -> None:
    watch = Watch()
    watch.see(1000.0, moves=True)
    watch.see(10.0)
    over = watch.see(10.1 + OFF_S)
    assert over is not None
    assert not over.is_moving


@given(st.lists(st.tuples(st.floats(0.05, 5.0), st.booleans()), max_size=40))
def test_who_hears_the_changes_knows_the_motion(steps: Sequence[tuple[float, bool]]) -> None:
    watch, time, moved, heard = Watch(), 0.0, float("-inf"), False
    for pause, moves in steps:
        time += pause
        moved = time if moves else moved
        told = watch.see(time, moves=moves)
        heard = told.is_moving if told is not None else heard
        assert heard is (time - moved <= OFF_S)
