"""What the HTTP door needs from the running program; `runtime` fills it in, tests bring fakes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Protocol

from picket.config.live_streams import LiveStream
from picket.config.root import Config
from picket.domain.frame import Frame
from picket.domain.measures import Histogram
from picket.domain.notice import Attempt, ChannelState, Delivery, Fate, PushSubscription
from picket.domain.overlay import FrameNotes, SnapshotOptions
from picket.domain.resident import ResidentView
from picket.domain.status import CameraStatus, DetectorStatus, KeeperStatus, ProcessLife
from picket.ipc.changes import Command
from picket.ipc.frame_ring import Made
from picket.ipc.mailbox import Mailbox
from picket.ipc.packet_ring import PacketRing
from picket.ptz.abilities import PtzAbilities
from picket.topics.message import Message

SILENT_AFTER_S = 10.0
"""Every process speaks once a second; ten times that is more than a busy machine takes."""


def silent_cameras(lives: Mapping[str, ProcessLife]) -> frozenset[str]:
    """Those of which nothing is known: what their worker told before it fell silent is past."""
    silent = (one for one in lives.values() if one.silent_s >= SILENT_AFTER_S)
    return frozenset(camera for one in silent for camera in one.cameras)


class LiveCameras(Protocol):
    """The cameras as they are now."""

    def view(self, camera: str, make: Callable[[Frame, FrameNotes], Made]) -> Made | None:
        """What `make` makes of the newest analysed frame and its notes; None before the first.

        The frame is shown where it lies and may be overwritten meanwhile: `make` may be called
        again, and keeps nothing of it but copies.
        """

    def sequence(self, camera: str) -> int:
        """Number of the newest frame; a viewer that saw it need not fetch it again."""

    def notes(self, camera: str) -> FrameNotes | None:
        """What was found in the newest analysed frame; the camera is not decoded for it."""

    def packets(self, camera: str, stream: LiveStream) -> PacketRing | None:
        """Where the packets of a configured camera come once `ask_packets` is called."""

    def ask_packets(self, camera: str, stream: LiveStream, *, is_new: bool) -> None:
        """Have packets come for some seconds.

        Args: is_new: first all that were held since the last keyframe.
        """

    def cameras(self) -> Mapping[str, CameraStatus]:
        """By name; a camera that never reported is missing."""

    def detectors(self) -> Mapping[str, DetectorStatus]:
        """By name; a detector that never reported is missing."""

    def processes(self) -> Mapping[str, int]:
        """Process ids by name: `recording`, `keeper`, `cameras:0`, `detector:cpu` and so on."""

    def keeper(self) -> KeeperStatus | None:
        """The one who writes the index; None before it has reported."""

    def lives(self) -> Mapping[str, ProcessLife]:
        """By process: `keeper` and `cameras:<n>` are always there, `detector:<name>` once heard."""

    def told(self) -> Mapping[str, Histogram]:
        """By camera: from the frame that convinced of an object to the word to all listeners."""

    def event_snapshot(self, camera: str, event_id: str, options: SnapshotOptions) -> bytes | None:
        """JPEG of a running event's best picture, or None when it is not running.

        Raises: Unavailable when the camera's worker does not answer within two seconds.
        """

    def residents(self, camera: str) -> tuple[ResidentView, ...]:
        """What the camera knows to stand about.

        Raises: Unavailable when the camera's worker does not answer within two seconds.
        """

    def forget_residents(
        self, camera: str, resident_id: str | None = None
    ) -> tuple[ResidentView, ...]:
        """Let a resident be news again, or all of them; those that were forgotten.

        Raises: Unavailable when the camera's worker does not answer within two seconds.
        """


class Program(Protocol):
    """The processes of which the server is one."""

    def adopt(self, config: Config) -> None:
        """Let every process go on by a changed configuration.

        Raises: Unavailable when one of them cannot be told.
        """

    def restart(self) -> None:
        """End everything and start it again."""

    def log(self) -> str:
        """The newest lines of all processes, oldest first, without credentials."""


class Controls(Protocol):
    """What is switched while the program runs; nothing of it outlives a restart."""

    def switch(self, camera: str, feature: str, payload: str) -> Mapping[str, str]:
        """Obey `<camera>/<feature>/set`; the topics that changed with their payloads.

        Such as `{"front/detect/state": "ON", "front/motion/state": "ON"}`; empty when the change
        is refused.

        Raises: NotFound when there is no such camera or feature.
        """

    def states(self) -> Mapping[str, str]:
        """Every `<camera>/<feature>/state` topic with its payload now."""

    def restart(self) -> None:
        """End the whole program and start it again."""


class Commands(Protocol):
    """What clients may change."""

    def carry_out(self, command: Command) -> None:
        """Have it done; whoever reads afterwards sees it.

        Raises:
            NotFound: there is no such event or export.
            InvalidRequest: it cannot be done as asked.
            Unavailable: the disk refuses, or the keeper does not answer within five seconds.
        """


class Topics(Protocol):
    """Everything that is published while the program runs; each listener has a mailbox."""

    def publish(self, message: Message) -> None:
        """Put it into every mailbox; waits for nobody, and any thread may call it."""

    def known(self) -> Sequence[Message]:
        """Counts and motion as they were told last."""

    def subscribe(self, inbox: Mailbox[Message]) -> None:
        """From now on everything is put there."""

    def unsubscribe(self, inbox: Mailbox[Message]) -> None:
        """Nothing more is put there."""


class Notifications(Protocol):
    """Who is told without asking; how that goes."""

    def states(self) -> Mapping[str, ChannelState]:
        """How each channel is doing that has had something to tell."""

    def deliveries(self) -> Sequence[Delivery]:
        """The last notifications that met their fate, newest first."""

    def fates(self) -> Mapping[Fate, int]:
        """How many met which fate since the start."""

    def attempt(self, channel: str) -> Future[Attempt]:
        """Send a test at once. Errors: NotFound, InvalidRequest, Unavailable."""

    def push_key(self) -> str:
        """What a browser needs to subscribe, Base64url. Raises: ConfigError."""

    def require_browser(self, subscription: PushSubscription) -> None:
        """Raises: InvalidRequest when it cannot be told, or not by a push service we know."""


class Ptz(Protocol):
    """Cameras that move. Both return at once; errors come with the result, within seconds.

    Unavailable: the camera is away or refuses. NotFound: no such camera. InvalidRequest: it has no
    `onvif.host`.
    """

    def describe(self, camera: str) -> Future[PtzAbilities]:
        """What it can do and where it can go; asks the camera each time."""

    def weights(self) -> Mapping[str, tuple[str, ...]]:
        """How the cameras that follow objects turn, as `movement_weights`; by camera."""

    def carry_out(self, camera: str, command: str) -> Future[None]:
        """Move as a word says: what is sent to the topic `<camera>/ptz`.

        Errors: also InvalidRequest for an unknown word or a movement that the camera lacks, and
        NotFound for an unknown preset.
        """
