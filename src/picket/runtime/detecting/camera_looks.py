"""The detectors as one camera sees them: in which order it asks, and for how long it waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from picket.domain.frame import Frame
from picket.domain.look import Answer, Ask
from picket.runtime.detecting.look_turns import (
    LookTurns,
    Turn,
    begin_frame,
    note_asked,
    note_made,
    take_turns,
)

Asking = Callable[[Frame, Sequence[Turn]], Answer | None]
"""Has detectors take these turns; None when one was not answered at all."""


class CameraLooks:
    """Fills in the protocol `Detector` of the pipeline."""

    def __init__(self, ask: Asking, monotonic: Callable[[], float]) -> None:
        self._ask = ask
        self._monotonic = monotonic
        self._turns = LookTurns()
        self._arrived_monotonic = self._begun_monotonic = monotonic()

    def begin(self, arrived_monotonic: float, interval_s: float) -> None:
        """The next frame, of a camera that sends one in this time, however late it is decoded."""
        last, self._begun_monotonic = self._begun_monotonic, self._monotonic()
        self._arrived_monotonic = arrived_monotonic
        passed_s = max(self._begun_monotonic - last, interval_s)
        self._turns = begin_frame(self._turns, passed_s)

    def detect(self, frame: Frame, asks: Sequence[Ask]) -> Answer | None:
        """See picket.pipeline.camera.Detector."""
        begun = self._monotonic()
        self._turns = note_asked(self._turns, {ask.urgency for ask in asks}, begun)
        turns = take_turns(self._turns, asks, self._arrived_monotonic, begun)
        answer = self._ask(frame, turns)
        looked = answer.looked if answer is not None else ()
        made = {ask.urgency for ask in asks if ask.region in looked}
        now = self._monotonic()
        self._turns = note_made(self._turns, made, now - begun, now)
        return answer
