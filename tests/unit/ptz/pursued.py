"""A camera on motors and somebody who walks, without pictures: what the rules see is computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import exp

from picket.domain.gaze import Glance, Target
from picket.ptz.commands import GoToPreset, Turn, ZoomBy
from picket.ptz.follow import FollowRules, Order, Pursuit, rest, step_pursuit
from picket.ptz.travel import Travel

FPS = 5
Point = tuple[float, float]
"""Pictures to the right of and below the middle of the picture at home."""


Place = tuple[float, float, float]
"""Where a camera looks, as a point, and the share of its range that it zoomed in."""

HOME = (0.0, 0.0, 0.0)


@dataclass
class Motors:
    """Where the middle of the picture is, and how much it is enlarged, at any time so far."""

    travel: Travel
    limit: float = 10.0  # pictures from home, to either side
    zoom_s: float = 4.0  # through the whole range
    optics: Callable[[float], float] = lambda share: exp(3 * share)  # times
    longest: float = 1.0  # share of the range that is left at home
    path: list[tuple[float, Place, float, Place]] = field(default_factory=list)

    def at(self, now: float) -> Place:
        for began, start, ended, goal in reversed(self.path):
            if now >= began:
                share = min((now - began) / (ended - began), 1.0) if ended > began else 1.0
                x, y, zoom = (a + share * (b - a) for a, b in zip(start, goal, strict=True))
                return x, y, zoom
        return HOME

    def times(self, now: float) -> float:
        return self.optics(self.at(now)[2])

    def obey(self, order: Order, now: float) -> float:
        """When it rests."""
        x, y, zoom = self.at(now)
        goal, seconds, times = HOME, 1.0, self.times(now)
        if isinstance(order, Turn):
            goal = (
                self._limited(x + order.pan / 2 / times),
                self._limited(y - order.tilt / 2 / times),
                zoom,
            )
            seconds = self.travel.closer_by(times).duration_s(order)
        elif isinstance(order, ZoomBy):
            goal = x, y, min(zoom + order.closer, self.longest)
            seconds = self.travel.pause_s + self.zoom_s * abs(goal[2] - zoom)
        pause_s = min(self.travel.pause_s, seconds)
        self.path.append((now + pause_s, (x, y, zoom), now + seconds, goal))
        return now + seconds

    def _limited(self, where: float) -> float:
        return min(max(where, -self.limit), self.limit)


@dataclass
class Chase:
    """The closed loop: the rules see the picture of some time ago, and motors obey at once."""

    walker: Callable[[float], Point | None]
    rules: FollowRules
    motors: Motors
    delay_s: float = 0.3  # of the picture
    width: float = 0.05  # of his box at home
    height: float = 0.2
    tremble: float = 0.0  # share by which his box is too large or too small, by turns
    is_blind: bool = False  # the picture cannot tell that it grew, as in a crowd
    pursuit: Pursuit = field(default_factory=Pursuit)
    orders: list[tuple[float, Order]] = field(default_factory=list)
    offsets: list[tuple[float, float]] = field(default_factory=list)  # time, pictures off
    sides: list[float] = field(default_factory=list)  # of his box, once a frame
    enlarged: list[float] = field(default_factory=list)

    def run(self, seconds: float) -> None:
        busy_until, busy_with = 0.0, None
        for number in range(int(seconds * FPS)):
            now = number / FPS
            if busy_with is not None and now >= busy_until:
                self.pursuit = rest(self.pursuit, busy_with, busy_until)
                busy_with = None
            self._note(now)
            if busy_with is not None:
                continue
            glance = self._glance(now)
            self.pursuit, order = step_pursuit(self.pursuit, glance, now, self.rules)
            if order is not None:
                self.orders.append((now, order))
                busy_until, busy_with = self.motors.obey(order, now), order

    def _note(self, now: float) -> None:
        place, (x, y, _), times = self.walker(now), self.motors.at(now), self.motors.times(now)
        if place is not None:
            off = max(abs(place[0] - x), abs(place[1] - y)) * times
            self.offsets.append((now, off))
            self.sides.append(max(self.width, self.height) * times)
            self.enlarged.append(times)

    def zooms(self) -> list[float]:
        return [order.closer for _, order in self.orders if isinstance(order, ZoomBy)]

    def turns(self) -> list[Turn]:
        return [order for _, order in self.orders if isinstance(order, Turn)]

    def returns(self) -> list[float]:
        return [now for now, order in self.orders if isinstance(order, GoToPreset)]

    def _glance(self, now: float) -> Glance:
        then, before = now - self.delay_s, now - self.delay_s - 1 / FPS
        (x, y, zoom), (old_x, old_y, old_zoom) = self.motors.at(then), self.motors.at(before)
        moved = max(abs(x - old_x), abs(y - old_y), abs(zoom - old_zoom))
        times = self.motors.times(then)
        return Glance(
            *(now, self._targets(then), -x * times, -y * times),
            1.0 if self.is_blind else times,
            is_turning=moved > 0.005,
        )

    def _targets(self, then: float) -> tuple[Target, ...]:
        place, earlier = self.walker(then), self.walker(then - 1 / FPS)
        if place is None or earlier is None:
            return ()
        (x, y, _), times = self.motors.at(then), self.motors.times(then)
        box = times * (1 + self.tremble * (1, -1, 0)[round(then * FPS) % 3])
        shown = (place[0] - x) * times + 0.5, (place[1] - y) * times + 0.5
        if not all(0 <= part <= 1 for part in shown):
            return ()
        speeds = (place[0] - earlier[0]) * FPS * times, (place[1] - earlier[1]) * FPS * times
        return (
            Target(
                *("1.0-a", "person", *shown, *speeds),
                is_sure=True,
                is_moving=speeds != (0, 0),
                is_stationary=False,
                entered_zones=("gate",),
                width=self.width * box,
                height=self.height * box,
            ),
        )
