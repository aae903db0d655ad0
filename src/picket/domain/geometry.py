"""Boxes and polygons in the pixels of the detect stream."""

from __future__ import annotations

from dataclasses import dataclass

RelativeBox = tuple[float, float, float, float]
"""(x, y, width, height) as shares of the frame, 0..1: the form of the HTTP API."""

Polygon = tuple[tuple[int, int], ...]
"""Corner points (x, y) in pixels of the detect stream."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, half-open: x1 <= x < x2, y1 <= y < y2."""

    x1: int
    y1: int
    x2: int
    y2: int

    @classmethod
    def from_relative(cls, box: RelativeBox, width: int, height: int) -> Box:
        """The pixels of a relative box in a frame of this size, at least one."""
        x1, y1 = round(box[0] * width), round(box[1] * height)
        x2, y2 = round((box[0] + box[2]) * width), round((box[1] + box[3]) * height)
        return cls(x1, y1, max(x2, x1 + 1), max(y2, y1 + 1))

    def __post_init__(self) -> None:
        if self.x1 >= self.x2 or self.y1 >= self.y2:
            raise ValueError(
                f"a box needs x1 < x2 and y1 < y2, got ({self.x1}, {self.y1}, {self.x2}, {self.y2})"
            )

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return self.x2 - self.x1

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return self.y2 - self.y1

    @property
    def area(self) -> int:
        """Square pixels."""
        return self.width * self.height

    @property
    def ratio(self) -> float:
        """Width over height."""
        return self.width / self.height

    @property
    def center(self) -> tuple[float, float]:
        """The middle (x, y)."""
        return (self.x1 + self.x2) / 2, (self.y1 + self.y2) / 2

    @property
    def bottom_center(self) -> tuple[int, int]:
        """Where an upright object meets the ground: the point that zones and masks test."""
        return (self.x1 + self.x2) // 2, self.y2

    def intersection(self, other: Box) -> int:
        """Shared area in square pixels."""
        # Asked hundreds of times a frame, and most pairs are apart.
        if self.x1 >= other.x2 or other.x1 >= self.x2:
            return 0
        if self.y1 >= other.y2 or other.y1 >= self.y2:
            return 0
        width = min(self.x2, other.x2) - max(self.x1, other.x1)
        return width * (min(self.y2, other.y2) - max(self.y1, other.y1))

    def overlaps(self, other: Box) -> bool:
        """Whether at least one pixel is shared."""
        return self.intersection(other) > 0

    def contains(self, other: Box) -> bool:
        """Whether the other lies fully inside, edges included."""
        return (
            self.x1 <= other.x1
            and self.y1 <= other.y1
            and self.x2 >= other.x2
            and self.y2 >= other.y2
        )

    def iou(self, other: Box) -> float:
        """Intersection over union, 0..1.

        Source: Everingham et al. 2010, "The PASCAL VOC Challenge", section 4.2.
        """
        shared = self.intersection(other)
        return shared / (self.area + other.area - shared) if shared else 0.0

    def union(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.x1, other.x1),
            min(self.y1, other.y1),
            max(self.x2, other.x2),
            max(self.y2, other.y2),
        )

    def clipped(self, width: int, height: int) -> Box | None:
        """The part inside a frame of this size, or None when nothing is left."""
        x1, y1 = max(self.x1, 0), max(self.y1, 0)
        x2, y2 = min(self.x2, width), min(self.y2, height)
        return Box(x1, y1, x2, y2) if x1 < x2 and y1 < y2 else None

    def relative(self, width: int, height: int) -> RelativeBox:
        """(x, y, width, height) as shares of a frame of this size."""
        return (
            self.x1 / width,
            self.y1 / height,
            self.width / width,
            self.height / height,
        )
