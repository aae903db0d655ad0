"""How large packets between keyframes usually are, and when they are unusual; pure.

An encoder spends bytes where the picture changes, so sizes tell of motion before anything is
decoded. What is usual depends on the place after the keyframe: encoders repair it first, and some
reorder frames. Excesses over what is usual are summed up, so that one large packet tells as much
as some that are a little larger each; and what falls short of it likewise, because an encoder with
a busy picture has less to spend on noise.

Source: Page 1954, "Continuous inspection schemes" (the cumulative sum test).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median

ALLOWANCE = 1.25
"""Deviations by which a packet may be larger without counting: less than one of noise's standard
deviations, so that a lasting excess of two is noticed within some packets."""
ALARM = 8.0
"""Sum of excesses that is unusual; steady noise reaches it once in tens of thousands of packets."""
MOST_EXCESS = 2 * ALARM
"""One huge packet is forgotten after some usual ones."""
LEAST_DEVIATION = 0.05
"""Encoders that are held to a rate send packets that are suspiciously alike."""
LEAST_USUAL_BYTES = 256
"""In smaller packets the encoder's bookkeeping weighs more than the picture; a block that changes
takes ten bytes or so."""
OUTLIER_DEVIATIONS = 3.0
"""What lies farther off teaches no more than what lies so far. Nor does a packet that is smaller
count for more: one alone is a picture that the encoder left as it was."""
ENOUGH_GOPS = 2
"""One tells what is usual, the next how far that can be trusted."""
MEMORY_GOPS = 8
"""What is usual follows slow changes, such as noise that grows with dusk."""
NEWS_SHARE = 0.5
"""What changes takes half the bytes that it takes in a keyframe, where nothing is predicted."""
LEAST_VISITOR_BYTES = 64
"""Half a dozen blocks: who shows at all takes as much, however plain and dark the picture is."""
RUN_HEIGHTS = 2.5
"""How many times their own height people run in a second, and cars their own length."""
SLENDER = 3.0
"""A person's height in widths."""
ASPECT = 16 / 9


@dataclass(frozen=True, slots=True)
class SizeHabits:
    """What is remembered of a session's packets; the empty value is its start."""

    usual: tuple[float, ...] = ()  # bytes, by place after the keyframe
    deviation: float = 0.0  # share of the usual by which half of the packets missed it
    gops: int = 0  # learned from
    current: tuple[int, ...] = ()  # bytes of the packets since the newest keyframe
    excess: float = 0.0  # summed up, in deviations
    shortfall: float = 0.0  # the same of packets that are smaller than usual


def is_learned(habits: SizeHabits) -> bool:
    """Whether enough is known to rely on sizes."""
    return habits.gops >= ENOUGH_GOPS


def is_familiar(habits: SizeHabits) -> bool:
    """Whether enough is known, and nothing unusual is going on."""
    return is_learned(habits) and not is_unusual(habits)


def is_unusual(habits: SizeHabits) -> bool:
    """Whether the packets up to now say that something moves; never before enough is known."""
    return max(habits.excess, habits.shortfall) >= ALARM


def is_telling(habits: SizeHabits, keyframe_bytes: int, gop_s: float) -> bool:
    """Whether sizes would tell of somebody who comes and goes between two keyframes.

    Where everything changes all the time, because of noise or because bytes are left to spend, a
    few more are lost among them. How many there are follows from the time: whoever crosses the
    picture within it covers as much of it as runners have to for that. Who is faster is larger.

    Args:
        habits: of which enough is known.
        keyframe_bytes: what the whole picture takes.
        gop_s: seconds between two keyframes.
    """
    news_bytes = _visitor_share(gop_s) * NEWS_SHARE * keyframe_bytes
    visitor_bytes = max(news_bytes, LEAST_VISITOR_BYTES)
    excess = 0.0
    for usual in habits.usual:
        excess = _summed(excess, _in_deviations(habits, visitor_bytes, usual))
        if excess >= ALARM:
            return True
    return False


def heed(habits: SizeHabits, size_bytes: int) -> SizeHabits:
    """Take in a packet that is not a keyframe."""
    place = len(habits.current)
    current = (*habits.current, size_bytes)
    if not is_learned(habits) or place >= len(habits.usual):
        return replace(habits, current=current)
    usual = habits.usual[place]
    miss = _in_deviations(habits, size_bytes - usual, usual)
    return replace(
        habits,
        current=current,
        excess=_summed(habits.excess, miss),
        shortfall=_summed(habits.shortfall, min(-miss, OUTLIER_DEVIATIONS)),
    )


def begin_gop(habits: SizeHabits, *, was_calm: bool) -> SizeHabits:
    """A keyframe came; the packets since the last one are usual if nothing stirred meanwhile."""
    if not was_calm or not habits.current:
        return replace(habits, current=())
    gops = habits.gops + 1
    deviation = _trusted(habits)
    shown = [_within(habits, place, deviation) for place in range(len(habits.current))]
    usual = [
        before + (now - before) / min(gops, MEMORY_GOPS)
        for before, now in zip(habits.usual, shown, strict=False)
    ]
    longer = (*usual, *shown[len(usual) :], *habits.usual[len(shown) :])
    return replace(habits, usual=longer, deviation=deviation, gops=gops, current=())


def _visitor_share(gop_s: float) -> float:
    """The part of the picture that the smallest covers who crosses it in so many seconds."""
    heights = ASPECT / (RUN_HEIGHTS * gop_s)  # of the picture
    return min(heights * heights / SLENDER / ASPECT, 1.0)


def _in_deviations(habits: SizeHabits, miss_bytes: float, usual: float) -> float:
    """A miss at a place of this usual size."""
    allowed = max(habits.deviation, LEAST_DEVIATION)
    return miss_bytes / (allowed * max(usual, LEAST_USUAL_BYTES))


def _summed(before: float, miss: float) -> float:
    return min(max(before + miss - ALLOWANCE, 0.0), MOST_EXCESS)


def _trusted(habits: SizeHabits) -> float:
    """The deviation with the newest packets taken in; a single flash does not change a median."""
    misses = [abs(_miss(now, u)) for now, u in zip(habits.current, habits.usual, strict=False)]
    if not misses:
        return habits.deviation
    share = 1 / min(habits.gops, MEMORY_GOPS)
    return habits.deviation + share * (median(misses) - habits.deviation)


def _within(habits: SizeHabits, place: int, deviation: float) -> float:
    """The size at a place since the keyframe, no farther from the usual than can be believed."""
    size = habits.current[place]
    if not is_learned(habits) or place >= len(habits.usual):
        return size
    usual = habits.usual[place]
    reach = OUTLIER_DEVIATIONS * max(deviation, LEAST_DEVIATION) * max(usual, LEAST_USUAL_BYTES)
    return min(max(size, usual - reach), usual + reach)


def _miss(size_bytes: int, usual: float) -> float:
    """By how much a packet is larger than usual, as a share of the usual."""
    return (size_bytes - usual) / max(usual, LEAST_USUAL_BYTES)
