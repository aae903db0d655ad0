"""Decides which packets of a camera are decoded now, later or never; pure.

While nothing stirs, keyframes are decoded and what lies between them is held in memory. When
something stirs, what is held is decoded from its keyframe on, and then everything.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, auto

from picket.capture.packet_sizes import (
    SizeHabits,
    begin_gop,
    heed,
    is_familiar,
    is_learned,
    is_telling,
    is_unusual,
)

CALM_S = 4.0
"""After so long without a stir a keyframe is enough: two of the usual intervals between them."""
LONGEST_GOP_S = 4.5
"""So long may a frame be held: cameras with keyframes farther apart are decoded throughout."""
MAX_HELD_BYTES = 16 * 1024 * 1024


class Order(Enum):
    """What to do with a packet."""

    DECODE = auto()  # all that is held first, then this one
    HOLD = auto()
    GLANCE = auto()  # decode this keyframe alone, and compare it with the scene


@dataclass(frozen=True, slots=True)
class Arrival:
    """A packet, as far as it matters here."""

    time_s: float  # of decoding, from the start of the session
    size_bytes: int
    is_keyframe: bool


@dataclass(frozen=True, slots=True)
class Demand:
    """What is remembered of a session; the empty value is its start, when everything is decoded."""

    is_awake: bool = True
    calm_since_s: float | None = None  # nothing stirred since this packet
    keyframe_s: float | None = None  # time of the newest keyframe
    keyframe_bytes: int = 0  # its size
    gop_s: float | None = None  # of the last complete one
    held_bytes: int = 0  # the newest keyframe, and what came after it
    sizes: SizeHabits = field(default_factory=SizeHabits)


def order(demand: Demand, arrival: Arrival, *, is_wanted: bool) -> tuple[Demand, Order]:
    """What to do with the next packet of the session.

    `is_wanted`: it is to be decoded whether anything stirs or not.
    """
    if arrival.is_keyframe:
        return _order_keyframe(demand, arrival, is_wanted=is_wanted)
    demand = replace(
        demand,
        held_bytes=demand.held_bytes + arrival.size_bytes,
        sizes=heed(demand.sizes, arrival.size_bytes),
    )
    if demand.is_awake:
        return demand, Order.DECODE
    if is_wanted or is_unusual(demand.sizes) or not _may_hold(demand, arrival):
        return wake(demand), Order.DECODE
    return demand, Order.HOLD


def note(demand: Demand, time_s: float, *, stirs: bool) -> Demand:
    """A frame was analysed while the packet of this time was the newest."""
    if stirs:
        return wake(demand)
    if demand.calm_since_s is None:
        return replace(demand, calm_since_s=time_s, sizes=SizeHabits())
    return demand


def obstacle(demand: Demand) -> str:
    """Why the stream may not be left undecoded, however quiet; empty if it may, or none knows."""
    if demand.gop_s is None:
        return ""
    if demand.gop_s > LONGEST_GOP_S:
        return f"its keyframes are {demand.gop_s:.1f} s apart, more than {LONGEST_GOP_S} s"
    if not is_learned(demand.sizes):
        return ""
    if not is_telling(demand.sizes, demand.keyframe_bytes, demand.gop_s):
        return (
            "its packets are too large beside its keyframes to tell of a visitor, because of"
            " noise or a constant bit rate"
        )
    return ""


def wake(demand: Demand) -> Demand:
    """Decode everything, until it has been calm for a while; what is usual is learned anew."""
    return replace(demand, is_awake=True, calm_since_s=None)


def _order_keyframe(demand: Demand, arrival: Arrival, *, is_wanted: bool) -> tuple[Demand, Order]:
    since_s = demand.keyframe_s
    gop_s = None if since_s is None else arrival.time_s - since_s
    calm_s = demand.calm_since_s
    was_calm = since_s is not None and calm_s is not None and calm_s <= since_s
    demand = replace(
        demand,
        sizes=begin_gop(demand.sizes, was_calm=was_calm),
        keyframe_s=arrival.time_s,
        keyframe_bytes=arrival.size_bytes,
        gop_s=gop_s,
        held_bytes=arrival.size_bytes,
    )
    if is_wanted or not _may_rest(demand, arrival.time_s):
        return replace(demand, is_awake=True), Order.DECODE
    return replace(demand, is_awake=False), Order.GLANCE


def _may_rest(demand: Demand, now_s: float) -> bool:
    calm_since_s = demand.calm_since_s
    is_calm = calm_since_s is not None and now_s - calm_since_s >= CALM_S
    return is_calm and is_familiar(demand.sizes) and not obstacle(demand)


def _may_hold(demand: Demand, arrival: Arrival) -> bool:
    is_recent = (
        demand.keyframe_s is not None and arrival.time_s - demand.keyframe_s <= LONGEST_GOP_S
    )
    return is_recent and demand.held_bytes <= MAX_HELD_BYTES
