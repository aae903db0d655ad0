"""The words shared by every output family."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from picket.detect.decode.candidates import Candidates

Floats = npt.NDArray[np.float32]
"""Float32 of any shape."""

Shape = tuple[int, ...]
"""Axes of an output as the file states them; 0 where it leaves one open."""

PixelFormat = Literal["rgb", "bgr"]

UNKNOWN_CLASSES = 0
"""Class count of a file whose outputs do not tell it."""


@dataclass(frozen=True, slots=True)
class InputSize:
    """Pixels of a network's input."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


@dataclass(frozen=True, slots=True)
class Preparation:
    """How bytes become the numbers a network was trained on: `(byte - mean) / std` per channel.

    `mean` and `std` are in byte units (0..255) and in the order of `pixel_format`.
    """

    pixel_format: PixelFormat
    mean: tuple[float, float, float] = (0.0, 0.0, 0.0)
    std: tuple[float, float, float] = (1.0, 1.0, 1.0)

    def in_order(self, pixel_format: str) -> Preparation:
        """The same for channels in this order."""
        if pixel_format == self.pixel_format:
            return self
        (m1, m2, m3), (s1, s2, s3) = self.mean, self.std
        reverse: PixelFormat = "bgr" if self.pixel_format == "rgb" else "rgb"
        return Preparation(reverse, (m3, m2, m1), (s3, s2, s1))


@dataclass(frozen=True, slots=True)
class Family:
    """Everything that files of one `model.model_type` have in common.

    `count_classes` answers None when the outputs are not of this family. `decode` turns outputs
    (in file order, batch of one) into candidates relative to the input, 0..1.
    """

    name: str
    outputs: str  # in words, for messages
    preparation: Preparation
    count_classes: Callable[[Sequence[Shape], InputSize], int | None]
    decode: Callable[[Sequence[Floats], InputSize], Candidates]
    assumed_classes: int = 80  # COCO's numbering where the file does not tell the count
    nms_iou: float = 0.5  # overlap from which two boxes of a label are one object
    also_called: tuple[str, ...] = ()  # other words of Frigate's for it in `model.model_type`
