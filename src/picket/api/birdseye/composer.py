"""The common picture: made when somebody looks, once for all who look."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from picket.api.birdseye.choice import Candidate, Choice, Room, choose, idle_s
from picket.api.birdseye.idle import render_idle
from picket.api.birdseye.layout import arrange
from picket.api.live_frames import LiveFrames
from picket.api.offline import detect_size
from picket.api.ports import LiveCameras
from picket.config.root import Config
from picket.domain.frame import Frame, Yuv
from picket.domain.geometry import Box
from picket.media.mosaic import black, paste, scaled

LEAST_INTERVAL_S = 0.1
"""More than ten pictures a second are not made."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the picture is made of; it stays as long as the same cameras are shown."""

    width: int  # pixels, even
    height: int
    shapes: tuple[tuple[str, float], ...] = ()  # cameras in order, with width over height


@dataclass(frozen=True, slots=True, eq=False)
class Composed:
    """A finished picture, which nobody changes any more."""

    number: int  # another one for each picture
    frame: Frame


@dataclass(frozen=True, slots=True, eq=False)
class _Tile:
    """One camera in the picture, kept in the size that it has there."""

    box: Box
    frames: LiveFrames


class Birdseye:
    """Any thread may look; nothing is done while nobody does."""

    def __init__(self, config: Callable[[], Config], live: LiveCameras, logo: Path) -> None:
        self._config = config
        self._live = live
        self._logo = logo
        self._lock = threading.Lock()
        self._looked_time = float("-inf")
        self._choice = Choice()
        self._plan: Plan | None = None
        self._tiles: tuple[_Tile, ...] = ()
        self._composed = Composed(0, Frame(0.0, black(2, 2)))

    def look(self, now: float) -> Composed:
        """The newest picture; `now` is Unix seconds."""
        with self._lock:
            if not 0 <= now - self._looked_time < LEAST_INTERVAL_S:
                self._looked_time = now
                self._refresh(now)
            return self._composed

    def _refresh(self, now: float) -> None:
        """Only cameras that show something else than before are drawn again."""
        plan = self._next_plan(now)
        is_new = plan != self._plan
        if is_new:
            self._plan, self._tiles = plan, tuple(self._lay_out(plan))
        changed = [tile for tile in self._tiles if tile.frames.look(now)]
        if not is_new and not changed:
            return
        canvas = self._ground(plan) if is_new else self._composed.frame.yuv.copy()
        for tile in changed:
            if tile.frames.newest is not None:
                paste(tile.frames.newest, canvas, tile.box)
        self._composed = Composed(self._composed.number + 1, Frame(now, canvas))

    def _next_plan(self, now: float) -> Plan:
        config = self._config()
        birdseye, statuses = config.birdseye, self._live.cameras()
        room = Room(birdseye.inactivity_threshold, birdseye.layout.max_cameras)
        self._choice = choose(self._choice, self._candidates(config, now), room, now)
        sizes = {
            name: detect_size(config, name, statuses.get(name)) for name in self._choice.cameras
        }
        shapes = tuple((name, width / height) for name, (width, height) in sizes.items())
        return Plan(birdseye.width // 2 * 2, birdseye.height // 2 * 2, shapes)

    def _candidates(self, config: Config, now: float) -> Iterator[Candidate]:
        for name, camera in config.cameras.items():
            wish = camera.birdseye
            if camera.enabled and wish.enabled and config.birdseye.enabled:
                yield Candidate(name, wish.order, idle_s(wish.mode, self._live.notes(name), now))

    def _lay_out(self, plan: Plan) -> Iterator[_Tile]:
        boxes = arrange([ratio for _, ratio in plan.shapes], plan.width, plan.height)
        for (name, _), box in zip(plan.shapes, boxes, strict=True):
            if box is not None:
                keep = partial(scaled, width=box.width, height=box.height)
                yield _Tile(box, LiveFrames(self._config, self._live, name, keep))

    def _ground(self, plan: Plan) -> Yuv:
        if plan.shapes:
            return black(plan.width, plan.height)
        return render_idle(plan.width, plan.height, self._logo)


class BirdseyeFrames:
    """Follows the common picture for one reader, as LiveFrames does a camera."""

    def __init__(self, birdseye: Birdseye) -> None:
        self._birdseye = birdseye
        self._number = 0
        self.newest: Yuv | None = None

    def look(self, now: float) -> bool:
        """See LiveFrames."""
        composed = self._birdseye.look(now)
        is_new = composed.number != self._number
        self._number, self.newest = composed.number, composed.frame.yuv
        return is_new
