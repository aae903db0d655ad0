"""The newest frames of one camera: one writer, many readers, no lock.

Memory layout: a head counter and when a viewer last asked, then slots. Each slot holds its
sequence number, size, time, the pickled notes and the I420 planes. The writer marks a slot as torn
(sequence 0) before it touches it, and numbers it last; a reader makes its picture from the slot and
then looks at the number again, so a frame that was overtaken is noticed and never shown.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import numpy as np

from picket.domain.errors import FrameOverwritten
from picket.domain.frame import Frame, Yuv
from picket.domain.overlay import FrameNotes
from picket.ipc.block import SharedBlock
from picket.ipc.ring_size import HEAD_BYTES, NOTES_BYTES, SLOT_COUNT, SLOT_HEADER_BYTES, RingSize

Made = TypeVar("Made")

_WORD_BYTES = 8
_HEAD, _ASKED = 0, 1
"""Words at the start: the newest sequence number, and a viewer's time."""
_SEQUENCE, _TIME, _WIDTH, _HEIGHT, _NOTES = range(5)
"""Words of a slot's header."""


class FrameRing:
    """One camera's ring, seen from one process."""

    def __init__(self, block: SharedBlock, size: RingSize) -> None:
        self._map = block.map()
        self._memory = np.frombuffer(self._map, dtype=np.uint8)
        self._size = size
        self._words = memoryview(self._map).cast("q")  # each is written and read at once
        self._times = memoryview(self._map).cast("d")
        self._draft: tuple[int, int, int] | None = None

    @property
    def sequence(self) -> int:
        """Number of the newest published frame; 0 before the first."""
        return self._words[_HEAD]

    @property
    def asked_monotonic(self) -> float:
        """When somebody last wanted to see this camera, in seconds; minus infinity before."""
        return self._times[_ASKED] or float("-inf")

    def ask(self, now_monotonic: float) -> None:
        """Say that somebody wants to see this camera now; the only thing that readers write."""
        self._times[_ASKED] = now_monotonic

    def begin(self, width: int, height: int) -> Yuv:
        """A writable view for the next frame, shape (height * 3 // 2, width); see `publish`.

        Raises: ValueError when the frame does not fit or its sides are odd.
        """
        if width % 2 or height % 2:
            raise ValueError(f"I420 needs even sides, got {width}x{height}")
        if width * height > self._size.max_width * self._size.max_height:
            raise ValueError(
                f"{width}x{height} does not fit a ring made for"
                f" {self._size.max_width}x{self._size.max_height}"
            )
        sequence = self.sequence + 1
        self._words[self._header(sequence) + _SEQUENCE] = 0
        self._draft = (sequence, width, height)
        return self._planes(sequence, width, height)

    def publish(self, frame_time: float, notes: FrameNotes) -> int:
        """Make the frame begun last the newest; returns its number."""
        if self._draft is None:
            raise RuntimeError("publish without begin")
        sequence, width, height = self._draft
        self._draft = None
        packed = _pack_notes(notes)
        header = self._header(sequence)
        start = self._slot_start(sequence) + SLOT_HEADER_BYTES
        self._map[start : start + len(packed)] = packed
        self._times[header + _TIME] = frame_time
        self._words[header + _WIDTH], self._words[header + _HEIGHT] = width, height
        self._words[header + _NOTES] = len(packed)
        self._words[header + _SEQUENCE] = sequence
        self._words[_HEAD] = sequence
        return sequence

    def view_latest(self, make: Callable[[Frame, FrameNotes], Made]) -> Made | None:
        """What `make` makes of the newest frame where it lies, or None before the first.

        The writer may come round meanwhile, so `make` must bear nonsense, be quick, and keep
        nothing of the frame but copies.

        Raises: FrameOverwritten when what was made may be of two frames; ask again.
        """
        sequence = self.sequence
        if sequence == 0:
            return None
        header = self._header(sequence)
        frame_time = self._times[header + _TIME]
        _, _, width, height, notes_bytes = self._words[header : header + 5]
        start = self._slot_start(sequence) + SLOT_HEADER_BYTES
        packed = self._map[start : start + min(notes_bytes, NOTES_BYTES)]
        self._require_whole(sequence)
        planes = self._planes(sequence, width, height)
        notes = pickle.loads(packed)  # noqa: S301  # written by our own worker
        made = make(Frame(frame_time, planes), notes)
        self._require_whole(sequence)
        return made

    def _require_whole(self, sequence: int) -> None:
        if self._words[self._header(sequence) + _SEQUENCE] != sequence:
            raise FrameOverwritten(f"frame {sequence} was overwritten while it was read")

    def _slot_start(self, sequence: int) -> int:
        return HEAD_BYTES + (sequence % SLOT_COUNT) * self._size.slot_bytes

    def _header(self, sequence: int) -> int:
        """Number of its first word."""
        return self._slot_start(sequence) // _WORD_BYTES

    def _planes(self, sequence: int, width: int, height: int) -> Yuv:
        start = self._slot_start(sequence) + SLOT_HEADER_BYTES + NOTES_BYTES
        return self._memory[start : start + width * height * 3 // 2].reshape(height * 3 // 2, width)


def _pack_notes(notes: FrameNotes) -> bytes:
    packed = pickle.dumps(notes, protocol=5)
    if len(packed) > NOTES_BYTES:  # hundreds of objects in one frame: show the picture without them
        packed = pickle.dumps(replace(notes, motion=(), regions=(), objects=()), protocol=5)
    return packed
