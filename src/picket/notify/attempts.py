"""What follows from an attempt to deliver: pure."""

from __future__ import annotations

from dataclasses import dataclass

from picket.domain.notice import Fate

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 300.0
LONGEST_WISH_S = 3600.0
"""A receiver that asks for more patience is asked again by then."""
UNFIT = frozenset({400, 405, 410, 413, 414, 415, 422, 431})
"""Answers about this one message: sending it again changes nothing.

Others, also 401 and 404, say something of the receiver or the settings, which may be mended while
the message waits.
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """The receiver has it."""

    answer: str  # what it said


@dataclass(frozen=True, slots=True)
class Refused:
    """The receiver will never take it."""

    answer: str
    status: int = 0  # of HTTP


@dataclass(frozen=True, slots=True)
class Failed:
    """It may be taken later."""

    answer: str  # why not now
    status: int = 0  # of HTTP
    retry_after_s: float = 0.0  # what the receiver asked for


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Each of a channel's browsers has one of its own now."""

    answer: str = ""


Outcome = Taken | Refused | Failed | PassedOn


@dataclass(frozen=True, slots=True)
class Again:
    """Try once more after a pause."""

    pause_s: float


def read_status(status: int, answer: str, retry_after: str = "") -> Outcome:
    """What an HTTP status says of a message; `retry_after` is the header's text."""
    said = f"HTTP {status}" + (f": {answer}" if answer else "")
    if 200 <= status < 300:
        return Taken(said)
    if status in UNFIT:
        return Refused(said, status)
    return Failed(said, status, float(retry_after) if retry_after.isdecimal() else 0.0)


def next_step(outcome: Outcome, failures: int, remaining_s: float, draw: float) -> Fate | Again:
    """What becomes of a notification after an attempt.

    Args:
        outcome: of the attempt.
        failures: in a row, this one included.
        remaining_s: until it is not worth telling any more.
        draw: a random number in 0..1, so that those who failed together do not return together.
    """
    match outcome:
        case Taken():
            return Fate.DELIVERED
        case Refused():
            return Fate.REFUSED
        case PassedOn():
            return Fate.PASSED_ON
        case Failed(retry_after_s=wish_s):
            ceiling = min(FIRST_PAUSE_S * 2.0 ** min(failures - 1, 16), LONGEST_PAUSE_S)
            pause_s = max(ceiling / 2 + draw * ceiling / 2, min(wish_s, LONGEST_WISH_S))
            return Again(pause_s) if remaining_s > pause_s else Fate.EXPIRED
