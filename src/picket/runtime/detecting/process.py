"""One detector: takes crops from the workers, answers what is in them."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from picket.detect.choice import Way
from picket.detect.load import Backend, load_backend
from picket.domain.errors import ModelError, PicketError
from picket.domain.frame import Picture
from picket.domain.measures import NO_LOOKS, Histogram
from picket.domain.status import DetectorStatus, ModelInfo
from picket.ipc.channel import Channel, wait_readable
from picket.ipc.messages import DetectAnswer, DetectAsked, DetectorReady, ModelAsked
from picket.runtime.detecting.choice import choose_way, configured
from picket.runtime.detecting.look_queue import LookQueue
from picket.runtime.settings import Settings
from picket.runtime.wiring import CROP_SIDE_MAX, DetectorWires

logger = logging.getLogger(__name__)

STATUS_INTERVAL_S = 1.0
LONGEST_LOOK_S = 10.0
"""A look that takes longer hangs: no more signs of life are given, so that `main` ends us."""
LATE_STEP_S = 0.005  # several looks that are too late at about the same time are told together
MEMORY = 0.9  # share of the old value in the moving average of inference time


def run_detector(
    settings: Settings, name: str, wires: DetectorWires, stop: threading.Event
) -> None:
    """Load the model, then serve until asked to stop."""
    config = settings.config.detectors[name]
    way = choose_way(config, settings.media.media, lambda: wires.pulse.beat(time.monotonic()))
    backends = [load_backend(configured(config, way)) for _ in range(way.parallel)]
    require_room(backends[0].info)
    logger.info("detector %s runs %s (%s)", name, backends[0].info.name, way)
    _Detector(name, way, backends, wires).serve(stop)


def require_room(model: ModelInfo) -> None:
    """Raises: ModelError when a crop for this model does not fit in the memory for one."""
    if model.width * model.height > CROP_SIDE_MAX**2:
        raise ModelError(
            f"{model.name} takes {model.width}x{model.height} pixels, and {CROP_SIDE_MAX}x"
            f"{CROP_SIDE_MAX} is the most: choose a smaller model.path, or for deepstack a smaller"
            " model.width and model.height"
        )


@dataclass(frozen=True, slots=True)
class _Job:
    """One crop to look at, and where the answer goes."""

    asked: DetectAsked
    crop: Picture
    channel: Channel
    arrived_monotonic: float

    @property
    def due_monotonic(self) -> float:
        """Of two the one with the earlier time comes first."""
        return self.asked.due_monotonic

    @property
    def until_monotonic(self) -> float:
        """When it is too late to begin."""
        return self.asked.until_monotonic


class _Detector:
    """The main thread takes what comes, so that it always answers; others look."""

    def __init__(
        self, name: str, way: Way, backends: Sequence[Backend], wires: DetectorWires
    ) -> None:
        self._wires = wires
        self._channels = [wire.channel for wire in wires.workers]
        self._crops = {
            wire.channel: np.frombuffer(wire.crops.map(), dtype=np.uint8) for wire in wires.workers
        }
        self._jobs: LookQueue[_Job] = LookQueue()
        self._lookers = [_Looker(backend, self._jobs) for backend in backends]
        info = backends[0].info
        self._ready = DetectorReady(info, way.type, os.getpid(), way.parallel)
        self._status = DetectorStatus(name, way.type, os.getpid(), model=info, way=str(way))
        self._told_monotonic = 0.0

    def serve(self, stop: threading.Event) -> None:
        """Answer requests, what is due first before the others, or tell that it is too late."""
        for looker in self._lookers:
            threading.Thread(target=looker.run, name="look", daemon=True).start()
        for channel in self._channels:
            channel.send(self._ready)
        while not stop.is_set():
            for channel in wait_readable(self._channels, self._pause_s(time.monotonic())):
                self._take(channel)
            for job in self._jobs.take_late():
                job.channel.send(DetectAnswer(job.asked.request, is_shed=True))
            self._tell(time.monotonic())

    def _pause_s(self, now_monotonic: float) -> float:
        """Until something is to be done that nobody asked for."""
        late_s = max(self._jobs.next_late_monotonic() - now_monotonic, 0.0)
        return min(STATUS_INTERVAL_S / 2, late_s + LATE_STEP_S)

    def _take(self, channel: Channel) -> None:
        message = channel.receive()
        if isinstance(message, ModelAsked):
            channel.send(self._ready)
        elif isinstance(message, DetectAsked):
            crop = self._crop(channel, message)
            self._jobs.put(_Job(message, crop, channel, time.monotonic()))

    def _crop(self, channel: Channel, asked: DetectAsked) -> Picture:
        start = asked.slot * CROP_SIDE_MAX**2 * 3
        size = asked.width * asked.height * 3
        return self._crops[channel][start : start + size].reshape(asked.height, asked.width, 3)

    def _tell(self, now_monotonic: float) -> None:
        """That all is well, unless a look does not end; and once a second how it goes."""
        longest_s = max(looker.looking_s(now_monotonic) for looker in self._lookers)
        if longest_s < LONGEST_LOOK_S:
            self._wires.pulse.beat(now_monotonic)
        if now_monotonic - self._told_monotonic < STATUS_INTERVAL_S:
            return
        self._told_monotonic = now_monotonic
        recent = [looker.look_ms for looker in self._lookers if looker.looks]
        self._wires.server.send(
            replace(
                self._status,
                detection_start=time.time() - longest_s if longest_s else 0.0,
                inferences=sum(looker.looks for looker in self._lookers),
                inference_ms=sum(recent) / len(recent) if recent else 0.0,
                waiting=self._jobs.waiting,
                looks=reduce(Histogram.plus, (looker.took for looker in self._lookers)),
                waits=reduce(Histogram.plus, (looker.waited for looker in self._lookers)),
            )
        )


class _Looker:
    """One thread with a model of its own."""

    def __init__(self, backend: Backend, jobs: LookQueue[_Job]) -> None:
        self._backend = backend
        self._jobs = jobs
        self._started_monotonic = 0.0  # of the look under way, 0 between looks
        self.looks = 0
        self.look_ms = 0.0  # moving average
        self.took = NO_LOOKS
        self.waited = NO_LOOKS  # crops, before somebody had time for them

    def run(self) -> None:
        """Look for as long as the process lives."""
        while True:
            job = self._jobs.take()
            job.channel.send(self._answer(job))

    def looking_s(self, now_monotonic: float) -> float:
        """For how long the look under way has taken; any thread may ask."""
        started = self._started_monotonic
        return max(now_monotonic - started, 0.0) if started else 0.0

    def _answer(self, job: _Job) -> DetectAnswer:
        started = self._started_monotonic = time.monotonic()
        self.waited = self.waited.observed(started - job.arrived_monotonic)
        try:
            found = tuple(self._backend.infer(job.crop))
        except PicketError as error:
            return DetectAnswer(job.asked.request, error=str(error))
        finally:
            self._started_monotonic = 0.0
        took_s = time.monotonic() - started
        self.took = self.took.observed(took_s)
        took_ms = took_s * 1000
        self.look_ms = self.look_ms * MEMORY + took_ms * (1 - MEMORY) if self.looks else took_ms
        self.looks += 1
        return DetectAnswer(job.asked.request, found)
