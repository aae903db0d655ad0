"""When the looks of a camera are due, and how long they may wait for a detector; pure.

A detector makes the look that is due first, whichever camera it is for. Looks of one camera for one
purpose are due since they were asked for or made last, each kind so much later as it is less
urgent. So what is new comes before what moves, what stands comes last, cameras take turns, and
nothing waits for ever.

A camera waits for its looks, and meanwhile its next frames wait. So a look that cannot begin in
time is shed: the frame goes on without it, and the next one asks again. However slow a detector
is, every frame is analysed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from picket.domain.look import Ask, Urgency

HANDICAP_S = {Urgency.NEW: 0.0, Urgency.MOVING: 1.0, Urgency.RESTING: 10.0}
"""Who is followed is still known after a second without a look; what stands is looked at every ten
seconds by default."""
IDLE_S = 2.0
"""A kind that was not asked for so long begins anew: nothing is gained by having wanted nothing."""
ALLOWED_S = {Urgency.NEW: 0.4, Urgency.MOVING: 0.3, Urgency.RESTING: 0.2}
"""From the arrival of a frame until its looks begin. What stands may wait until the next frame is
there, at five frames a second; what is new is worth a frame that is shown late."""
LATE_SHARE = 0.5
"""Of the time of a camera that is late anyway, which it may spend waiting for looks that are due:
who decodes too slowly still looks, and who looks too slowly catches up."""

STARVED_S = 1.0
"""What is new and was due so long ago waits its whole time, however late its camera is: a detector
that needs about a frame's time would else come free just after the same camera gave up, each
time."""


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a kind of look has waited; seconds of the monotonic clock."""

    since: float  # it was asked for first, or made last
    asked: float  # last


@dataclass(frozen=True, slots=True)
class LookTurns:
    """What is remembered of the looks of one camera; the empty value is the start."""

    waits: Mapping[Urgency, Wait] = field(default_factory=dict)
    spent_s: float = 0.0  # waiting for looks, more than its share of the time since then


@dataclass(frozen=True, slots=True)
class Turn:
    """A look that is asked for, seconds of the monotonic clock."""

    ask: Ask
    due: float  # of two looks, the one with the earlier time comes first
    until: float  # when it is too late to begin


def begin_frame(turns: LookTurns, passed_s: float) -> LookTurns:
    """The next frame, so long after the last one."""
    return replace(turns, spent_s=max(turns.spent_s - LATE_SHARE * passed_s, 0.0))


def note_asked(turns: LookTurns, kinds: Collection[Urgency], now: float) -> LookTurns:
    """The frame wants looks of these kinds."""
    after = dict(turns.waits)
    for kind in kinds:
        wait = after.get(kind)
        is_new = wait is None or now - wait.asked > IDLE_S
        after[kind] = Wait(now, now) if wait is None or is_new else replace(wait, asked=now)
    return replace(turns, waits=after)


def note_made(
    turns: LookTurns, kinds: Collection[Urgency], waited_s: float, now: float
) -> LookTurns:
    """The looks of the frame took so long; of each of these kinds one was made.

    Others come first now.
    """
    waits = {**turns.waits, **{kind: Wait(now, now) for kind in kinds}}
    return LookTurns(waits, turns.spent_s + waited_s)


def take_turns(turns: LookTurns, asks: Sequence[Ask], arrived: float, begun: float) -> list[Turn]:
    """The looks of a frame in the order in which to ask for them.

    The first of a kind stands for all the time that the kind has waited; the others wait since
    now.

    Args:
        turns: that was told of this frame.
        asks: of the frame, of one kind in the order in which they matter.
        arrived: when the frame came, seconds of the monotonic clock.
        begun: when its analysis began.
    """
    met = set[Urgency]()
    found = []
    for ask in asks:
        since = begun if ask.urgency in met else turns.waits[ask.urgency].since
        due = since + HANDICAP_S[ask.urgency]
        until = arrived + ALLOWED_S[ask.urgency]
        if due <= begun:
            is_starved = ask.urgency is Urgency.NEW and begun - due > STARVED_S
            spent_s = 0.0 if is_starved else turns.spent_s
            until = ALLOWED_S[Urgency.NEW] + max(arrived, begun - spent_s)
        found.append(Turn(ask, due, until))
        met.add(ask.urgency)
    return sorted(found, key=lambda turn: turn.due)
