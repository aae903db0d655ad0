"""The other end of a worker's pipe to a detector: a small detector on a thread of the test."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from picket.domain.frame import Picture
from picket.domain.status import ModelInfo
from picket.ipc.block import SharedBlock
from picket.ipc.channel import Channel, make_channel, wait_readable
from picket.ipc.messages import DetectAnswer, DetectAsked, DetectorReady, FoundObject
from picket.runtime.detecting.client import DetectorPool
from picket.runtime.wiring import CROP_SIDE_MAX, CROP_SLOTS, DetectorWire

MODEL = ModelInfo("squares", "fake", 160, 160, "bgr", ("person",))
READY = DetectorReady(MODEL, "fake", pid=1)
WHITE = 235

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Ends:
    """Both ends of a new pipe."""

    worker: DetectorWire
    detector: DetectorWire

    def close(self) -> None:
        """Give up both."""
        for wire in (self.worker, self.detector):
            wire.channel.close()
            wire.crops.close()


def make_ends() -> Ends:
    """A pipe and its crops, as `make_wires` makes them."""
    here, there = make_channel()
    crops = SharedBlock("test-crops", CROP_SLOTS * CROP_SIDE_MAX**2 * 3)
    return Ends(DetectorWire(here, crops), DetectorWire(there, crops))


def find_square(crop: Picture) -> tuple[FoundObject, ...]:
    """The one bright thing in a crop."""
    rows, columns = np.nonzero((crop >= WHITE).all(axis=2))
    if not len(rows):
        return ()
    height, width = crop.shape[:2]
    x1, x2 = columns.min() / width, (columns.max() + 1) / width
    y1, y2 = rows.min() / height, (rows.max() + 1) / height
    return (FoundObject("person", 0.9, float(x1), float(y1), float(x2), float(y2)),)


@contextmanager
def answering(wire: DetectorWire) -> Iterator[None]:
    """Answer every request until the end of the block."""
    stop, woken = make_channel()
    crops = np.frombuffer(wire.crops.map(), np.uint8)
    thread = threading.Thread(target=_serve, args=(wire.channel, crops, woken), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.send("stop")
        thread.join(5)
        stop.close()
        woken.close()


def _serve(channel: Channel, crops: Bytes, stop: Channel) -> None:
    while True:
        ready = wait_readable([channel, stop], 5.0)
        if stop in ready:
            return
        while (asked := channel.receive()) is not None:
            if isinstance(asked, DetectAsked):
                channel.send(DetectAnswer(asked.request, find_square(_crop(crops, asked))))


def _crop(crops: Bytes, asked: DetectAsked) -> Picture:
    start = asked.slot * CROP_SIDE_MAX**2 * 3
    size = asked.width * asked.height * 3
    return crops[start : start + size].reshape(asked.height, asked.width, 3)


@contextmanager
def delivering(pool: DetectorPool) -> Iterator[None]:
    """What the link thread of a worker does."""
    stop, woken = make_channel()
    links = {link.channel: link for link in pool.links}

    def listen() -> None:
        while True:
            ready = wait_readable([*links, woken], 5.0)
            if woken in ready:
                return
            for channel in ready:
                links[channel].deliver(channel.receive())

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.send("stop")
        thread.join(5)
        stop.close()
        woken.close()
