"""How long each step from the frame to the receiver took: pure."""

from __future__ import annotations

import statistics
from collections.abc import Iterable

from picket.api.schemas.notifications import StageOut
from picket.domain.notice import Clock, Delivery, Fate

STAGES = ("believed", "heard", "judged", "sent", "acknowledged")
WHOLE = "believed_to_acknowledged"
"""What the user waits for once the event is true."""


def stages_of(clock: Clock) -> dict[str, float]:
    """Seconds of each stage from the one before, and of the whole; without what is not known.

    `believed` counts from the frame, `sent` ends when the attempt begins that succeeds, so that the
    disk and earlier attempts are in it; `acknowledged` holds the time until there was a picture.
    """
    found: dict[str, float] = {}
    before = clock.frame
    for name in STAGES:
        instant = getattr(clock, name)
        if before and instant:
            found[name] = round(max(0.0, instant - before), 4)
        before = instant
    if clock.believed and clock.acknowledged:
        found[WHOLE] = round(max(0.0, clock.acknowledged - clock.believed), 4)
    return found


def latency_of(deliveries: Iterable[Delivery]) -> dict[str, StageOut]:
    """Median and longest of each stage over what arrived at the first attempt."""
    times: dict[str, list[float]] = {}
    for one in deliveries:
        if one.fate is Fate.DELIVERED and one.attempts == 1:
            for name, seconds in stages_of(one.notice.clock).items():
                times.setdefault(name, []).append(seconds)
    return {
        name: StageOut(median=statistics.median(told), most=max(told), count=len(told))
        for name, told in times.items()
    }
