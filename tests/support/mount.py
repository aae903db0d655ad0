"""The motors of a camera, whose picture is a window into a larger scene."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

VIEW_WIDTH, VIEW_HEIGHT = 640, 360
WORLD_WIDTH, WORLD_HEIGHT = 1920, 720
HOME_X, HOME_Y = 320.0, 160.0
"""Top left corner of the window at the preset."""


Point = tuple[float, float]
"""Left and top, pixels of the scene."""

Place = tuple[float, float, float]
"""Left and top of the window as it is without zoom, and the share of the zoom's range."""

HOME = (HOME_X, HOME_Y, 0.0)
LARGEST = 4.0
"""Times that the picture is enlarged at the end of the range."""


@dataclass(frozen=True, slots=True)
class Journey:
    """From one place to another."""

    start: Place = HOME
    goal: Place = HOME
    began: float = float("-inf")

    @property
    def way_px(self) -> float:
        """All motors run at once: the longest way counts."""
        right, down, closer = (abs(a - b) for a, b in zip(self.start, self.goal, strict=True))
        return max(right, down, closer * VIEW_WIDTH)


@dataclass
class Mount:
    """The motors: steady speed, after a moment in which nothing happens. Any thread may ask."""

    speed_px: float = 400.0  # a second
    delay_s: float = 0.1
    clock: Callable[[], float] = time.monotonic
    journey: Journey = field(default_factory=Journey)

    def turn(self, pan: float, tilt: float) -> None:
        """By shares of half a picture; no further than the scene reaches."""
        x, y, zoom = self.place()
        x = min(max(x + pan * VIEW_WIDTH / 2 / self.times(), 0.0), float(WORLD_WIDTH - VIEW_WIDTH))
        y = y - tilt * VIEW_HEIGHT / 2 / self.times()
        y = min(max(y, 0.0), float(WORLD_HEIGHT - VIEW_HEIGHT))
        self._go((x, y, zoom))

    def zoom_to(self, share: float) -> None:
        """To a share of the range, as far as it reaches."""
        x, y, _ = self.place()
        self._go((x, y, min(max(share, 0.0), 1.0)))

    def go_home(self) -> None:
        """To the preset, which stores the zoom as well."""
        self._go(HOME)

    def place(self) -> Place:
        """Where it looks now."""
        now = self.journey
        gone_px = max(self.clock() - now.began - self.delay_s, 0.0) * self.speed_px
        share = min(gone_px / now.way_px, 1.0) if now.way_px else 1.0
        x, y, zoom = (a + share * (b - a) for a, b in zip(now.start, now.goal, strict=True))
        return x, y, zoom

    def times(self) -> float:
        """How much the picture is enlarged now."""
        return float(LARGEST ** self.place()[2])

    def window(self) -> tuple[Point, float]:
        """The window's top left corner now, and the times that what is in it is enlarged."""
        x, y, zoom = self.place()
        times = float(LARGEST**zoom)
        left, top = (side * (1 - 1 / times) / 2 for side in (VIEW_WIDTH, VIEW_HEIGHT))
        return (x + left, y + top), times

    def is_moving(self) -> bool:
        """Whether it has yet to arrive."""
        now = self.journey
        return self.clock() - now.began < self.delay_s + now.way_px / self.speed_px

    def is_home(self) -> bool:
        """Whether it rests at the preset."""
        return not self.is_moving() and self.place() == HOME

    def _go(self, goal: Place) -> None:
        self.journey = Journey(self.place(), goal, self.clock())
