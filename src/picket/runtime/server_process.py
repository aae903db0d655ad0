"""The HTTP server and its view of the running cameras."""

from __future__ import annotations

import itertools
import logging
import os
import queue
import threading
from collections.abc import Mapping

import uvicorn

from picket.api.app import create_app
from picket.api.deps import ServerContext
from picket.domain.errors import FrameOverwritten, Unavailable
from picket.domain.frame import Frame
from picket.domain.overlay import FrameNotes, SnapshotOptions
from picket.domain.status import CameraStatus, DetectorStatus
from picket.ipc.channel import Channel, wait_readable
from picket.ipc.frame_ring import FrameRing
from picket.ipc.messages import SnapshotAnswer, SnapshotAsked
from picket.runtime.settings import Settings
from picket.runtime.wiring import ServerWires

logger = logging.getLogger(__name__)

SNAPSHOT_WAIT_S = 2.0
STOP_S = 2
READ_ATTEMPTS = 3


def run_server(settings: Settings, wires: ServerWires, stop: threading.Event) -> None:
    """Serve HTTP until asked to stop.

    Raises: Unavailable when the port cannot be used.
    """
    live = LiveView(wires)
    threading.Thread(target=live.listen, name="links", daemon=True).start()
    context = ServerContext(
        config=settings.config,
        paths=settings.media,
        database=settings.database,
        live=live,
        started_time=settings.started_time,
    )
    config = uvicorn.Config(
        create_app(context),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_S,
        lifespan="off",
    )
    server = uvicorn.Server(config)
    serving = threading.Thread(target=server.run, name="http", daemon=True)
    serving.start()
    while not stop.wait(0.2):
        if not serving.is_alive():
            raise Unavailable(
                f"the HTTP server cannot listen on {settings.host}:{settings.port}:"
                " end what uses that port, or choose another one with --port"
            )
    server.should_exit = True
    serving.join(STOP_S + 1)


class LiveView:
    """What the other processes told last; fills in the protocol `LiveCameras` of the API."""

    def __init__(self, wires: ServerWires) -> None:
        self._rings = {name: FrameRing(r.block, r.size) for name, r in wires.rings.items()}
        self._worker_of = {
            camera: channel for cameras, channel in wires.workers.items() for camera in cameras
        }
        self._channels: list[Channel] = [*wires.workers.values(), *wires.detectors, wires.keeper]
        self._cameras: dict[str, CameraStatus] = {}
        self._detectors: dict[str, DetectorStatus] = {}
        self._numbers = itertools.count(1)
        self._waiting: dict[int, queue.SimpleQueue[bytes | None]] = {}

    def listen(self) -> None:
        """Take messages for as long as the process lives."""
        while True:
            for channel in wait_readable(self._channels, 1.0):
                self._take(channel.receive())

    def latest(self, camera: str) -> tuple[Frame, FrameNotes] | None:
        """See picket.api.ports.LiveCameras."""
        ring = self._rings.get(camera)
        for _ in range(READ_ATTEMPTS):
            try:
                return ring.read_latest() if ring else None
            except FrameOverwritten:
                continue
        return None

    def sequence(self, camera: str) -> int:
        """See picket.api.ports.LiveCameras."""
        ring = self._rings.get(camera)
        return ring.sequence if ring else 0

    def cameras(self) -> Mapping[str, CameraStatus]:
        """See picket.api.ports.LiveCameras."""
        return dict(self._cameras)

    def detectors(self) -> Mapping[str, DetectorStatus]:
        """See picket.api.ports.LiveCameras."""
        return dict(self._detectors)

    def processes(self) -> Mapping[str, int]:
        """See picket.api.ports.LiveCameras."""
        workers = sorted({status.pid for status in self._cameras.values()})
        return {
            "server": os.getpid(),
            "main": os.getppid(),
            **{f"cameras:{n}": pid for n, pid in enumerate(workers)},
            **{f"detector:{name}": d.pid for name, d in self._detectors.items()},
            "recording": workers[0] if workers else 0,
        }

    def event_snapshot(self, camera: str, event_id: str, options: SnapshotOptions) -> bytes | None:
        """See picket.api.ports.LiveCameras."""
        worker = self._worker_of.get(camera)
        if worker is None:
            return None
        number = next(self._numbers)
        answer: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._waiting[number] = answer
        try:
            worker.send(SnapshotAsked(number, camera, event_id, options))
            return answer.get(timeout=SNAPSHOT_WAIT_S)
        except queue.Empty:
            raise Unavailable(f"the worker of camera {camera} does not answer") from None
        finally:
            self._waiting.pop(number, None)

    def _take(self, message: object) -> None:
        match message:
            case CameraStatus():
                self._cameras[message.camera] = message
            case DetectorStatus():
                self._detectors[message.name] = message
            case SnapshotAnswer(request, jpeg):
                waiting = self._waiting.get(request)
                if waiting is not None:
                    waiting.put(jpeg)
