"""Exports: footage that a user saved as a file of its own, and the jobs that write it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from picket.domain.timespan import TimeSpan


class Playback(StrEnum):
    """How fast an export plays; the values are the HTTP API's."""

    REALTIME = "realtime"
    TIMELAPSE = "timelapse_25x"


class ExportState(StrEnum):
    """Where the job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Export:
    """One file that was asked for."""

    id: str  # "<created time>-<six of a-z0-9>"
    camera: str
    name: str  # of the file once it is whole, such as "front_2024_01_15_09_00__…_10_00.mp4"
    start_time: float  # Unix seconds
    end_time: float
    playback: Playback
    created_time: float  # Unix seconds
    state: ExportState = ExportState.QUEUED
    progress: float = 0.0  # 0..1
    error: str = ""  # why it failed, for the user
    finished_time: float | None = None  # Unix seconds; None while it is queued or running
    size_bytes: int | None = None  # of the whole file

    def __post_init__(self) -> None:
        if not 0.0 <= self.progress <= 1.0:
            raise ValueError(f"progress must lie in 0..1, got {self.progress!r} for {self.id!r}")

    @property
    def span(self) -> TimeSpan:
        """The footage that was asked for."""
        return TimeSpan(self.start_time, self.end_time)

    @property
    def is_active(self) -> bool:
        """Whether its file is still to come."""
        return self.state in (ExportState.QUEUED, ExportState.RUNNING)
