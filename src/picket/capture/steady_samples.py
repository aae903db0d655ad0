"""Decoded sound in pieces of one length, each at its true time; pure.

An encoder counts samples, a camera counts time: what was lost between two packets would pull the
sound ahead of the picture for good. A hole is filled with silence, what comes twice is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]
"""Shape (channels, samples), -1..1."""

MAX_SLIP_S = 0.01
"""Times of packets may be rounded; a larger difference is a hole or a repetition."""

LONGEST_FILL_S = 1.0
"""After a longer hole the count begins anew."""


class SteadySamples:
    """What was decoded and not yet handed on, with the time of its first sample."""

    def __init__(self, rate: int, channels: int, size: int) -> None:
        self._rate = rate
        self._size = size
        self._waiting: Samples = np.zeros((channels, 0), np.float32)
        self._start_s = 0.0
        self._has_begun = False

    def add(self, time_s: float, samples: Samples) -> Iterator[tuple[float, Samples]]:
        """Take the samples of a packet; the whole pieces and their start, in seconds.

        Args:
            time_s: of the first sample.
            samples: of as many channels as at the start.
        """
        fitted = self._fitted(time_s, samples)  # may forget what waits
        self._waiting = np.concatenate([self._waiting, fitted], axis=1)
        while self._waiting.shape[1] >= self._size:
            piece, self._waiting = np.split(self._waiting, [self._size], axis=1)
            yield self._start_s, np.ascontiguousarray(piece)
            self._start_s += self._size / self._rate

    def _fitted(self, time_s: float, samples: Samples) -> Samples:
        """The samples as they follow what waits."""
        channels, waiting = self._waiting.shape
        slip_s = time_s - self._start_s - waiting / self._rate
        if not self._has_begun or slip_s > LONGEST_FILL_S:
            self._has_begun, self._start_s = True, time_s
            self._waiting = np.zeros((channels, 0), np.float32)
            return samples
        slip = round(slip_s * self._rate)
        if slip_s > MAX_SLIP_S:
            return np.concatenate([np.zeros((channels, slip), np.float32), samples], axis=1)
        return samples[:, -slip:] if slip_s < -MAX_SLIP_S else samples
