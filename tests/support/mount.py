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

HOME = (HOME_X, HOME_Y)


@dataclass(frozen=True, slots=True)
class Journey:
    """From one place to another."""

    start: Point = HOME
    goal: Point = HOME
    began: float = float("-inf")

    @property
    def way_px(self) -> float:
        """Both motors run at once: the longer way counts."""
        return max(abs(a - b) for a, b in zip(self.start, self.goal, strict=True))


@dataclass
class Mount:
    """The motors: steady speed, after a moment in which nothing happens. Any thread may ask."""

    speed_px: float = 400.0  # a second
    delay_s: float = 0.1
    clock: Callable[[], float] = time.monotonic
    journey: Journey = field(default_factory=Journey)

    def turn(self, pan: float, tilt: float) -> None:
        """By shares of half a picture; no further than the scene reaches."""
        x, y = self.corner()
        x = min(max(x + pan * VIEW_WIDTH / 2, 0.0), float(WORLD_WIDTH - VIEW_WIDTH))
        y = min(max(y - tilt * VIEW_HEIGHT / 2, 0.0), float(WORLD_HEIGHT - VIEW_HEIGHT))
        self.journey = Journey(self.corner(), (x, y), self.clock())

    def go_home(self) -> None:
        """To the preset."""
        self.journey = Journey(self.corner(), HOME, self.clock())

    def corner(self) -> Point:
        """Where the window's top left corner is now."""
        now = self.journey
        gone_px = max(self.clock() - now.began - self.delay_s, 0.0) * self.speed_px
        share = min(gone_px / now.way_px, 1.0) if now.way_px else 1.0
        (x, y), (to_x, to_y) = now.start, now.goal
        return x + share * (to_x - x), y + share * (to_y - y)

    def is_moving(self) -> bool:
        """Whether it has yet to arrive."""
        now = self.journey
        return self.clock() - now.began < self.delay_s + now.way_px / self.speed_px

    def is_home(self) -> bool:
        """Whether it rests at the preset."""
        return not self.is_moving() and self.corner() == HOME
