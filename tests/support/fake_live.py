"""Live cameras that a test moves by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from picket.config.live_streams import LiveStream
from picket.domain.errors import Unavailable
from picket.domain.frame import Frame
from picket.domain.measures import Histogram
from picket.domain.overlay import FrameNotes, SnapshotOptions
from picket.domain.resident import ResidentView
from picket.domain.status import CameraStatus, DetectorStatus, KeeperStatus, ProcessLife
from picket.ipc.frame_ring import Made
from picket.ipc.packet_ring import PacketRing


def make_frame(time: float, luma: int = 128, width: int = 640, height: int = 360) -> Frame:
    """A grey picture; `luma` is its brightness."""
    yuv = np.full((height * 3 // 2, width), 128, np.uint8)
    yuv[:height] = luma
    return Frame(time, yuv)


class FakeLive:
    """Answers what it was told; counts how often a frame was fetched."""

    def __init__(self) -> None:
        self.frames: dict[str, tuple[Frame, FrameNotes]] = {}
        self.sequences: dict[str, int] = {}
        self.statuses: dict[str, CameraStatus] = {}
        self.detector_statuses: dict[str, DetectorStatus] = {}
        self.pids: dict[str, int] = {}
        self.snapshots: dict[tuple[str, str], bytes] = {}
        self.standing: dict[str, tuple[ResidentView, ...]] = {}
        self.silent: set[str] = set()  # cameras that do not tell what stands about
        self.asked: list[tuple[str, str, SnapshotOptions]] = []
        self.fetched = 0
        self.looks = 0  # for another frame
        self.keeper_status: KeeperStatus | None = None
        self.process_lives: dict[str, ProcessLife] = {}
        self.told_in: dict[str, Histogram] = {}
        self.rings: dict[tuple[str, LiveStream], PacketRing] = {}
        self.watched: list[tuple[str, LiveStream, bool]] = []
        self.on_watch: Callable[[bool], None] = lambda _: None

    def show(self, camera: str, frame: Frame, notes: FrameNotes | None = None) -> None:
        """The camera has a new frame."""
        self.frames[camera] = frame, notes or FrameNotes(frame.frame_time)
        self.sequences[camera] = self.sequences.get(camera, 0) + 1

    def view(self, camera: str, make: Callable[[Frame, FrameNotes], Made]) -> Made | None:
        self.fetched += 1
        shown = self.frames.get(camera)
        return make(*shown) if shown else None

    def sequence(self, camera: str) -> int:
        self.looks += 1
        return self.sequences.get(camera, 0)

    def notes(self, camera: str) -> FrameNotes | None:
        shown = self.frames.get(camera)
        return shown[1] if shown else None

    def packets(self, camera: str, stream: LiveStream) -> PacketRing | None:
        return self.rings.get((camera, stream))

    def ask_packets(self, camera: str, stream: LiveStream, *, is_new: bool) -> None:
        self.watched.append((camera, stream, is_new))
        self.on_watch(is_new)

    def cameras(self) -> dict[str, CameraStatus]:
        return self.statuses

    def detectors(self) -> dict[str, DetectorStatus]:
        return self.detector_statuses

    def processes(self) -> dict[str, int]:
        return self.pids

    def keeper(self) -> KeeperStatus | None:
        return self.keeper_status

    def lives(self) -> dict[str, ProcessLife]:
        return self.process_lives

    def told(self) -> dict[str, Histogram]:
        return self.told_in

    def event_snapshot(self, camera: str, event_id: str, options: SnapshotOptions) -> bytes | None:
        self.asked.append((camera, event_id, options))
        return self.snapshots.get((camera, event_id))

    def residents(self, camera: str) -> tuple[ResidentView, ...]:
        if camera in self.silent:
            raise Unavailable(f"camera {camera} does not tell its residents: try again")
        return self.standing.get(camera, ())

    def forget_residents(
        self, camera: str, resident_id: str | None = None
    ) -> tuple[ResidentView, ...]:
        before = self.residents(camera)
        gone = tuple(one for one in before if resident_id in (None, one.id))
        self.standing[camera] = tuple(one for one in before if one not in gone)
        return gone
