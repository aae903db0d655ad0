from __future__ import annotations

import numpy as np

from picket.domain.frame import Frame
from picket.evaluate.baseline.camera import Baseline
from picket.evaluate.jobs import plain_camera
from picket.events.happenings import EventStored
from picket.pipeline.rules import compile_rules
from tests.unit.evaluate.samples import box, detection

CAMERA = plain_camera(["person"])
RULES = compile_rules(CAMERA, 640, 360)


def test_the_fourth_detection_makes_an_event_and_the_end_closes_it() -> None:
    baseline = Baseline(CAMERA, RULES)
    stored = []
    for number in range(6):
        picture = Frame(100.0 + number / 5, np.zeros((540, 640), np.uint8))
        views, happenings = baseline.step(picture, [detection(box(10 * number), 0.9)])
        stored += [number for each in happenings if isinstance(each, EventStored)]
    assert stored[0] == 3
    assert [(view.label, view.box) for view in views] == [("person", box(50))]
    ended = [each.event for each in baseline.end(102.0) if isinstance(each, EventStored)]
    assert [event.end_time is not None for event in ended] == [True]
