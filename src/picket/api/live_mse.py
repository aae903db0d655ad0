"""Live video without transcoding: a camera's own packets as fragments, for all who watch.

One thread looks after every stream that is watched, and is gone with the last of them.
"""

from __future__ import annotations

import logging
import pickle
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from picket.api.mse_viewer import MseViewer, Offline
from picket.api.ports import LiveCameras
from picket.config.live_streams import LiveStream
from picket.domain.errors import MediaError, Unavailable
from picket.domain.stream import Packet, StreamInfo, StreamLost
from picket.ipc.packet_ring import MOST_BYTES, PacketRing
from picket.record.live_fragments import LiveFragment, LiveFragments

logger = logging.getLogger(__name__)

LOOK_S = 0.015
"""So often is looked for packets: a third of a picture's time at 25 a second."""
ASK_S = 1.5
"""So often are the workers told that somebody watches; a message may be lost."""
SILENCE_S = 5.0
"""A camera that sends no picture for so long is offline, whatever its connection says."""
NOTHING = "no picture has come for some seconds"


@dataclass(frozen=True, slots=True)
class Clocks:
    """Both in seconds."""

    wall: Callable[[], float]  # Unix
    monotonic: Callable[[], float] = time.monotonic


class LiveMse:
    """The streams of all cameras; any thread may call it."""

    def __init__(self, live: LiveCameras, clocks: Clocks) -> None:
        self._live = live
        self._clocks = clocks
        self._lock = threading.Lock()
        self._streams: dict[PacketRing, MseStream] = {}  # `sub` and `main` may be one
        self._is_over = threading.Event()

    def watch(self, camera: str, stream: LiveStream, wake: Callable[[], None]) -> MseViewer:
        """Watch a configured camera; `wake` is called from another thread when something came.

        Raises: Unavailable when this program has no packets of the camera.
        """
        viewer, ring = MseViewer(wake), self._live.packets(camera, stream)
        if ring is None:
            raise Unavailable(f"camera {camera} is not read yet: restart to watch it")
        with self._lock:
            if ring not in self._streams:
                self._streams[ring] = self._begin(camera, stream, ring)
                if len(self._streams) == 1:
                    self._is_over = threading.Event()
                    body = threading.Thread(target=self._run, args=(self._is_over,), name="mse")
                    body.daemon = True
                    body.start()
            self._streams[ring].join(viewer)
        return viewer

    def leave(self, viewer: MseViewer) -> None:
        """Watch no longer."""
        with self._lock:
            for ring, stream in list(self._streams.items()):
                if stream.leave(viewer):
                    del self._streams[ring]
            if not self._streams:
                self._is_over.set()

    def _begin(self, camera: str, stream: LiveStream, ring: PacketRing) -> MseStream:
        def ask(*, is_new: bool) -> None:
            self._live.ask_packets(camera, stream, is_new=is_new)

        return MseStream(camera, ring, ask, self._clocks)

    def _run(self, is_over: threading.Event) -> None:
        while not is_over.wait(LOOK_S):
            with self._lock:
                streams = tuple(self._streams.values())
            for stream in streams:
                stream.look()


class MseStream:
    """One stream of one camera; `look` is called by one thread."""

    def __init__(
        self, camera: str, ring: PacketRing, ask: Callable[..., None], clocks: Clocks
    ) -> None:
        self._camera = camera
        self._ring = ring
        self._ask = ask
        self._clocks = clocks
        self._lock = threading.Lock()
        self._viewers: list[MseViewer] = []
        self._fragments: LiveFragments | None = None
        self._group: list[LiveFragment] = []  # since the last keyframe; empty when that is too much
        self._offline: Offline | None = None
        self._seen = clocks.monotonic(), clocks.wall()  # when the last picture came
        self._position = 0  # in the ring
        self._asked = 0.0  # monotonic
        self._begin()

    def join(self, viewer: MseViewer) -> None:
        """Show it to one more, from the last keyframe on."""
        with self._lock:
            self._viewers.append(viewer)
            if self._offline is not None:
                viewer.tell(self._offline)
            elif self._group:
                data = b"".join(one.data for one in self._group)
                whole = replace(self._group[-1], data=data, is_keyframe=True)
                viewer.offer(whole, self._clocks.monotonic())

    def leave(self, viewer: MseViewer) -> bool:
        """Whether it was shown to this one and nobody is left."""
        with self._lock:
            if viewer not in self._viewers:
                return False
            self._viewers.remove(viewer)
            return not self._viewers

    def look(self) -> None:
        """Show what came since the last look."""
        now = self._clocks.monotonic()
        if now - self._asked > ASK_S:
            self._asked = now
            self._ask(is_new=False)
        found = self._ring.read(self._position)
        if found is None:
            self._begin()
            return
        records, self._position = found
        for record in records:
            self._take(pickle.loads(record))  # noqa: S301  # written by our own worker
        self._show(self._fragments.flush() if self._fragments else [])
        if not records and now - self._seen[0] > SILENCE_S and self._offline is None:
            self._end(Offline(NOTHING, self._seen[1]))

    def _begin(self) -> None:
        """Have everything from the last keyframe on sent (again)."""
        self._fragments = None
        self._position = self._ring.position
        self._asked = self._clocks.monotonic()
        self._ask(is_new=True)

    def _take(self, item: StreamInfo | StreamLost | Packet) -> None:
        try:
            match item:
                case StreamInfo():
                    self._fragments = LiveFragments(item)
                case StreamLost(reason, since):
                    self._end(Offline(reason, since))
                case Packet() if self._fragments is not None:
                    self._show(self._fragments.add(item))
        except MediaError as error:
            logger.warning("camera %s cannot be shown live: %s", self._camera, error)
            self._end(Offline(str(error), self._clocks.wall()))

    def _show(self, fragments: list[LiveFragment]) -> None:
        if not fragments:
            return
        now = self._clocks.monotonic()
        self._seen = now, self._clocks.wall()
        with self._lock:
            self._offline = None
            for fragment in fragments:
                self._hold(fragment)
                for viewer in self._viewers:
                    viewer.offer(fragment, now)

    def _hold(self, fragment: LiveFragment) -> None:
        """Keep what the next viewer needs; of a group without end nothing."""
        if fragment.is_keyframe:
            self._group = [fragment]
        elif self._group and sum(len(one.data) for one in self._group) < MOST_BYTES:
            self._group.append(fragment)
        else:
            self._group = []

    def _end(self, offline: Offline) -> None:
        """Tell everyone that nothing comes, unless they know it."""
        self._fragments = None
        with self._lock:
            if self._offline is not None:
                offline = replace(offline, since=self._offline.since)
            if self._offline == offline:
                return
            self._offline, self._group = offline, []
            for viewer in self._viewers:
                viewer.tell(offline)
