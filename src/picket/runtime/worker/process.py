"""A worker: some cameras and their links to the keeper, the server and the detectors."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from picket.ipc.changes import DeleteEvent, SetSubLabel
from picket.ipc.channel import wait_readable
from picket.ipc.messages import (
    Acknowledged,
    CameraTurned,
    ConfigChanged,
    ForgetResidents,
    KeeperReady,
    LiveAsked,
    ResidentsAsked,
    SizesLearned,
    SnapshotAnswer,
    SnapshotAsked,
    SuppressionsChanged,
    WorkerStarted,
)
from picket.ipc.outbox import Outbox
from picket.runtime.settings import Settings
from picket.runtime.wiring import WorkerWires
from picket.runtime.worker.intake import Intake

if TYPE_CHECKING:
    from picket.runtime.detecting.client import DetectorPool
    from picket.runtime.worker.camera import Camera

logger = logging.getLogger(__name__)

TICK_S = 1.0
STOP_S = 2.5  # for the threads of all cameras
HAND_OVER_S = 1.0  # for the keeper to commit the last records


def run_cameras(settings: Settings, wires: WorkerWires, stop: threading.Event) -> None:
    """Run the cameras until asked to stop; then close every file and end every event."""
    outbox = Outbox(wires.keeper, boot=secrets.token_hex(4))
    outbox.put(WorkerStarted(wires.cameras, time.time()))
    intakes = [Intake(settings, name, outbox.put, wires.packets[name]) for name in wires.cameras]
    for intake in intakes:
        intake.start()
    detectors, cameras = _analyse(settings, wires, outbox, intakes)
    listener = _Listener(wires, outbox, detectors, cameras)
    threading.Thread(target=listener.run, name="links", daemon=True).start()
    while not stop.wait(TICK_S):
        outbox.flush()
        for camera in cameras.values():
            camera.tick()
        for link in detectors.links:
            link.keep_in_touch()
    for intake in intakes:
        intake.ask_to_stop()
    for camera in cameras.values():
        camera.join(STOP_S)
    if not outbox.wait_until_empty(HAND_OVER_S):
        logger.warning(
            "%d records were not taken by the keeper; the next start adopts the recordings",
            outbox.backlog,
        )


def _analyse(
    settings: Settings, wires: WorkerWires, outbox: Outbox, intakes: Sequence[Intake]
) -> tuple[DetectorPool, Mapping[str, Camera]]:
    """Begin to analyse what is recorded already.

    What that needs is imported only here: cameras are being connected to meanwhile.
    """
    from picket.runtime.detecting.client import DetectorPool
    from picket.runtime.worker.camera import Camera, CameraLinks

    detectors = DetectorPool(wires.detectors)
    links = CameraLinks(outbox.put, wires.server, detectors)
    cameras = {one.name: Camera(settings, one, wires.rings[one.name], links) for one in intakes}
    for camera in cameras.values():
        camera.start()
    return detectors, cameras


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
            case Acknowledged() | KeeperReady():
                self._go_on(message)
            case SnapshotAsked(request, camera, event_id, options):
                jpeg = self._cameras[camera].snapshot(event_id, options)
                self._wires.server.send(SnapshotAnswer(request, jpeg))
            case (
                ResidentsAsked(camera=camera)
                | ForgetResidents(camera=camera)
                | CameraTurned(camera=camera)
            ):
                self._cameras[camera].wish(message)
            case SetSubLabel() | DeleteEvent() | SuppressionsChanged() | SizesLearned():
                self._spread(message)
            case LiveAsked(camera, stream, is_new):
                self._cameras[camera].show_live(stream, is_new=is_new)
            case ConfigChanged(config):
                for each in self._cameras.values():
                    each.adopt(config)

    def _go_on(self, told: Acknowledged | KeeperReady) -> None:
        if isinstance(told, Acknowledged):
            self._outbox.acknowledge(told)
        else:
            self._outbox.resend()

    def _spread(
        self, change: SetSubLabel | DeleteEvent | SuppressionsChanged | SizesLearned
    ) -> None:
        """Tell every camera: not every message says which one it is about."""
        for camera in self._cameras.values():
            camera.wish(change)
