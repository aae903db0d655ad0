"""The street of `street.py`, larger than the picture, under a camera that turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from picket.domain.frame import Frame, Gray
from picket.domain.gaze import Glance, Shift
from picket.pipeline.camera import FrameResult, step
from picket.pipeline.memory import turn_away
from picket.pipeline.rules import CameraRules, compile_rules
from picket.pipeline.targets import glance_at
from tests.unit.pipeline.scene import FPS, camera
from tests.unit.pipeline.street import HEIGHT, SETTLED, WIDTH, Street, Thing, texture

GROUND_SIZE = 1400, 480
HOME_X, HOME_Y = 300, 150
STEP_PX = 40  # of a turn, from frame to frame
ZOOM_STEP = 1.12  # times larger, from frame to frame
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
    closer: float = 1.0  # times that it enlarges, about its middle
    last: FrameResult | None = None

    def __post_init__(self) -> None:
        self.rules = turning_rules()

    def show(self, *things: Thing) -> None:
        """One frame of where the camera looks."""
        shown = [moved for one in things for moved in self._shown(one)]
        self.detector.things = shown
        yuv = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
        yuv[:HEIGHT] = self._ground()
        for one in shown:
            box = one.box
            look = texture(
                one.seed, round(box.width / self.closer), round(box.height / self.closer)
            )
            yuv[box.y1 : box.y2, box.x1 : box.x2] = cv2.resize(look, (box.width, box.height))
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

    def zoom_to(self, closer: float, things: Sequence[Thing] = ()) -> None:
        """Zoom there in steps, seen by the camera."""
        self.hear(is_home=False)
        while self.closer != closer:
            step = min(max(closer / self.closer, 1 / ZOOM_STEP), ZOOM_STEP)
            self.closer = closer if step == closer / self.closer else self.closer * step
            self.show(*things)

    def hear(self, *, is_home: bool) -> None:
        """What the one who moves the camera says."""
        self.memory = turn_away(self.memory, is_home=is_home)

    def glance(self) -> Glance | None:
        """What the last frame tells the one who moves the camera."""
        assert self.last is not None
        return glance_at(self.memory, self.last.notes, self.rules)

    def _ground(self) -> Gray:
        left = HOME_X + self.left + WIDTH * (1 - 1 / self.closer) / 2
        top = HOME_Y + self.top + HEIGHT * (1 - 1 / self.closer) / 2
        matrix = np.array(
            [[self.closer, 0, -left * self.closer], [0, self.closer, -top * self.closer]]
        )
        return cv2.warpAffine(GROUND, matrix, (WIDTH, HEIGHT)).astype(np.uint8)

    def _shown(self, thing: Thing) -> list[Thing]:
        box, grown = thing.box, self.closer
        moved = Shift(
            grown,
            -self.left * grown + (1 - grown) * WIDTH / 2,
            -self.top * grown + (1 - grown) * HEIGHT / 2,
        ).of(box)
        inside = moved.clipped(WIDTH, HEIGHT)
        if inside is None or inside.area < SHOWN_SHARE * moved.area:
            return []
        return [replace(thing, box=inside)]
