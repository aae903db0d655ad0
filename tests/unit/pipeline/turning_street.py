"""The street of `street.py`, larger than the picture, under a camera that turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from picket.domain.frame import Frame, Gray
from picket.domain.gaze import Glance
from picket.domain.geometry import Box
from picket.pipeline.camera import FrameResult, step
from picket.pipeline.memory import turn_away
from picket.pipeline.rules import CameraRules, compile_rules
from picket.pipeline.targets import glance_at
from tests.unit.pipeline.scene import FPS, camera
from tests.unit.pipeline.street import HEIGHT, SETTLED, WIDTH, Street, Thing, texture

GROUND_SIZE = 1400, 480
HOME_X, HOME_Y = 300, 150
STEP_PX = 40  # of a turn, from frame to frame
SHOWN_SHARE = 0.5  # of a thing, for a detector to find it


def turning_rules(**sections: object) -> CameraRules:
    return compile_rules(
        camera(
            objects={"track": ["car", "person"]},
            detect={"stationary": {"threshold": SETTLED, "interval": 10}},
            onvif={
                "host": "camera",
                "autotracking": {
                    "enabled": True,
                    "enabled_in_config": True,
                    "required_zones": ["all"],
                },
            },
            **({"zones": {"all": {"coordinates": "0,0,319,0,319,179,0,179"}}} | sections),
        ),
        WIDTH,
        HEIGHT,
    )


def draw_ground() -> Gray:
    rough = texture(40, *GROUND_SIZE).astype(np.int16)
    fine = np.random.default_rng(8).integers(-40, 40, (120, 350)).astype(np.float32)
    grain = cv2.resize(fine, GROUND_SIZE, interpolation=cv2.INTER_CUBIC)
    return (rough + grain.astype(np.int16)).clip(0, 255).astype(np.uint8)


GROUND = draw_ground()


@dataclass
class TurningStreet(Street):
    """Things lie in pixels of the home picture, wherever the camera looks."""

    left: int = 0  # of the picture, from home
    top: int = 0
    last: FrameResult | None = None

    def __post_init__(self) -> None:
        self.rules = turning_rules()

    def show(self, *things: Thing) -> None:
        """One frame of where the camera looks."""
        shown = [moved for one in things for moved in self._shown(one)]
        self.detector.things = shown
        yuv = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
        x, y = HOME_X + self.left, HOME_Y + self.top
        yuv[:HEIGHT] = GROUND[y : y + HEIGHT, x : x + WIDTH]
        for one in shown:
            box = one.box
            yuv[box.y1 : box.y2, box.x1 : box.x2] = texture(one.seed, box.width, box.height)
        self.memory, self.last = step(
            self.memory, Frame(self.time, yuv), self.detector, self.rules, lambda: self._draws()
        )
        self.told += self.last.happenings
        self.time = round(self.time + 1 / FPS, 3)

    def turn_to(self, left: int, top: int, things: Sequence[Thing] = ()) -> None:
        """Turn there in steps, seen by the camera."""
        self.hear(is_home=False)
        while (self.left, self.top) != (left, top):
            self.left += max(min(left - self.left, STEP_PX), -STEP_PX)
            self.top += max(min(top - self.top, STEP_PX), -STEP_PX)
            self.show(*things)

    def hear(self, *, is_home: bool) -> None:
        """What the one who moves the camera says."""
        self.memory = turn_away(self.memory, is_home=is_home)

    def glance(self) -> Glance | None:
        """What the last frame tells the one who moves the camera."""
        assert self.last is not None
        return glance_at(self.memory, self.last.notes, self.rules)

    def _shown(self, thing: Thing) -> list[Thing]:
        box = thing.box
        moved = Box(box.x1 - self.left, box.y1 - self.top, box.x2 - self.left, box.y2 - self.top)
        inside = moved.clipped(WIDTH, HEIGHT)
        if inside is None or inside.area < SHOWN_SHARE * box.area:
            return []
        return [replace(thing, box=inside)]
