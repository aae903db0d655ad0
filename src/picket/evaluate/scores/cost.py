"""What the analysis costs."""

from __future__ import annotations

from dataclasses import dataclass

from picket.evaluate.observed import Observation


@dataclass(frozen=True, slots=True)
class Cost:
    """Counts that can be added over videos."""

    frames: int = 0  # analysed
    looks: int = 0  # inferences
    duration_s: float = 0.0  # of the videos
    took_s: float = 0.0  # on this machine, decoding included
    computed_s: float = 0.0  # of processor time

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            self.frames + other.frames,
            self.looks + other.looks,
            self.duration_s + other.duration_s,
            self.took_s + other.took_s,
            self.computed_s + other.computed_s,
        )

    @property
    def looks_per_frame(self) -> float | None:
        """Inferences for each analysed frame."""
        return self.looks / self.frames if self.frames else None

    @property
    def looks_per_s(self) -> float | None:
        """Inferences for each second of video."""
        return self.looks / self.duration_s if self.duration_s else None

    @property
    def frames_per_s(self) -> float | None:
        """Frames analysed in a second on this machine."""
        return self.frames / self.took_s if self.took_s else None

    @property
    def computed_ms_per_frame(self) -> float | None:
        """Processor time for each analysed frame, whatever else the machine does."""
        return self.computed_s * 1000 / self.frames if self.frames else None


def cost_of(observation: Observation) -> Cost:
    """The cost of one video; the baseline's share of the time, a small one, is included."""
    return Cost(
        len(observation.frames),
        sum(frame.looks for frame in observation.frames),
        observation.duration_s,
        observation.took_s,
        observation.computed_s,
    )
