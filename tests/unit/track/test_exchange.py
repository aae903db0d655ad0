"""What is followed goes on under another identity, at a place that is known or to be learned."""

from __future__ import annotations

from dataclasses import replace

from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.domain.track import Track
from picket.track.followed import register
from picket.track.rules import TrackRules
from picket.track.tracker import TrackState, exchange_track, living_tracks, step_tracks

RULES = TrackRules(min_initialized=1.5, max_disappeared=4, stationary_threshold=3)
SEEN = Detection("car", 0.8, Box(100, 100, 160, 140), Box(0, 0, 320, 320))


def draws() -> tuple[int, ...]:
    return (0, 1, 2, 3, 4, 5)


def followed() -> tuple[TrackState, Track]:
    state = TrackState()
    for number in range(3):
        state, _ = step_tracks(state, [SEEN], float(number), RULES, draws)
    (track,) = living_tracks(state)
    return state, track


def test_it_is_found_again_under_the_other_identity() -> None:
    state, track = followed()
    state = exchange_track(state, track.id, replace(track, id="1.0-parked"), SEEN.box)
    _, tracking = step_tracks(state, [SEEN], 3.0, RULES, draws)
    assert [one.id for one in tracking.tracks] == ["1.0-parked"]
    assert (tracking.lost, dict(tracking.first_scores)) == ((), {})


def test_at_a_known_place_it_has_not_moved() -> None:
    state, track = followed()
    parked = replace(track, id="1.0-parked", motionless_count=9, position_changes=0)
    state = exchange_track(state, track.id, parked, SEEN.box)
    _, tracking = step_tracks(state, [SEEN], 3.0, RULES, draws)
    (found,) = tracking.tracks
    assert (found.motionless_count, found.position_changes) == (10, 0)


def test_begun_anew_it_is_like_any_new_track() -> None:
    state, track = followed()
    fresh = register(SEEN, 2.5, lambda: (9, 9, 9, 9, 9, 9))
    state = exchange_track(state, track.id, fresh)
    _, tracking = step_tracks(state, [SEEN], 3.0, RULES, draws)
    (found,) = tracking.tracks
    assert (found.id, found.start_time, found.position_changes) == ("2.5-jjjjjj", 2.5, 1)


def test_an_unknown_id_changes_nothing() -> None:
    state, track = followed()
    assert living_tracks(exchange_track(state, "1.0-nobody", track)) == (track,)
