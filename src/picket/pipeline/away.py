"""What stands about while the camera looks elsewhere: remembered as it was, and told once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from picket.domain.geometry import Box
from picket.domain.track import Track
from picket.pipeline.place import Place, vacate
from picket.pipeline.residents import Recognition, ResidentState

GONE_SHARE = 0.5
"""Of the smaller of two boxes: whose boxes share less went somewhere. One that the edge of a
turning picture cuts shrinks or grows, and stays."""


def look_away(state: ResidentState, living: Collection[str]) -> Recognition:
    """What the residents say about a frame that does not show their places.

    Whoever stood at home stands there still: what is followed of it goes on for as long as the
    picture shows it, and its event waits when it does not.

    Args:
        state: as the camera left home.
        living: ids of all tracks that are followed.
    """
    standing = {
        place.track.id: place
        for place in state.places
        if place.track is not None and not place.is_forgotten
    }
    return Recognition(
        missed=tuple(
            replace(place.track, is_seen=False)
            for key, place in standing.items()
            if place.track is not None and not place.is_known and key not in living
        ),
        known=frozenset(key for key, place in standing.items() if place.is_known),
    )


def come_home(state: ResidentState, living: Collection[str], now: float) -> ResidentState:
    """The places as they are met again: each must be found before it is certain.

    Args:
        state: as the camera left home.
        living: ids of all tracks that are followed.
        now: frame time; whose event waits has its time from here on.
    """
    return replace(state, places=tuple(_met_again(one, living, now) for one in state.places))


def find_strangers(
    before: Collection[str], fresh: Iterable[str], tracks: Iterable[Track]
) -> frozenset[str]:
    """Ids of what was met away from home and stands there: it is no news that the camera turned.

    Args:
        before: of the frame before.
        fresh: ids of tracks registered in this frame.
        tracks: all that live, their origins in the coordinates of this frame.
    """
    candidates = {*before, *fresh}
    return frozenset(t.id for t in tracks if t.id in candidates and not _has_gone(t))


def _met_again(place: Place, living: Collection[str], now: float) -> Place:
    if place.track is None or place.track.id in living:
        return replace(place, is_disturbed=True)
    if place.is_known:  # no event waits
        return vacate(place)
    missed = replace(place.track, is_seen=False)
    return replace(place, track=missed, missed_time=now, doubted_time=None, is_disturbed=True)


def _has_gone(track: Track) -> bool:
    if track.origin is None or not track.is_sure:
        return False
    return _shared(track.detection.box, track.origin) < GONE_SHARE


def _shared(box: Box, other: Box) -> float:
    return box.intersection(other) / min(box.area, other.area)
