"""A window of sound, and how loud it is. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

RATE = 16_000
"""Samples a second: what YAMNet was trained on."""

WINDOW_SAMPLES = 15_600
"""0.975 s: what YAMNet takes at once, and how often clients are told of the loudness."""

WINDOW_S = WINDOW_SAMPLES / RATE

FULL_SCALE = 32_768
"""The loudest 16-bit sample. Limits and loudness are in its count, as in Frigate."""

Samples = npt.NDArray[np.float32]
"""One channel, shape (WINDOW_SAMPLES,), -1..1."""


@dataclass(frozen=True, slots=True)
class Window:
    """Sound without a hole."""

    start_time: float  # Unix seconds of its first sample
    samples: Samples

    @property
    def end_time(self) -> float:
        """Unix seconds."""
        return self.start_time + WINDOW_S


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud a window is; the empty value is silence."""

    rms: float = 0.0  # of 16-bit samples, 0..32768
    dbfs: float = 0.0  # decibels below the loudest possible; 0.0 for silence, as clients know it


SILENCE = Loudness()


def measure(samples: Samples) -> Loudness:
    """The loudness of samples in -1..1."""
    rms = float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))) * FULL_SCALE
    return Loudness(rms, 20 * math.log10(rms / FULL_SCALE)) if rms > 0 else SILENCE
