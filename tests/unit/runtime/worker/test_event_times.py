from dataclasses import replace

import pytest

from picket.ipc.messages import Change, ObjectChanged
from picket.runtime.worker.event_times import EventTimes
from tests.unit.topics.samples import AFTER, BEFORE

START_TIME = 1705312058.0
SEEN = replace(AFTER, start_time=START_TIME, frame_time=START_TIME + 0.6)


def test_a_new_object_is_measured_from_its_first_frame_and_from_the_last() -> None:
    times = EventTimes()
    times.note(ObjectChanged(Change.NEW, BEFORE, SEEN), START_TIME + 0.75)
    assert (times.believed.count, times.analysed.count) == (1, 1)
    assert times.believed.sum_s == pytest.approx(0.6, abs=1e-6)
    assert times.analysed.sum_s == pytest.approx(0.15, abs=1e-6)


@pytest.mark.parametrize("change", [Change.UPDATE, Change.END])
def test_what_is_known_already_is_not_measured(change: Change) -> None:
    times = EventTimes()
    times.note(ObjectChanged(change, BEFORE, SEEN), START_TIME + 9)
    assert times.believed.count == times.analysed.count == 0
