"""One detector: takes crops from the workers in turn, answers what is in them."""

from __future__ import annotations

import logging
import os
import threading
import time
from dataclasses import replace

import numpy as np

from picket.config.detectors import DetectorConfig
from picket.detect.load import Backend, load_backend
from picket.domain.errors import Unavailable
from picket.domain.frame import Picture
from picket.domain.status import DetectorStatus
from picket.ipc.channel import Channel, wait_readable
from picket.ipc.messages import DetectAnswer, DetectAsked, DetectorReady, FoundObject, ModelAsked
from picket.runtime.wiring import CROP_SIDE_MAX, DetectorWire, DetectorWires

logger = logging.getLogger(__name__)

STATUS_INTERVAL_S = 1.0
MEMORY = 0.9  # share of the old value in the moving average of inference time


def run_detector(
    config: DetectorConfig, name: str, wires: DetectorWires, stop: threading.Event
) -> None:
    """Load the model, then serve until asked to stop."""
    backend = load_backend(config)
    logger.info("detector %s runs %s (%s)", name, backend.info.name, config.type)
    _Detector(config, name, backend, wires).serve(stop)


class _Detector:
    def __init__(
        self, config: DetectorConfig, name: str, backend: Backend, wires: DetectorWires
    ) -> None:
        self._backend = backend
        self._server = wires.server
        self._crops = {
            wire.channel.fileno(): np.frombuffer(wire.crops.map(), dtype=np.uint8)
            for wire in wires.workers
        }
        self._workers: tuple[DetectorWire, ...] = wires.workers
        self._status = DetectorStatus(name, config.type, os.getpid(), model=backend.info)
        self._trouble = ""  # why the last look failed

    def serve(self, stop: threading.Event) -> None:
        """Answer requests in the order of their arrival per worker, workers in turn."""
        for wire in self._workers:
            wire.channel.send(DetectorReady(self._backend.info))
        channels = [wire.channel for wire in self._workers]
        told_monotonic = 0.0
        while not stop.is_set():
            for channel in wait_readable(channels, STATUS_INTERVAL_S / 2):
                self._serve_one(channel)
            if time.monotonic() - told_monotonic > STATUS_INTERVAL_S:
                told_monotonic = time.monotonic()
                self._server.send(self._status)

    def _serve_one(self, channel: Channel) -> None:
        message = channel.receive()
        if isinstance(message, ModelAsked):
            channel.send(DetectorReady(self._backend.info))
        elif isinstance(message, DetectAsked):
            channel.send(self._answer(message, self._crop(channel, message)))

    def _crop(self, channel: Channel, asked: DetectAsked) -> Picture:
        start = asked.slot * CROP_SIDE_MAX**2 * 3
        size = asked.width * asked.height * 3
        memory = self._crops[channel.fileno()]
        return memory[start : start + size].reshape(asked.height, asked.width, 3)

    def _answer(self, asked: DetectAsked, crop: Picture) -> DetectAnswer:
        started = time.monotonic()
        self._status = replace(self._status, detection_start=time.time())
        found, error = self._look(crop)
        took_ms = (time.monotonic() - started) * 1000
        status = self._status
        average = status.inference_ms * MEMORY + took_ms * (1 - MEMORY)
        self._status = replace(
            status,
            detection_start=0.0,
            inferences=status.inferences + 1,
            inference_ms=average if status.inferences else took_ms,
        )
        return DetectAnswer(asked.request, found, error)

    def _look(self, crop: Picture) -> tuple[tuple[FoundObject, ...], str]:
        """What was found, or why nobody could look; told in the log when that changes."""
        try:
            found, error = tuple(self._backend.infer(crop)), ""
        except Unavailable as trouble:
            found, error = (), str(trouble)
        if error and not self._trouble:
            logger.warning("detector %s is blind: %s", self._status.name, error)
        elif self._trouble and not error:
            logger.info("detector %s looks again", self._status.name)
        self._trouble = error
        return found, error
