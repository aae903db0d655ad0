"""Takes everything that is followed along when the camera turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from picket.domain.detection import Detection
from picket.domain.gaze import Shift
from picket.domain.geometry import Box
from picket.domain.track import Track
from picket.track.followed import Followed
from picket.track.kalman import Estimates
from picket.track.position import Position
from picket.track.tracker import TrackState
from picket.track.whole import Whole


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast an object moves, in pixels a second."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class _Turn:
    """A shift of pictures of one size in pixels."""

    shift: Shift
    width: int
    height: int

    def shown(self, box: Box) -> Box:
        """Where a box is now; of one that left the picture a pixel stays at its border."""
        moved = self.shift.of(box)
        x1, y1 = min(max(moved.x1, 0), self.width - 1), min(max(moved.y1, 0), self.height - 1)
        x2, y2 = min(moved.x2, self.width), min(moved.y2, self.height)
        return Box(x1, y1, max(x2, x1 + 1), max(y2, y1 + 1))


def shift_tracks(state: TrackState, shift: Shift, width: int, height: int) -> TrackState:
    """What was followed in one picture, as it would have been from where the camera looks now.

    Nothing of it counts as a move of an object: not where it stands, nor how fast it goes.

    Args:
        state: as handed back for the frame before.
        shift: from that frame to the one that is stepped next.
        width: of the frames, pixels.
        height: of the frames, pixels.
    """
    turn = _Turn(shift, width, height)
    followed = tuple(_taken_along(thing, turn) for thing in state.followed)
    return replace(state, followed=followed, estimates=_moved(state.estimates, shift))


def track_speeds(state: TrackState) -> Mapping[str, Speed]:
    """How fast the middle of each track moves, by its id, as if the camera stood still."""
    middles = (state.estimates.velocity[:, :2] + state.estimates.velocity[:, 2:]) / 2
    return {
        thing.track.id: Speed(float(x), float(y))
        for thing, (x, y) in zip(state.followed, middles, strict=True)
        if thing.track is not None
    }


def _moved(estimates: Estimates, shift: Shift) -> Estimates:
    by = np.array((shift.dx, shift.dy, shift.dx, shift.dy))
    return Estimates(
        estimates.position * shift.scale + by,
        estimates.velocity * shift.scale,
        estimates.covariance * shift.scale**2,
    )


def _taken_along(thing: Followed, turn: _Turn) -> Followed:
    return replace(
        thing,
        recent=tuple(_detection(one, turn) for one in thing.recent),
        whole=_whole(thing.whole, turn),
        track=None if thing.track is None else _track(thing.track, turn),
        position=_position(thing.position, turn.shift),
    )


def _detection(detection: Detection, turn: _Turn) -> Detection:
    box, region = turn.shown(detection.box), turn.shown(detection.region)
    return replace(detection, box=box, region=region)


def _track(track: Track, turn: _Turn) -> Track:
    hidden, origin = track.hidden_box, track.origin
    return replace(
        track,
        detection=_detection(track.detection, turn),
        hidden_box=None if hidden is None else turn.shift.of(hidden),
        origin=None if origin is None else turn.shift.of(origin),
    )


def _position(position: Position, shift: Shift) -> Position:
    place = None if position.place is None else shift.of(position.place)
    return Position(tuple(shift.of(box) for box in position.boxes), place)


def _whole(whole: Whole | None, turn: _Turn) -> Whole | None:
    """What is not shown as a whole any more cannot be compared."""
    if whole is None:
        return None
    box = turn.shift.of(whole.box)
    is_shown = Box(0, 0, turn.width, turn.height).contains(box)
    return replace(whole, box=box) if is_shown else None
