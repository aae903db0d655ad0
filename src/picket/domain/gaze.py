"""Where a camera that moves is looking, and what it could follow there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from picket.domain.geometry import Box


class View(Enum):
    """What a camera shows."""

    HOME = auto()  # what it was set up for: zones and what stands about are known here
    AWAY = auto()  # something else, standing still
    TURNING = auto()  # the picture itself moves


@dataclass(frozen=True, slots=True)
class Shift:
    """Where points of one picture are in the next: first scaled about its corner, then moved."""

    scale: float = 1.0
    dx: float = 0.0  # pixels to the right
    dy: float = 0.0  # pixels down

    def of(self, box: Box) -> Box:
        """Where a box is in the next picture; it may lie outside."""
        x1, y1 = round(box.x1 * self.scale + self.dx), round(box.y1 * self.scale + self.dy)
        x2, y2 = round(box.x2 * self.scale + self.dx), round(box.y2 * self.scale + self.dy)
        return Box(x1, y1, max(x2, x1 + 1), max(y2, y1 + 1))

    def then(self, other: Shift) -> Shift:
        """Both, one after the other."""
        dx, dy = self.dx * other.scale + other.dx, self.dy * other.scale + other.dy
        return Shift(self.scale * other.scale, dx, dy)


@dataclass(frozen=True, slots=True)
class Target:
    """An object that could be followed; lengths are shares of the picture."""

    id: str
    label: str
    x: float  # its centre, 0..1 from the left
    y: float  # 0..1 from the top
    x_speed: float  # a second, as if the camera stood still
    y_speed: float
    is_sure: bool  # this very frame shows it beyond doubt
    is_moving: bool
    is_stationary: bool  # it has stood for long
    entered_zones: tuple[str, ...] = ()
    width: float = 0.0  # of its box
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """What others need to know of a camera that follows objects."""

    camera: str
    is_home: bool  # it rests where it was set up to look
    is_following: bool


@dataclass(frozen=True, slots=True)
class Glance:
    """One frame, as whoever moves the camera needs it."""

    frame_time: float  # Unix seconds
    targets: tuple[Target, ...] = ()  # believed, in the order in which they were met
    turned_x: float = 0.0  # pictures that its content moved to the right since the camera left home
    turned_y: float = 0.0  # … and down
    enlarged: float = 1.0  # times that its content grew since then, about the middle
    is_turning: bool = False  # the picture moved since the frame before
