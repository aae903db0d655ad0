"""A camera's wall clock, made from presentation times and arrival times; pure.

Presentation times are even but count from anywhere; arrival times are true but jitter, and a camera
first sends what it has buffered. Delay can only be added on the way, so the smallest difference
between the two over the last minute is the best estimate of their true distance (the minimum filter
of NTP, RFC 5905 section 10). The clock moves to it slowly, so that time never runs backwards inside
a session and a drifting camera crystal is followed.
"""

from __future__ import annotations

from dataclasses import dataclass

WINDOW_S = 30.0
MAX_SLEW_RATIO = 0.05  # seconds of correction per second of stream
STEP_S = 10.0  # a larger difference is a jump of a clock, not jitter
LONGEST_HOLD_S = 2 * 3600.0  # a machine's clock that went back further is believed
HEAL_RATIO = 0.04  # seconds a second by which held time nears the machine's clock; below the slew
UNSET_BEFORE_TIME = 1_704_067_200.0  # 2024-01-01: a clock that says less was not set yet


@dataclass(frozen=True, slots=True)
class StreamClock:
    """The state after a packet; `offset` is wall time minus presentation time."""

    offset: float
    window_start_pts_s: float
    window_min: float  # smallest difference in the running window
    previous_min: float  # and in the one before
    last_pts_s: float


def start_clock(pts_s: float, now: float) -> StreamClock:
    """The clock at the first packet of a session."""
    offset = now - pts_s
    return StreamClock(offset, pts_s, offset, offset, pts_s)


def advance_clock(clock: StreamClock, pts_s: float, now: float) -> StreamClock:
    """The clock after one more packet.

    Args:
        clock: as it was after the packet before.
        pts_s: presentation time of this packet, seconds.
        now: arrival, Unix seconds.
    """
    difference = now - pts_s
    start_pts_s, window_min = clock.window_start_pts_s, clock.window_min
    previous_min = clock.previous_min
    if pts_s - start_pts_s >= WINDOW_S:
        start_pts_s, previous_min, window_min = pts_s, window_min, difference
    window_min = min(window_min, difference)
    allowed = MAX_SLEW_RATIO * max(pts_s - clock.last_pts_s, 0.0)
    wanted = min(window_min, previous_min) - clock.offset
    offset = clock.offset + max(-allowed, min(allowed, wanted))
    last_pts_s = max(clock.last_pts_s, pts_s)
    return StreamClock(offset, start_pts_s, window_min, previous_min, last_pts_s)


def has_stepped(clock: StreamClock, pts_s: float, now: float) -> bool:
    """Whether the machine's or the camera's clock jumped, so that a new session must begin."""
    return abs((now - pts_s) - clock.offset) > STEP_S


@dataclass(frozen=True, slots=True)
class Hold:
    """How far the time of recordings runs ahead of a machine's clock that went back.

    Two recordings of one moment would hide each other, so time goes on from where it was and lets
    the machine's clock catch up.
    """

    ahead_s: float  # at first
    since_monotonic: float

    def time(self, wall: float, monotonic: float) -> float:
        """Unix seconds to go by, while the machine says `wall`."""
        healed_s = HEAL_RATIO * (monotonic - self.since_monotonic)
        return wall + max(self.ahead_s - healed_s, 0.0)


def hold_at(floor_time: float, wall: float, monotonic: float) -> Hold:
    """How a session that begins now is to count.

    Args:
        floor_time: what is recorded ends here, had it gone on until now, Unix seconds.
        wall: what the machine says now, Unix seconds.
        monotonic: the same moment, seconds.
    """
    behind_s = floor_time - wall
    is_held = behind_s > 0 and (behind_s <= LONGEST_HOLD_S or wall < UNSET_BEFORE_TIME)
    return Hold(behind_s if is_held else 0.0, monotonic)
