"""The worker's side of the detectors: crops go out through shared memory, detections come back."""

from __future__ import annotations

import itertools
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from picket.detect.letterbox import Placement, crop_size, letterbox
from picket.domain.frame import Frame
from picket.domain.look import Answer, Ask
from picket.domain.status import ModelInfo
from picket.ipc.channel import Channel
from picket.ipc.messages import DetectAnswer, DetectAsked, DetectorReady, ModelAsked
from picket.runtime.detecting.look_turns import Turn
from picket.runtime.wiring import CROP_SIDE_MAX, CROP_SLOTS, DetectorWire

ANSWER_WAIT_S = 5.0  # for one answer
ASK_AFTER_S = 2.0
"""A detector that has said nothing for so long is asked for a word …"""
SILENT_AFTER_S = 6.0
"""… and is given up until it says one."""
UNDER_WAY = 2
"""Looks that a camera has under way at least: one is prepared while the other is done. No more, so
that a camera with many regions does not stand in the way of one with few."""

Answers = queue.SimpleQueue[tuple[int, DetectAnswer | None]]
"""By number of the request; None when it will not be answered."""


_numbers = itertools.count(1)  # one count for all links, so that answers cannot be mistaken


@dataclass(frozen=True, slots=True)
class _Asked:
    slot: int
    answers: Answers


class DetectorLink:
    """One detector as this worker sees it; cameras' threads ask, the link thread delivers."""

    def __init__(
        self,
        name: str,
        wire: DetectorWire,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self.channel: Channel = wire.channel
        self._monotonic = monotonic
        self._heard_monotonic = monotonic()
        self._error = ""
        self._ready: DetectorReady | None = None
        self._crops = np.frombuffer(wire.crops.map(), dtype=np.uint8)
        self._lock = threading.Lock()
        self._free = list(range(CROP_SLOTS))
        self._asked: dict[int, _Asked] = {}

    @property
    def model(self) -> ModelInfo | None:
        """What it runs; None before it has said so."""
        return self._ready.model if self._ready else None

    @property
    def type(self) -> str:
        """What runs the model; "" before it has said so."""
        return self._ready.type if self._ready else ""

    @property
    def parallel(self) -> int:
        """How many looks it does at once."""
        return self._ready.parallel if self._ready else 1

    @property
    def load(self) -> int:
        """Requests under way."""
        return len(self._asked)

    @property
    def problem(self) -> str:
        """Why it does not answer; empty while it does."""
        if self._ready is None:
            return f"detector {self.name} has not started yet; the log says why"
        if self._monotonic() - self._heard_monotonic > SILENT_AFTER_S:
            return f"detector {self.name} is gone or hangs; the log says why"
        return self._error and f"detector {self.name}: {self._error}"

    @property
    def is_answering(self) -> bool:
        """Whether it runs and lets itself be heard."""
        silent_s = self._monotonic() - self._heard_monotonic
        return self._ready is not None and silent_s <= SILENT_AFTER_S

    def keep_in_touch(self) -> None:
        """Once a second: ask for a word when there has been none for a while."""
        silent_s = self._monotonic() - self._heard_monotonic
        if self._ready is None or silent_s > ASK_AFTER_S:
            self.channel.send(ModelAsked())

    def ask(self, frame: Frame, turn: Turn, answers: Answers) -> tuple[int, Placement] | None:
        """Send one region, to be answered into `answers`; None when the detector cannot take it."""
        model = self.model
        with self._lock:
            if model is None or not self.is_answering or not self._free:
                return None
            slot = self._free.pop()
            number = next(_numbers)
            self._asked[number] = _Asked(slot, answers)
        width, height = crop_size(turn.ask.region, model)
        start = slot * CROP_SIDE_MAX**2 * 3
        crop = self._crops[start : start + width * height * 3].reshape(height, width, 3)
        placement = letterbox(frame, turn.ask.region, crop, pixel_format=model.pixel_format)
        if not self.channel.send(DetectAsked(number, slot, width, height, turn.due, turn.until)):
            self._release(number)  # nothing was asked, so nothing is answered
            return None
        return number, placement

    def deliver(self, message: object) -> None:
        """Take a message from the detector."""
        if message is not None:
            self._heard_monotonic = self._monotonic()
        if isinstance(message, DetectAnswer):
            self._error = message.error
            self._finish(message.request, None if message.error else message)
        elif isinstance(message, DetectorReady):
            is_new = self._ready is None or self._ready.pid != message.pid
            if is_new:
                self._ready, self._error = message, ""
                self._give_up()  # the old process answers nothing any more
        elif self.channel.is_over:
            self._give_up()

    def _give_up(self) -> None:
        for number in list(self._asked):
            self._finish(number, None)

    def _finish(self, number: int, answer: DetectAnswer | None) -> None:
        asked = self._release(number)
        if asked is not None:
            asked.answers.put((number, answer))

    def _release(self, number: int) -> _Asked | None:
        """Free the slot of a request that is still open."""
        with self._lock:
            asked = self._asked.pop(number, None)
            if asked is not None:
                self._free.append(asked.slot)
            return asked


class DetectorPool:
    """All detectors of a worker."""

    def __init__(
        self,
        wires: Mapping[str, DetectorWire],
        answer_wait_s: float = ANSWER_WAIT_S,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._answer_wait_s = answer_wait_s
        self._monotonic = monotonic
        self.links = [DetectorLink(name, wire) for name, wire in wires.items()]

    @property
    def in_use(self) -> DetectorLink | None:
        """The first detector that has its model."""
        return next((link for link in self.links if link.model is not None), None)

    @property
    def problem(self) -> str:
        """Why no detector answers; empty while one does."""
        problems = [link.problem for link in self.links]
        return "; ".join(problems) if all(problems) else ""

    def detect(self, frame: Frame, turns: Sequence[Turn]) -> Answer | None:
        """Look at the regions for which there is time; None when one was not answered at all."""
        if not any(link.is_answering for link in self.links):
            return None
        under_way = max(UNDER_WAY, sum(link.parallel for link in self.links))
        answers: Answers = queue.SimpleQueue()
        waiting: dict[int, tuple[Ask, Placement]] = {}
        result = Answer()
        todo = deque(turns)
        while True:
            while todo and len(waiting) < under_way:
                if self._monotonic() <= todo[0].until:
                    asked = self._ask(frame, todo[0], answers)
                    if asked is None:
                        break
                    waiting[asked[0]] = todo[0].ask, asked[1]
                todo.popleft()
            if not waiting:
                return None if todo else result
            answer = self._collect(answers)
            if answer is None:
                return None
            result = _with(result, answer, *waiting.pop(answer.request))

    def _ask(self, frame: Frame, turn: Turn, answers: Answers) -> tuple[int, Placement] | None:
        for link in sorted(self.links, key=lambda link: link.load):
            asked = link.ask(frame, turn, answers)
            if asked is not None:
                return asked
        return None

    def _collect(self, answers: Answers) -> DetectAnswer | None:
        """The next answer; None when there will be none."""
        try:
            return answers.get(timeout=max(self._answer_wait_s, 0.001))[1]
        except queue.Empty:
            return None


def _with(result: Answer, answer: DetectAnswer, ask: Ask, placement: Placement) -> Answer:
    if answer.is_shed:
        return result
    found = (placement.to_frame(one) for one in answer.found)
    inside = tuple(one for one in found if one is not None)
    return Answer((*result.found, *inside), (*result.looked, ask.region))
