"""A worker: some cameras and their links to the keeper, the server and the detectors."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Mapping

from picket.ipc.channel import wait_readable
from picket.ipc.messages import (
    Acknowledged,
    ConfigChanged,
    DeleteEvent,
    KeeperReady,
    SetSubLabel,
    SizesLearned,
    SnapshotAnswer,
    SnapshotAsked,
    SuppressionsChanged,
    WorkerStarted,
)
from picket.ipc.outbox import Outbox
from picket.runtime.camera import Camera, CameraLinks
from picket.runtime.detector_client import DetectorPool
from picket.runtime.settings import Settings
from picket.runtime.wiring import WorkerWires

logger = logging.getLogger(__name__)

TICK_S = 1.0
STOP_S = 2.5  # for the threads of all cameras
HAND_OVER_S = 1.0  # for the keeper to commit the last records


def run_cameras(settings: Settings, wires: WorkerWires, stop: threading.Event) -> None:
    """Run the cameras until asked to stop; then close every file and end every event."""
    outbox = Outbox(wires.keeper, boot=secrets.token_hex(4))
    outbox.put(WorkerStarted(wires.cameras, time.time()))
    detectors = DetectorPool(wires.detectors)
    links = CameraLinks(outbox.put, wires.server, detectors)
    cameras = {name: Camera(settings, name, wires.rings[name], links) for name in wires.cameras}
    listener = _Listener(wires, outbox, detectors, cameras)
    threading.Thread(target=listener.run, name="links", daemon=True).start()
    for camera in cameras.values():
        camera.start()
    while not stop.wait(TICK_S):
        outbox.flush()
        for camera in cameras.values():
            camera.tick()
        for link in detectors.links:
            link.keep_in_touch()
    for camera in cameras.values():
        camera.ask_to_stop()
    for camera in cameras.values():
        camera.join(STOP_S)
    if not outbox.wait_until_empty(HAND_OVER_S):
        logger.warning(
            "%d records were not taken by the keeper; the next start adopts the recordings",
            outbox.backlog,
        )


class _Listener:
    """The thread that takes what other processes send."""

    def __init__(
        self,
        wires: WorkerWires,
        outbox: Outbox,
        detectors: DetectorPool,
        cameras: Mapping[str, Camera],
    ) -> None:
        self._wires = wires
        self._outbox = outbox
        self._links = {link.channel: link for link in detectors.links}
        self._cameras = cameras

    def run(self) -> None:
        """Deliver messages for as long as the process lives."""
        for link in self._links.values():
            link.keep_in_touch()
        channels = [self._wires.keeper, self._wires.server, *self._links]
        while True:
            for channel in wait_readable(channels, TICK_S):
                message = channel.receive()
                if channel in self._links:
                    self._links[channel].deliver(message)
                else:
                    self._take(message)

    def _take(self, message: object) -> None:
        match message:
            case Acknowledged():
                self._outbox.acknowledge(message)
            case KeeperReady():
                self._outbox.resend()
            case SnapshotAsked(request, camera, event_id, options):
                jpeg = self._cameras[camera].snapshot(event_id, options)
                self._wires.server.send(SnapshotAnswer(request, jpeg))
            case SetSubLabel() | DeleteEvent() | SuppressionsChanged() | SizesLearned():
                for each in self._cameras.values():
                    each.wish(message)
            case ConfigChanged(config):
                for each in self._cameras.values():
                    each.adopt(config)
