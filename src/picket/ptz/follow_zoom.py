"""How much closer a camera looks at whom it follows. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log, sqrt

from picket.domain.gaze import Glance, Target
from picket.ptz.commands import ZoomBy, ZoomWay

EDGE, ROOM = 0.45, 0.35
"""Pictures from the middle that his box may reach, and that it may reach after a zoom: boxes
tremble, and a tenth off the middle is no reason to turn."""
AHEAD_S = 2.0
"""A zoom, the picture of it, and a turn: so long he walks on before he is in the middle again."""
CLOSER, WIDER = 1.2, 0.9
"""Times that he could grow at least, or must shrink at most: in between he is left alone."""
MOST = 1.5
"""Times that one order enlarges: no camera zooms evenly."""
FIRST_STEP, LARGEST_STEP = 0.05, 0.2
"""Of the range; how much the first enlarges tells how large the next must be."""
SOME = 1.03
"""Times; a picture that grew by less did not zoom."""
CONTRADICTION = 1.15
"""Times by which his box may grow more or less than the picture: heights tremble by a twentieth."""
ARRIVED_SHARE = 0.5
"""Of what a zoom should do; so much of it in the picture shows that it began."""
SMALLEST = 0.001
"""Of the picture: no box is smaller."""


@dataclass(frozen=True, slots=True)
class ZoomRules:
    """How a camera should zoom."""

    way: ZoomWay
    side: float  # of the picture: how long the longer side of his box should be


@dataclass(frozen=True, slots=True)
class Zoomed:
    """What zooming did since the camera left home, and what it taught."""

    share: float = 0.0  # of the range, ordered so far
    times: float = 1.0  # that the picture grew
    gain: float | None = None  # logarithm of times for the whole range, as the last step had it
    is_at_stop: bool = False  # it grew no more


def wanted_side(zoom_factor: float) -> float:
    """The share of the picture's height or width for his box: 0.08..0.71 for 0.1..0.75.

    A square of that side fills the share of the picture's area that Frigate's number asks for.
    """
    return sqrt(0.6 ** (1 / zoom_factor))


def zoom_out(target: Target, zoomed: Zoomed, rules: ZoomRules) -> ZoomBy | None:
    """When his box nears an edge or is too large; never wider than home."""
    if zoomed.share <= 0 or zoomed.gain is None:
        return None
    times = rules.side / _side(target)
    if times > WIDER and _reach(target, 0.0) < EDGE:
        return None
    times = max(min(times, ROOM / _reach(target, AHEAD_S)), 1 / MOST)
    return ZoomBy(max(log(times) / zoomed.gain, -zoomed.share), rules.way)


def zoom_in(target: Target, zoomed: Zoomed, rules: ZoomRules) -> ZoomBy | None:
    """When he is small, and stays in the picture for as long as nothing else can be done."""
    times = min(rules.side / _side(target), ROOM / _reach(target, AHEAD_S), MOST)
    if times < CLOSER or zoomed.is_at_stop:
        return None
    step = FIRST_STEP if zoomed.gain is None else min(log(times) / zoomed.gain, LARGEST_STEP)
    return ZoomBy(step, rules.way)


def believed_growth(before: Glance, was: Target, now: Glance, target: Target) -> float:
    """Times that the picture grew between two frames.

    Where people fill the picture it cannot tell; then his own box knows better.
    """
    picture = now.enlarged / before.enlarged
    if was.id != target.id:
        return picture
    box = _side(target) / _side(was)
    return picture if 1 / CONTRADICTION <= box / picture <= CONTRADICTION else box


def is_zoom_shown(order: ZoomBy, zoomed: Zoomed, grown: float) -> bool:
    """Whether the picture zoomed as it was told to."""
    way = 1 if order.closer > 0 else -1
    least = log(SOME)
    if zoomed.gain is not None:
        least = ARRIVED_SHARE * zoomed.gain * abs(order.closer)
    return way * log(grown) >= least


def learn_zoom(zoomed: Zoomed, order: ZoomBy, grown: float) -> Zoomed:
    """What is known after an order was carried out.

    Steps out teach no gain: a box that was cut off by the edge shrinks by less than the picture.
    """
    if order.closer > 0:
        if grown < SOME:
            return replace(zoomed, is_at_stop=True)
        gain = log(grown) / order.closer
        return Zoomed(zoomed.share + order.closer, zoomed.times * grown, gain)
    share = max(zoomed.share + order.closer, 0.0)
    times = max(zoomed.times * grown, 1.0) if share else 1.0
    return Zoomed(share, times, zoomed.gain)


def _side(target: Target) -> float:
    return max(target.width, target.height, SMALLEST)


def _reach(target: Target, ahead_s: float) -> float:
    """Pictures from the middle to the furthest side of his box, until so long from now."""
    return max(
        _furthest(target.x - 0.5, target.x_speed * ahead_s) + target.width / 2,
        _furthest(target.y - 0.5, target.y_speed * ahead_s) + target.height / 2,
        SMALLEST,
    )


def _furthest(off: float, way: float) -> float:
    return max(abs(off), abs(off + way))
