"""When an object is believed to be one.

A detector's score is about one look at one place. Looking at the same place again tells little: a
post that passes for a person does so in each frame. What walks is judged against a new background
each time, and such looks add up.
"""

from __future__ import annotations

import math

from picket.domain.geometry import Box

MAX_PLACES = 16
"""More add too little to be worth remembering."""


def certainty(score: float, place_count: int) -> float:
    """How sure it is that an object is one, 0..1, to be compared with `threshold`.

    The chance that not every look was wrong. Looks along one path show the same thing in
    much the same light, so n of them are worth no more than sqrt(n) independent ones. For what
    stays at one place this is the score itself.

    Args:
        score: median of the last frames, 0..1; unseen ones count 0.
        place_count: places apart at which it was seen, at least 1.
    """
    doubt: float = (1.0 - score) ** math.sqrt(place_count)
    return 1.0 - doubt


def add_place(places: tuple[Box, ...], box: Box) -> tuple[Box, ...]:
    """The places with this one, when it is apart from each of them.

    Boxes are apart when neither holds the middle of the other: one that trembles, or shows now
    the whole and now half of an object, stays where it is.
    """
    is_new = not any(_holds_middle(box, other) or _holds_middle(other, box) for other in places)
    return (*places, box) if is_new and len(places) < MAX_PLACES else places


def _holds_middle(box: Box, other: Box) -> bool:
    x, y = other.center
    return box.x1 <= x <= box.x2 and box.y1 <= y <= box.y2
