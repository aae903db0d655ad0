"""The HTTP server and its view of the running cameras."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from picket.api.app import create_app
from picket.api.deps import ServerContext, Services
from picket.api.history.sample import take_sample
from picket.api.routes.stats import collect_stats
from picket.api.running_config import RunningConfig
from picket.config.live_streams import LiveStream
from picket.config.root import Config
from picket.domain.errors import (
    FrameOverwritten,
    InvalidRequest,
    NotFound,
    PicketError,
    Unavailable,
)
from picket.domain.frame import Frame
from picket.domain.gaze import Glance, Standing
from picket.domain.measures import NO_EVENTS, Histogram
from picket.domain.overlay import FrameNotes, ObjectView, SnapshotOptions
from picket.domain.resident import ResidentView
from picket.domain.status import CameraStatus, DetectorStatus, KeeperStatus, ProcessLife
from picket.ipc.changes import Command, DeleteEvent, Refusal, SetSubLabel, StoreAnswer, StoreCommand
from picket.ipc.channel import Channel, wait_readable
from picket.ipc.frame_ring import FrameRing, Made
from picket.ipc.log_ring import LogRing
from picket.ipc.messages import (
    CameraTurned,
    Change,
    ConfigChanged,
    ForgetResidents,
    LiveAsked,
    ObjectChanged,
    PictureTaken,
    ResidentsAnswer,
    ResidentsAsked,
    RestartAsked,
    SceneChanged,
    SnapshotAnswer,
    SnapshotAsked,
    SoundChanged,
    SoundHeard,
    TargetsSeen,
)
from picket.ipc.packet_ring import PacketRing
from picket.ptz.cameras import PtzCameras
from picket.runtime.serving.broker_door import BrokerDoor
from picket.runtime.serving.follow_door import begin_following
from picket.runtime.serving.http_server import STOP_S, HttpServer, uvicorn_config
from picket.runtime.serving.notify_door import NotifyDoor
from picket.runtime.serving.questions import Questions
from picket.runtime.serving.roll_call import RollCall
from picket.runtime.serving.topic_hub import Announcer, News, TopicHub, announce_stats
from picket.runtime.settings import Settings
from picket.runtime.wiring import LiveRings, ServerWires

logger = logging.getLogger(__name__)

SNAPSHOT_WAIT_S = 2.0
COMMAND_WAIT_S = 5.0
TELLING_STOP_S = 1.5
READ_ATTEMPTS = 3
REFUSALS: dict[Refusal, type[PicketError]] = {
    Refusal.MISSING: NotFound,
    Refusal.INVALID: InvalidRequest,
    Refusal.UNAVAILABLE: Unavailable,
}


def run_server(settings: Settings, wires: ServerWires, stop: threading.Event) -> None:
    """Serve HTTP until asked to stop.

    Raises: Unavailable when the port cannot be used.
    """
    hub, is_over = TopicHub(lambda: announcer.board), threading.Event()
    announcer = Announcer(hub.publish)

    def announce(news: News) -> None:
        announcer.announce(news)
        notices.hear(news)

    ptz = PtzCameras({name: one.onvif for name, one in settings.config.cameras.items()})
    live = LiveView(wires, announce, ptz.see)
    running = RunningConfig(settings.config, settings.config_file, live)
    door = BrokerDoor(running, announcer, hub, ptz)
    notices = NotifyDoor(running, live, live, settings.media, settings.database)
    context = ServerContext(
        settings=running,
        paths=settings.media,
        database=settings.database,
        live=live,
        commands=live,
        program=live,
        topics=hub,
        ptz=ptz,
        notifications=notices,
        started_time=settings.started_time,
        plus=settings.plus,
        on_integration=door.announcements.see_integration,
        broker=lambda: door.status if settings.config.mqtt.enabled else None,
    )
    app = create_app(context)
    server = HttpServer(uvicorn_config(app, settings.host, settings.port))
    services: Services = app.state.services
    _begin("links", live.listen, is_over)
    begin_following(
        ptz, running, settings.media.movements, (live.tell_standing, announcer.announce)
    )
    interval_s = settings.config.mqtt.stats_interval
    _begin(
        "stats", announce_stats, partial(collect_stats, services), hub.publish, interval_s, is_over
    )
    _begin("history", services.history.run, partial(take_sample, services), is_over)
    telling = [_begin("notify", notices.run, is_over)]
    if settings.config.mqtt.enabled:
        telling.append(_begin("broker", door.run, is_over))
    serving = _begin("http", server.run)
    _wait_for_stop(settings, serving, stop)
    server.end()
    ptz.close()  # a camera that hangs would keep the last requests
    serving.join(STOP_S + 1)
    is_over.set()  # not before: the last requests may wait for answers
    _wait_for_farewells(telling, notices.ring)


def _wait_for_farewells(telling: Sequence[threading.Thread], wake: Callable[[], None]) -> None:
    wake()
    deadline = time.monotonic() + TELLING_STOP_S
    for thread in telling:
        thread.join(max(0.0, deadline - time.monotonic()))


def _wait_for_stop(settings: Settings, serving: threading.Thread, stop: threading.Event) -> None:
    while not stop.wait(1.0):
        if not serving.is_alive():
            raise Unavailable(
                f"the HTTP server cannot listen on {settings.host}:{settings.port}:"
                " end what uses that port, or choose another one with --port"
            )


def _begin(name: str, body: Callable[..., None], *args: object) -> threading.Thread:
    thread = threading.Thread(target=body, args=args, name=name, daemon=True)
    thread.start()
    return thread


class LiveView:
    """What the other processes told last and can be asked; fills in the ports of the API."""

    def __init__(
        self,
        wires: ServerWires,
        announce: Callable[[News], None] = lambda _: None,
        follow: Callable[[str, Glance], None] = lambda *_: None,
    ) -> None:
        self._announce = announce
        self._follow = follow
        self._rings = {name: FrameRing(r.block, r.size) for name, r in wires.rings.items()}
        self._packets = {name: _views(streams) for name, streams in wires.packets.items()}
        self._worker_of = {
            camera: channel for cameras, channel in wires.workers.items() for camera in cameras
        }
        self._workers = list(wires.workers.values())
        self._groups = list(wires.workers)  # in the order in which `main` numbers them
        self._keeper = wires.keeper
        self._main = wires.main
        self._log = LogRing(wires.logs)
        self._channels: list[Channel] = [*self._workers, *wires.detectors, wires.keeper]
        self._cameras: dict[str, CameraStatus] = {}
        self._detectors: dict[str, DetectorStatus] = {}
        self._keeper_status: KeeperStatus | None = None
        groups = {f"cameras:{n}": group for n, group in enumerate(self._groups)}
        self._roll = RollCall({"keeper": (), **groups})
        self._told: dict[str, Histogram] = {}  # by camera
        self._snapshots = Questions[SnapshotAnswer]()
        self._residents = Questions[ResidentsAnswer]()
        self._commands = Questions[StoreAnswer]()

    def listen(self, stop: threading.Event) -> None:
        """Take messages until asked to stop."""
        while not stop.is_set():
            for channel in wait_readable(self._channels, 1.0):
                self._take(channel.receive())

    def view(self, camera: str, make: Callable[[Frame, FrameNotes], Made]) -> Made | None:
        """See picket.api.ports.LiveCameras."""
        return _view(self._watched(camera), make)

    def sequence(self, camera: str) -> int:
        """See picket.api.ports.LiveCameras."""
        ring = self._watched(camera)
        return ring.sequence if ring else 0

    def notes(self, camera: str) -> FrameNotes | None:
        """See picket.api.ports.LiveCameras."""
        return _view(self._rings.get(camera), lambda _, notes: notes)

    def packets(self, camera: str, stream: LiveStream) -> PacketRing | None:
        """See picket.api.ports.LiveCameras."""
        return self._packets.get(camera, {}).get(stream)

    def ask_packets(self, camera: str, stream: LiveStream, *, is_new: bool) -> None:
        """See picket.api.ports.LiveCameras."""
        worker = self._worker_of.get(camera)
        if worker is not None:
            worker.send(LiveAsked(camera, stream, is_new))

    def tell_standing(self, standing: Standing) -> None:
        """Let a camera's worker know where it looks; one that is lost is told again."""
        worker = self._worker_of.get(standing.camera)
        if worker is not None:
            worker.send(CameraTurned(standing.camera, standing.is_home))

    def _watched(self, camera: str) -> FrameRing | None:
        """The ring of a camera, whose worker is told that somebody looks."""
        ring = self._rings.get(camera)
        if ring is not None:
            ring.ask(time.monotonic())
        return ring

    def cameras(self) -> Mapping[str, CameraStatus]:
        """See picket.api.ports.LiveCameras."""
        return dict(self._cameras)

    def detectors(self) -> Mapping[str, DetectorStatus]:
        """See picket.api.ports.LiveCameras."""
        return dict(self._detectors)

    def processes(self) -> Mapping[str, int]:
        """See picket.api.ports.LiveCameras."""
        told = {
            n: [self._cameras[name].pid for name in group if name in self._cameras]
            for n, group in enumerate(self._groups)
        }
        return {
            "server": os.getpid(),
            "main": os.getppid(),
            **({"keeper": self._keeper_status.pid} if self._keeper_status else {}),
            **{f"cameras:{n}": pids[0] for n, pids in told.items() if pids},
            **{f"detector:{name}": d.pid for name, d in self._detectors.items()},
            "recording": next((pids[0] for pids in told.values() if pids), 0),
        }

    def keeper(self) -> KeeperStatus | None:
        """See picket.api.ports.LiveCameras."""
        return self._keeper_status

    def lives(self) -> Mapping[str, ProcessLife]:
        """See picket.api.ports.LiveCameras."""
        return self._roll.lives(time.monotonic())

    def told(self) -> Mapping[str, Histogram]:
        """See picket.api.ports.LiveCameras."""
        return dict(self._told)

    def event_snapshot(self, camera: str, event_id: str, options: SnapshotOptions) -> bytes | None:
        """See picket.api.ports.LiveCameras."""
        worker = self._worker_of.get(camera)
        if worker is None:
            return None
        answer = self._snapshots.ask(
            worker, lambda number: SnapshotAsked(number, camera, event_id, options), SNAPSHOT_WAIT_S
        )
        if answer is None:
            raise Unavailable(f"the worker of camera {camera} does not answer")
        return answer.jpeg

    def residents(self, camera: str) -> tuple[ResidentView, ...]:
        """See picket.api.ports.LiveCameras."""
        return self._ask_residents(camera, lambda number: ResidentsAsked(number, camera))

    def forget_residents(
        self, camera: str, resident_id: str | None = None
    ) -> tuple[ResidentView, ...]:
        """See picket.api.ports.LiveCameras."""
        return self._ask_residents(
            camera, lambda number: ForgetResidents(number, camera, resident_id)
        )

    def _ask_residents(
        self, camera: str, question: Callable[[int], object]
    ) -> tuple[ResidentView, ...]:
        worker = self._worker_of.get(camera)
        answer = self._residents.ask(worker, question, SNAPSHOT_WAIT_S) if worker else None
        if answer is None:
            raise Unavailable(
                f"camera {camera} does not tell its residents: try again once it shows a picture"
            )
        return answer.residents

    def carry_out(self, command: Command) -> None:
        """See picket.api.ports.Commands."""
        answer = self._commands.ask(
            self._keeper, lambda number: StoreCommand(number, command), COMMAND_WAIT_S
        )
        if answer is None:
            raise Unavailable("the keeper of the database does not answer: try again")
        if answer.error:
            raise REFUSALS[answer.refusal](answer.error)
        if isinstance(command, SetSubLabel | DeleteEvent):
            for worker in self._workers:
                worker.send(command)

    def adopt(self, config: Config) -> None:
        """See picket.api.ports.Program."""
        change = ConfigChanged(config)
        told = [one.send(change) for one in (self._main, self._keeper, *self._workers)]
        if not all(told):
            raise Unavailable("not every process took the changed configuration: try again")

    def restart(self) -> None:
        """See picket.api.ports.Program."""
        if not self._main.send(RestartAsked()):
            raise Unavailable("the main process does not take orders: restart it by hand")

    def log(self) -> str:
        """See picket.api.ports.Program."""
        return self._log.read()

    def _take(self, message: object) -> None:
        match message:
            case CameraStatus() | DetectorStatus() | KeeperStatus():
                self._note(message)
            case ObjectChanged():
                self._announce(message)
                if message.change is Change.NEW:
                    self._measure(message.after)
            case SceneChanged() | SoundHeard() | SoundChanged() | PictureTaken():
                self._announce(message)
            case TargetsSeen(camera, glance):
                self._follow(camera, glance)
            case SnapshotAnswer() | ResidentsAnswer() | StoreAnswer():
                self._deliver(message)

    def _deliver(self, answer: SnapshotAnswer | ResidentsAnswer | StoreAnswer) -> None:
        match answer:
            case SnapshotAnswer(request):
                self._snapshots.deliver(request, answer)
            case ResidentsAnswer(request):
                self._residents.deliver(request, answer)
            case StoreAnswer(request):
                self._commands.deliver(request, answer)

    def _note(self, status: CameraStatus | DetectorStatus | KeeperStatus) -> None:
        match status:
            case CameraStatus(camera=camera):
                self._cameras[camera] = status
                group = next((n for n, one in enumerate(self._groups) if camera in one), 0)
                name = f"cameras:{group}"
            case DetectorStatus(name=detector):
                self._detectors[detector] = status
                name = f"detector:{detector}"
            case KeeperStatus():
                self._keeper_status = status
                name = "keeper"
        self._roll.note(name, status.pid, time.monotonic())

    def _measure(self, seen: ObjectView) -> None:
        before = self._told.get(seen.camera, NO_EVENTS)
        self._told[seen.camera] = before.observed(time.time() - seen.frame_time)


def _view(ring: FrameRing | None, make: Callable[[Frame, FrameNotes], Made]) -> Made | None:
    for _ in range(READ_ATTEMPTS):
        try:
            return ring.view_latest(make) if ring else None
        except FrameOverwritten:
            continue
    return None


def _views(streams: LiveRings) -> Mapping[LiveStream, PacketRing]:
    """One view of each block, for streams that are one input share a block."""
    views = {id(block): PacketRing(block) for block in streams.values()}
    return {stream: views[id(block)] for stream, block in streams.items()}
