"""What the HTTP door needs from the running program; `runtime` fills it in, tests bring fakes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from picket.domain.frame import Frame
from picket.domain.overlay import FrameNotes, SnapshotOptions
from picket.domain.status import CameraStatus, DetectorStatus
from picket.ipc.messages import Command


class LiveCameras(Protocol):
    """The cameras as they are now."""

    def latest(self, camera: str) -> tuple[Frame, FrameNotes] | None:
        """A private copy of the newest analysed frame and its notes, or None before the first."""

    def sequence(self, camera: str) -> int:
        """Number of the newest frame; a viewer that saw it need not fetch it again."""

    def cameras(self) -> Mapping[str, CameraStatus]:
        """By name; a camera that never reported is missing."""

    def detectors(self) -> Mapping[str, DetectorStatus]:
        """By name; a detector that never reported is missing."""

    def processes(self) -> Mapping[str, int]:
        """Process ids by name: `recording`, `keeper`, `cameras:0`, `detector:cpu` and so on."""

    def event_snapshot(self, camera: str, event_id: str, options: SnapshotOptions) -> bytes | None:
        """JPEG of a running event's best picture, or None when it is not running.

        Raises: Unavailable when the camera's worker does not answer within two seconds.
        """


class Commands(Protocol):
    """What clients may change."""

    def carry_out(self, command: Command) -> None:
        """Have it done; whoever reads afterwards sees it.

        Raises:
            NotFound: there is no such event or export.
            InvalidRequest: it cannot be done as asked.
            Unavailable: the disk refuses, or the keeper does not answer within five seconds.
        """
