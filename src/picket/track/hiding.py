"""Who walks hidden behind somebody: not seen, but where else should he be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from picket.domain.geometry import Box
from picket.domain.track import Track
from picket.track.followed import Followed
from picket.track.kalman import Estimates, Floats, sizes, to_box

HIDDEN_SHARE = 0.5
"""Of a box: with so much of it behind one other, detectors see one object where there are two."""
FOOT_SLACK = 0.1
"""In heights of the box behind: who stands in front has his feet lower in the picture, and boxes
tremble."""
LEAST_SPEED = 0.2
"""In sizes a second, of who walks: the boxes of what stands tremble by less."""
ALIKE_SPEED = 0.5
"""Of the speed of the one in front: whose own differs by more will come out behind him at once."""
LONGEST_FRAMES = 10
"""So long a hidden walk is believed: two seconds at 5 frames a second, after which even a man
who keeps pace is a third of himself away from where he should be."""


def hide(things: Sequence[Followed], estimates: Estimates) -> tuple[list[Followed], Estimates]:
    """Note who is hidden; he walks on as the one in front of him does.

    Whoever stays hidden behind a walker walks along with him. It must have been seen apart
    from others once: a part of an object that was taken for another one is not behind it.

    Args:
        things: as the frame left them.
        estimates: of this frame, rows as in `things`.
    """
    seen = {
        row: thing.last_box
        for row, thing in enumerate(things)
        if thing.track is not None and thing.track.is_seen
    }
    after, velocity = list(things), estimates.velocity.copy()
    for row, thing in enumerate(things):
        if row in seen:
            after[row] = _note_apart(thing, [box for other, box in seen.items() if other != row])
        elif thing.track is not None and _may_hide(thing, thing.track):
            expected = to_box(estimates.position[row])
            hider = _hider(expected, seen)
            if hider is not None and _walk_alike(estimates, row, hider):
                hidden = replace(thing.track, hidden_box=expected)
                after[row] = replace(thing, track=hidden)
                velocity[row] = _walk(estimates.velocity[hider])
    return after, replace(estimates, velocity=velocity)


def is_hidden(box: Box, other: Box) -> bool:
    """Whether the other one stands in front of most of a box."""
    is_in_front = other.y2 >= box.y2 - FOOT_SLACK * box.height
    return is_in_front and box.intersection(other) >= HIDDEN_SHARE * box.area


def _hider(box: Box, seen: Mapping[int, Box]) -> int | None:
    """The row of who hides most of a box."""
    rows = [row for row, other in seen.items() if is_hidden(box, other)]
    return max(rows, key=lambda row: box.intersection(seen[row]), default=None)


def _note_apart(thing: Followed, others: Sequence[Box]) -> Followed:
    if thing.was_apart or thing.track is None or not thing.track.is_sure:
        return thing
    return replace(thing, was_apart=not any(is_hidden(thing.last_box, box) for box in others))


def _may_hide(thing: Followed, track: Track) -> bool:
    return thing.was_apart and track.unsure_count <= LONGEST_FRAMES


def _walk_alike(estimates: Estimates, row: int, hider: int) -> bool:
    """Whether the one in front walks, and the other much as he does."""
    walk, other = _walk(estimates.velocity[hider]), _walk(estimates.velocity[row])
    speed = float(np.hypot(*walk[:2]))
    size = float(sizes(estimates.position[[hider]])[0])
    difference = float(np.hypot(*(walk - other)[:2]))
    return speed >= LEAST_SPEED * size and difference <= ALIKE_SPEED * speed


def _walk(velocity: Floats) -> Floats:
    """The velocity of a box as a whole, for each of its sides."""
    across, down = (velocity[:2] + velocity[2:]) / 2
    return np.array((across, down, across, down))
