"""Whom a camera follows, how it turns to keep him in the middle, and when it goes home. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from picket.domain.gaze import Glance, Target
from picket.ptz.commands import GoToPreset, Turn, ZoomBy
from picket.ptz.follow_zoom import (
    Zoomed,
    ZoomRules,
    believed_growth,
    is_zoom_shown,
    learn_zoom,
    zoom_in,
    zoom_out,
)
from picket.ptz.travel import Travel

DEAD_BAND = 0.1
"""Pictures off the middle that are left alone: boxes tremble by a tenth of that, and who walks a
picture in five seconds has half a second of peace."""
LEAST_TURN = 0.02
"""In halves of the picture; a motor hums for less, and nobody sees it."""
FURTHEST_AHEAD = 0.25
"""Pictures: nobody is aimed at further from where he is, however fast a box seems to fly."""
REACH = 0.25
"""Pictures between where the target was lost and somebody else who may be him."""
ARRIVED_SHARE = 0.5
"""Of a turn; so much of it in the picture shows that it began."""
PATIENCE_S = 2.0
"""So long after its end a turn is waited for in the picture: at its stop a camera does not turn."""

NEVER = float("-inf")


@dataclass(frozen=True, slots=True)
class FollowRules:
    """The settings of one camera."""

    labels: Collection[str]
    zones: Collection[str]  # that a target has entered one of
    timeout_s: float  # without a target, before it goes home
    home: str  # name of the preset
    travel: Travel
    zoom: ZoomRules | None = None  # None: it does not


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the target was last, in pictures; it moves with the picture."""

    x: float
    y: float
    glance: Glance  # that showed it


@dataclass(frozen=True, slots=True)
class Aim:
    """A move that was ordered, and the picture before it."""

    order: Turn | ZoomBy
    glance: Glance
    target: Target


@dataclass(frozen=True, slots=True)
class Pursuit:
    """What is remembered; the empty value is a camera at home that follows nobody."""

    target: str | None = None  # its id
    label: str = ""
    spot: Spot | None = None
    seen_time: float = NEVER  # when there was last somebody to follow; any steady clock
    is_home: bool = True
    aim: Aim | None = None  # the picture has not shown it yet
    rested_time: float = NEVER  # when the camera last came to rest, by the same clock
    free_time: float = NEVER  # before this the camera is somebody else's
    zoomed: Zoomed = field(default_factory=Zoomed)

    @property
    def is_following(self) -> bool:
        """Whether clients are told that it follows: until it goes home."""
        return self.target is not None


Order = Turn | ZoomBy | GoToPreset


def step_pursuit(
    pursuit: Pursuit, glance: Glance | None, now: float, rules: FollowRules
) -> tuple[Pursuit, Order | None]:
    """What one more frame means for a camera that rests.

    Args:
        pursuit: as handed back before.
        glance: the newest frame; None when there was none for a second.
        now: seconds of a steady clock.
        rules: of the camera.

    Returns: an order, after whose end `rest` must be told.
    """
    if now < pursuit.free_time:
        return pursuit, None
    target = _choose(pursuit, glance, rules) if glance is not None else None
    if glance is None or target is None:
        return _miss(pursuit, now, rules)
    spot = Spot(target.x, target.y, glance)
    pursuit = replace(pursuit, target=target.id, label=target.label, spot=spot, seen_time=now)
    if not _is_settled(pursuit, glance, target, now):
        return pursuit, None
    pursuit = replace(_learn(pursuit, glance, target), aim=None)
    order = _move_to(target, pursuit.zoomed, rules)
    if order is None:
        return pursuit, None
    return replace(pursuit, aim=Aim(order, glance, target), is_home=False), order


def rest(pursuit: Pursuit, order: Order, now: float) -> Pursuit:
    """The camera has carried an order out and stands still."""
    if isinstance(order, GoToPreset):
        return Pursuit(rested_time=now)
    return replace(pursuit, rested_time=now)


def give_way(now: float, rules: FollowRules) -> Pursuit:
    """Somebody moves the camera by hand: for the time-out it is his, and stays where he left it."""
    return Pursuit(is_home=False, free_time=now + rules.timeout_s)


def aim_at(target: Target, travel: Travel) -> Turn | None:
    """The turn that brings a target to the middle by the time it ends; None if it is there.

    A turn takes longer the further it goes, and he walks on meanwhile: the second guess knows how
    far the first one is, which is as exact as a walk is steady.
    """
    if max(abs(target.x - 0.5), abs(target.y - 0.5)) < DEAD_BAND:
        return None
    turn = _turn_to(target.x, target.y)
    for _ in range(2):
        ahead_s = travel.duration_s(turn)
        turn = _turn_to(
            target.x + _limited(target.x_speed * ahead_s, FURTHEST_AHEAD),
            target.y + _limited(target.y_speed * ahead_s, FURTHEST_AHEAD),
        )
    turn = Turn(_worth(turn.pan), _worth(turn.tilt))
    return turn if turn.pan or turn.tilt else None


def _choose(pursuit: Pursuit, glance: Glance, rules: FollowRules) -> Target | None:
    """Who is followed: who was, or who may be him, or the first who may be followed at all."""
    if pursuit.target is None:
        return next((one for one in glance.targets if _may_begin(one, rules)), None)
    same = next((one for one in glance.targets if one.id == pursuit.target), None)
    if same is not None and same.is_sure and not same.is_stationary:
        return same
    return next((one for one in glance.targets if _may_be(pursuit, one, glance)), None)


def _may_begin(target: Target, rules: FollowRules) -> bool:
    has_entered = not rules.zones or any(zone in rules.zones for zone in target.entered_zones)
    return target.label in rules.labels and target.is_sure and target.is_moving and has_entered


def _may_be(pursuit: Pursuit, other: Target, glance: Glance) -> bool:
    """Whether somebody else is likely who was lost: trackers lose people behind posts."""
    spot = pursuit.spot
    if spot is None or other.id == pursuit.target or other.label != pursuit.label:
        return False
    x, y = _carried(spot.x - 0.5, spot.y - 0.5, spot.glance, glance)
    is_near = max(abs(other.x - 0.5 - x), abs(other.y - 0.5 - y)) <= REACH
    return is_near and other.is_sure and other.is_moving


def _miss(pursuit: Pursuit, now: float, rules: FollowRules) -> tuple[Pursuit, Order | None]:
    """Nobody to follow: after a while the camera goes home, if it followed at all."""
    if pursuit.target is None or now - pursuit.seen_time < rules.timeout_s:
        return pursuit, None
    if pursuit.is_home:
        return Pursuit(rested_time=pursuit.rested_time), None
    return pursuit, GoToPreset(rules.home)


def _move_to(target: Target, zoomed: Zoomed, rules: FollowRules) -> Turn | ZoomBy | None:
    """Wider first, since it keeps him in the picture; closer when there is nothing else to do."""
    turn = aim_at(target, rules.travel.closer_by(zoomed.times))
    if rules.zoom is None:
        return turn
    wider = zoom_out(target, zoomed, rules.zoom)
    return wider or turn or zoom_in(target, zoomed, rules.zoom)


def _learn(pursuit: Pursuit, glance: Glance, target: Target) -> Pursuit:
    """What the picture shows of the last zoom."""
    aim = pursuit.aim
    if aim is None or not isinstance(aim.order, ZoomBy):
        return pursuit
    grown = believed_growth(aim.glance, aim.target, glance, target)
    return replace(pursuit, zoomed=learn_zoom(pursuit.zoomed, aim.order, grown))


def _is_settled(pursuit: Pursuit, glance: Glance, target: Target, now: float) -> bool:
    """Whether this frame shows the picture after the last move, and it stands still.

    Frames come later than what motors tell.
    """
    if now - pursuit.rested_time > PATIENCE_S:
        return True
    if glance.is_turning or pursuit.aim is None:
        return not glance.is_turning
    aim = pursuit.aim
    if isinstance(aim.order, ZoomBy):
        grown = believed_growth(aim.glance, aim.target, glance, target)
        return is_zoom_shown(aim.order, pursuit.zoomed, grown)
    return _is_shown(aim.order, aim.glance, glance)


def _is_shown(turn: Turn, before: Glance, now: Glance) -> bool:
    """Whether the picture turned as it was told to."""
    # To turn right is to see everything go left, by half a picture for each unit.
    wanted_x, wanted_y = -turn.pan / 2, turn.tilt / 2
    seen_x, seen_y = _carried(0.0, 0.0, before, now)
    along = seen_x * wanted_x + seen_y * wanted_y
    return along >= ARRIVED_SHARE * (wanted_x**2 + wanted_y**2)


def _carried(x: float, y: float, before: Glance, now: Glance) -> tuple[float, float]:
    """Where a point is now, pictures from the middle, by where it was in an earlier picture."""
    grown = now.enlarged / before.enlarged
    return (
        now.turned_x + (x - before.turned_x) * grown,
        now.turned_y + (y - before.turned_y) * grown,
    )


def _turn_to(x: float, y: float) -> Turn:
    return Turn(_limited((x - 0.5) * 2, 1.0), _limited((0.5 - y) * 2, 1.0))


def _limited(value: float, largest: float) -> float:
    return min(max(value, -largest), largest)


def _worth(part: float) -> float:
    return part if abs(part) >= LEAST_TURN else 0.0
