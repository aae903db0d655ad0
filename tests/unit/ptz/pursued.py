"""A camera on motors and somebody who walks, without pictures: what the rules see is computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from picket.domain.gaze import Glance, Target
from picket.ptz.commands import GoToPreset, Turn
from picket.ptz.follow import FollowRules, Order, Pursuit, rest, step_pursuit
from picket.ptz.travel import Travel

FPS = 5
Point = tuple[float, float]
"""Pictures to the right of and below the middle of the picture at home."""


@dataclass
class Motors:
    """Where the middle of the picture is, at any time so far."""

    travel: Travel
    limit: float = 10.0  # pictures from home, to either side
    path: list[tuple[float, Point, float, Point]] = field(default_factory=list)

    def at(self, now: float) -> Point:
        for began, start, ended, goal in reversed(self.path):
            if now >= began:
                share = min((now - began) / (ended - began), 1.0) if ended > began else 1.0
                return (
                    start[0] + share * (goal[0] - start[0]),
                    start[1] + share * (goal[1] - start[1]),
                )
        return 0.0, 0.0

    def obey(self, order: Order, now: float) -> float:
        """When it rests."""
        x, y = self.at(now)
        goal, seconds = (0.0, 0.0), 1.0
        if isinstance(order, Turn):
            goal = self._limited(x + order.pan / 2), self._limited(y - order.tilt / 2)
            seconds = self.travel.duration_s(order)
        pause_s = min(self.travel.pause_s, seconds)
        self.path.append((now + pause_s, (x, y), now + seconds, goal))
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
    pursuit: Pursuit = field(default_factory=Pursuit)
    orders: list[tuple[float, Order]] = field(default_factory=list)
    offsets: list[tuple[float, float]] = field(default_factory=list)  # time, pictures off

    def run(self, seconds: float) -> None:
        busy_until, busy_with = 0.0, None
        for number in range(int(seconds * FPS)):
            now = number / FPS
            if busy_with is not None and now >= busy_until:
                self.pursuit = rest(self.pursuit, busy_with, busy_until)
                busy_with = None
            place, (x, y) = self.walker(now), self.motors.at(now)
            if place is not None:
                self.offsets.append((now, max(abs(place[0] - x), abs(place[1] - y))))
            if busy_with is not None:
                continue
            glance = self._glance(now)
            self.pursuit, order = step_pursuit(self.pursuit, glance, now, self.rules)
            if order is not None:
                self.orders.append((now, order))
                busy_until, busy_with = self.motors.obey(order, now), order

    def turns(self) -> list[Turn]:
        return [order for _, order in self.orders if isinstance(order, Turn)]

    def returns(self) -> list[float]:
        return [now for now, order in self.orders if isinstance(order, GoToPreset)]

    def _glance(self, now: float) -> Glance:
        then, before = now - self.delay_s, now - self.delay_s - 1 / FPS
        (x, y), (old_x, old_y) = self.motors.at(then), self.motors.at(before)
        is_turning = max(abs(x - old_x), abs(y - old_y)) > 0.005
        return Glance(now, self._targets(then), -x, -y, is_turning=is_turning)

    def _targets(self, then: float) -> tuple[Target, ...]:
        place, earlier = self.walker(then), self.walker(then - 1 / FPS)
        if place is None or earlier is None:
            return ()
        x, y = self.motors.at(then)
        shown = place[0] - x + 0.5, place[1] - y + 0.5
        if not all(0 <= part <= 1 for part in shown):
            return ()
        speeds = (place[0] - earlier[0]) * FPS, (place[1] - earlier[1]) * FPS
        return (
            Target(
                *("1.0-a", "person", *shown, *speeds),
                is_sure=True,
                is_moving=speeds != (0, 0),
                is_stationary=False,
                entered_zones=("gate",),
            ),
        )
