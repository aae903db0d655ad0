"""The worker's side of the detectors: crops go out through shared memory, detections come back."""

from __future__ import annotations

import itertools
import queue
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from picket.detect.letterbox import Placement, letterbox
from picket.domain.detection import Detection
from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.domain.status import ModelInfo
from picket.ipc.channel import Channel
from picket.ipc.messages import DetectAnswer, DetectAsked, DetectorReady, FoundObject, ModelAsked
from picket.runtime.wiring import CROP_SIDE_MAX, CROP_SLOTS, DetectorWire

ANSWER_WAIT_S = 2.0
ANY_SIDE_MAX = 720  # pixels of a crop for models that take any size

Answers = queue.SimpleQueue[tuple[int, tuple[FoundObject, ...] | None]]


_numbers = itertools.count(1)  # one count for all links, so that answers cannot be mistaken


@dataclass(frozen=True, slots=True)
class _Asked:
    slot: int
    answers: Answers


class DetectorLink:
    """One detector as this worker sees it; cameras' threads ask, the link thread delivers."""

    def __init__(self, name: str, detector_type: str, wire: DetectorWire) -> None:
        self.name = name
        self.type = detector_type
        self.channel: Channel = wire.channel
        self.model: ModelInfo | None = None
        self._crops = np.frombuffer(wire.crops.map(), dtype=np.uint8)
        self._lock = threading.Lock()
        self._free = list(range(CROP_SLOTS))
        self._asked: dict[int, _Asked] = {}

    @property
    def load(self) -> int:
        """Requests under way."""
        return len(self._asked)

    def ask_for_model(self) -> None:
        """Ask again while the detector has not said what it runs."""
        if self.model is None:
            self.channel.send(ModelAsked())

    def ask(self, frame: Frame, region: Box, answers: Answers) -> tuple[int, Placement] | None:
        """Send one region, to be answered into `answers`; None when the detector cannot take it."""
        model = self.model
        with self._lock:
            if model is None or not self._free:
                return None
            slot = self._free.pop()
            number = next(_numbers)
            self._asked[number] = _Asked(slot, answers)
        side = min(max(region.width, region.height), ANY_SIDE_MAX) // 2 * 2
        width, height = model.width or side, model.height or side
        start = slot * CROP_SIDE_MAX**2 * 3
        crop = self._crops[start : start + width * height * 3].reshape(height, width, 3)
        placement = letterbox(frame, region, crop, pixel_format=model.pixel_format)
        if not self.channel.send(DetectAsked(number, slot, width, height)):
            self._release(number)  # nothing was asked, so nothing is answered
            return None
        return number, placement

    def deliver(self, message: object) -> None:
        """Take a message from the detector."""
        if isinstance(message, DetectAnswer):
            self._finish(message.request, message.found)
        elif isinstance(message, DetectorReady):
            self.model = message.model
            self._give_up()  # a detector that restarted answers nothing older
        elif self.channel.is_over:
            self._give_up()

    def _give_up(self) -> None:
        for number in list(self._asked):
            self._finish(number, None)

    def _finish(self, number: int, found: tuple[FoundObject, ...] | None) -> None:
        asked = self._release(number)
        if asked is not None:
            asked.answers.put((number, found))

    def _release(self, number: int) -> _Asked | None:
        """Free the slot of a request that is still open."""
        with self._lock:
            asked = self._asked.pop(number, None)
            if asked is not None:
                self._free.append(asked.slot)
            return asked


class DetectorPool:
    """All detectors of a worker; fills in the protocol `Detector` of the pipeline."""

    def __init__(
        self,
        wires: Mapping[str, DetectorWire],
        types: Mapping[str, str],
        answer_wait_s: float = ANSWER_WAIT_S,
    ) -> None:
        self._answer_wait_s = answer_wait_s
        self.links = [DetectorLink(name, types[name], wire) for name, wire in wires.items()]

    @property
    def in_use(self) -> DetectorLink | None:
        """The first detector that has its model."""
        return next((link for link in self.links if link.model is not None), None)

    def detect(self, frame: Frame, regions: Sequence[Box]) -> list[Detection] | None:
        """Look at the regions; None when not every one was answered in time."""
        answers: Answers = queue.SimpleQueue()
        waiting: dict[int, Placement] = {}
        for region in regions:
            asked = self._ask(frame, region, answers)
            if asked is None:
                return None
            waiting[asked[0]] = asked[1]
        return _collect(answers, waiting, time.monotonic() + self._answer_wait_s)

    def _ask(self, frame: Frame, region: Box, answers: Answers) -> tuple[int, Placement] | None:
        for link in sorted(self.links, key=lambda link: link.load):
            asked = link.ask(frame, region, answers)
            if asked is not None:
                return asked
        return None


def _collect(
    answers: Answers, waiting: dict[int, Placement], deadline_monotonic: float
) -> list[Detection] | None:
    found: list[Detection] = []
    while waiting:
        try:
            number, objects = answers.get(timeout=max(deadline_monotonic - time.monotonic(), 0.001))
        except queue.Empty:
            return None
        if objects is None:
            return None
        placement = waiting.pop(number)
        found.extend(d for d in map(placement.to_frame, objects) if d is not None)
    return found
