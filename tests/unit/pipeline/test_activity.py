from __future__ import annotations

from dataclasses import replace

from picket.domain.geometry import Box
from picket.domain.overlay import FrameNotes, LastActivity
from picket.pipeline.activity import note_activity
from tests.unit.topics.samples import AFTER

MOVED = (Box(0, 0, 10, 10),)
PERSON, PARKED = (replace(AFTER, stationary=stands) for stands in (False, True))


def test_nothing_was_ever_active_at_the_start() -> None:
    assert note_activity(LastActivity(), FrameNotes(10.0)) == LastActivity()


def test_motion_and_objects_that_do_not_stand_are_remembered() -> None:
    moved = note_activity(LastActivity(), FrameNotes(10.0, motion=MOVED, objects=(PARKED,)))
    assert moved == LastActivity(motion_time=10.0)
    walked = note_activity(moved, FrameNotes(11.0, objects=(PARKED, PERSON)))
    assert walked == LastActivity(motion_time=10.0, object_time=11.0)
    assert note_activity(walked, FrameNotes(50.0, objects=(PARKED,))) == walked


def test_a_clock_that_goes_back_leaves_nothing_in_the_future() -> None:
    before = LastActivity(motion_time=50.0, object_time=60.0)
    assert note_activity(before, FrameNotes(40.0)) == LastActivity(40.0, 40.0)
