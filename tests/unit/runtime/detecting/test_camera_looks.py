from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.domain.look import Answer, Ask, Urgency
from picket.runtime.detecting.camera_looks import CameraLooks
from picket.runtime.detecting.look_turns import ALLOWED_S, HANDICAP_S, LATE_SHARE, Turn

FRAME = Frame(1.0, np.zeros((12, 8), np.uint8))
NEW, RESTING = Ask(Box(0, 0, 9, 9), Urgency.NEW), Ask(Box(9, 0, 18, 9), Urgency.RESTING)


@dataclass
class SlowDetectors:
    """They look at what is new, and take their time."""

    now: float = 100.0
    look_s: float = 0.1
    is_down: bool = False
    turns: Sequence[Turn] = field(default_factory=list)  # asked for last

    def monotonic(self) -> float:
        return self.now

    def ask(self, _: Frame, turns: Sequence[Turn]) -> Answer | None:
        self.turns = turns
        self.now += self.look_s
        return None if self.is_down else Answer((), (NEW.region,))


def test_detectors_are_told_when_looks_are_due_and_when_it_is_too_late() -> None:
    detectors = SlowDetectors()
    looks = CameraLooks(detectors.ask, detectors.monotonic)
    looks.begin(99.9, 0.2)
    assert looks.detect(FRAME, [RESTING, NEW]) == Answer((), (NEW.region,))
    assert detectors.turns == [
        Turn(NEW, 100.0, 100.0 + ALLOWED_S[Urgency.NEW]),
        Turn(RESTING, 100.0 + HANDICAP_S[Urgency.RESTING], 99.9 + ALLOWED_S[Urgency.RESTING]),
    ]


def test_what_was_looked_at_is_due_anew_and_the_time_that_it_took_is_spent() -> None:
    detectors = SlowDetectors(look_s=0.3)
    looks = CameraLooks(detectors.ask, detectors.monotonic)
    for _ in range(2):
        looks.begin(90.0, 0.2)
        looks.detect(FRAME, [NEW, RESTING])
    new, resting = detectors.turns
    assert (new.due, resting.due) == (100.3, 100.0 + HANDICAP_S[Urgency.RESTING])
    spent_s = 0.3 - LATE_SHARE * 0.3
    assert new.until == pytest.approx(100.3 + ALLOWED_S[Urgency.NEW] - spent_s)


def test_who_is_not_answered_has_waited_for_nothing() -> None:
    detectors = SlowDetectors(is_down=True)
    looks = CameraLooks(detectors.ask, detectors.monotonic)
    for _ in range(2):
        looks.begin(detectors.now, 0.2)
        assert looks.detect(FRAME, [NEW]) is None
    assert [turn.due for turn in detectors.turns] == [100.0]
