from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.track.colours import Colours
from picket.track.rules import TrackRules
from picket.track.tracker import (
    Hints,
    Tracking,
    TrackState,
    candidate_boxes,
    drop_track,
    expected_boxes,
    living_tracks,
    step_tracks,
)

RULES = TrackRules(min_initialized=2.5, max_disappeared=25, stationary_threshold=5)
NO_HINTS = Hints()
REGION = Box(0, 0, 640, 640)


@dataclass
class Counter:
    """Draws that differ from call to call."""

    calls: int = 0

    def __call__(self) -> Sequence[int]:
        self.calls += 1
        return (0, 0, 0, 0, 0, self.calls)


@dataclass
class Follower:
    """A tracker fed one frame a second."""

    rules: TrackRules = RULES
    draws: Counter = field(default_factory=Counter)
    state: TrackState = field(default_factory=TrackState)
    time: float = 100.0

    def see(self, *detections: Detection, hints: Hints = NO_HINTS) -> Tracking:
        self.state, tracking = step_tracks(
            self.state, detections, self.time, self.rules, self.draws, hints
        )
        self.time += 1
        return tracking

    def doubt(self, *doubtful: Detection) -> Tracking:
        return self.see(hints=Hints(doubtful))

    def see_all(self, frames: Iterable[Detection]) -> list[Tracking]:
        return [self.see(detection) for detection in frames]


def at(x: int, label: str = "person", score: float = 0.8) -> Detection:
    return Detection(label, score, Box(x, 100, x + 100, 300), REGION)


def test_the_third_detection_registers() -> None:
    follower = Follower()
    counts = [len(tracking.tracks) for tracking in follower.see_all([at(0)] * 4)]
    assert counts == [0, 0, 1, 1]
    (track,) = living_tracks(follower.state)
    assert (track.id, track.start_time, track.frame_time) == ("102.0-aaaaab", 102.0, 103.0)


def test_registration_tells_the_scores_behind_it() -> None:
    follower = Follower()
    scores = (0.6, 0.7, 0.8)
    *_, third = follower.see_all([at(0, score=score) for score in scores])
    assert dict(third.first_scores) == {third.tracks[0].id: scores}
    assert follower.see(at(0)).first_scores == {}


def test_a_glimpse_is_forgotten() -> None:
    follower = Follower()
    follower.see(at(0))
    assert candidate_boxes(follower.state) == (at(0).box,)
    follower.see()
    assert candidate_boxes(follower.state) == ()
    follower.see()
    assert follower.state.followed == ()
    assert follower.draws.calls == 0


def test_nothing_is_gone_from_where_nobody_looked() -> None:
    follower = Follower()
    follower.see_all([at(0)] * 3)
    follower.see(at(0), at(300))
    elsewhere = Hints(overlooked={at(300).box})
    for _ in range(40):
        follower.see(at(0), hints=elsewhere)
    assert candidate_boxes(follower.state) == (at(300).box,)
    follower.see()  # both are missed
    for _ in range(40):
        (track,) = follower.see(hints=Hints(overlooked={at(0).box, at(300).box})).tracks
    assert (track.is_seen, track.unsure_count) == (False, 1)


def test_an_object_seen_long_enough_survives_max_disappeared_frames() -> None:
    follower = Follower()
    follower.see_all([at(0)] * 60)
    fates = [follower.see() for _ in range(26)]
    assert [len(fate.tracks) for fate in fates] == [1] * 25 + [0]
    assert [len(fate.lost) for fate in fates] == [0] * 25 + [1]
    assert fates[-1].lost[0].frame_time == 159.0


def test_an_object_seen_shortly_survives_as_long() -> None:
    follower = Follower()
    follower.see_all([at(0)] * 3)
    lost = [len(follower.see().lost) for _ in range(30)]
    assert lost.index(1) == RULES.max_disappeared


def test_a_doubtful_detection_continues_an_object() -> None:
    follower = Follower()
    follower.see_all([at(10 * step) for step in range(5)])
    (track,) = follower.doubt(at(50, score=0.3)).tracks
    assert (track.is_seen, track.unsure_count, track.frame_time) == (True, 1, 105.0)
    assert track.detection == at(50, score=0.3)
    (track,) = follower.see(at(60)).tracks
    assert (track.is_seen, track.unsure_count) == (True, 0)


def test_doubtful_detections_alone_keep_nothing_alive() -> None:
    follower = Follower()
    follower.see_all([at(0)] * 5)
    lost = [len(follower.doubt(at(0, score=0.3)).lost) for _ in range(30)]
    assert lost.index(1) == RULES.max_disappeared


def test_doubtful_detections_begin_nothing_and_do_not_ripen_a_candidate() -> None:
    follower = Follower()
    for _ in range(10):
        follower.doubt(at(0, score=0.3))
    assert follower.state.followed == ()
    follower.see(at(0))
    for _ in range(10):
        assert follower.doubt(at(0, score=0.3)).tracks == ()
    assert len(follower.state.followed) == 1
    assert [len(t.tracks) for t in follower.see_all([at(0)] * 2)] == [0, 1]


def test_sure_detections_are_given_away_before_doubtful_ones() -> None:
    follower = Follower()
    follower.see_all([at(0)] * 5)
    (track,) = follower.see(at(30), hints=Hints([at(0, score=0.4)])).tracks
    assert track.detection == at(30)


def test_the_count_of_a_standing_object_waits_for_a_sure_look() -> None:
    follower = Follower()
    follower.see_all([at(0)] * 10)
    (before,) = living_tracks(follower.state)
    (after,) = follower.doubt(at(30, score=0.3)).tracks
    assert after.motionless_count == before.motionless_count
    assert not any(one.is_sure for one in living_tracks(follower.state))


def test_an_object_keeps_its_name_when_a_frame_calls_it_otherwise() -> None:
    follower = Follower()
    follower.see_all([at(0, "car")] * 3)
    (track,) = follower.see(at(0, "bus")).tracks
    assert (track.label, track.detection.label, track.is_seen) == ("car", "car", True)


def test_an_object_is_registered_by_its_usual_name() -> None:
    follower = Follower()
    *_, third = follower.see_all([at(0, "bus"), at(0, "car"), at(0, "car")])
    assert [track.label for track in third.tracks] == ["car"]


def test_a_second_name_for_an_object_is_no_second_object() -> None:
    follower = Follower()
    for _ in range(6):
        tracking = follower.see(at(0, "car"), at(5, "bus"))
    assert [track.label for track in tracking.tracks] == ["car"]


def test_who_leaves_the_picture_and_comes_back_is_the_same() -> None:
    follower = Follower()
    follower.see_all([at(80 * step) for step in range(6)])
    (before,) = living_tracks(follower.state)
    for _ in range(5):
        follower.see()
    (after,) = follower.see(at(400)).tracks
    assert (after.id, after.is_seen) == (before.id, True)


def test_looks_tell_who_comes_out_from_behind_a_tree() -> None:
    """Two go behind it from either side, turn round there, and leave as they came."""
    looks = {"yellow": np.array([1.0, 0.0]), "blue": np.array([0.0, 1.0])}
    clothes: dict[Box, Colours] = {}

    def dressed(x: int, colour: str) -> Detection:
        detection = at(x)
        clothes[detection.box] = looks[colour]
        return detection

    follower = Follower()
    for x in (0, 40, 80, 120):
        seen = (dressed(x, "yellow"), dressed(440 - x, "blue"))
        follower.see(*seen, hints=Hints(colours=clothes.get))
    before = {track.detection.box.x1: track.id for track in living_tracks(follower.state)}
    for _ in range(3):
        follower.see()
    seen = (dressed(160, "yellow"), dressed(280, "blue"))
    tracking = follower.see(*seen, hints=Hints(colours=clothes.get))
    after = {track.detection.box.x1: track.id for track in tracking.tracks}
    assert (after[160], after[280]) == (before[120], before[320])


def test_an_unseen_object_says_so_and_keeps_its_last_detection() -> None:
    follower = Follower()
    follower.see_all([at(0)] * 5)
    (track,) = follower.see().tracks
    assert (track.is_seen, track.frame_time, track.detection) == (False, 104.0, at(0))
    assert not any(one.is_sure for one in living_tracks(follower.state))


def test_an_identity_survives_a_gap_in_a_walk() -> None:
    follower = Follower()
    follower.see_all([at(20 * step) for step in range(10)])
    (before,) = living_tracks(follower.state)
    for _ in range(8):
        follower.see()
    (after,) = follower.see(at(20 * 18)).tracks
    assert after.id == before.id
    assert after.is_seen


def test_two_that_walk_past_each_other_keep_their_identities() -> None:
    follower = Follower()
    follower.see_all([])
    for step in range(40):
        left = Detection("person", 0.8, Box(20 * step, 100, 20 * step + 80, 300), REGION)
        right = Detection("person", 0.8, Box(800 - 20 * step, 130, 880 - 20 * step, 330), REGION)
        tracking = follower.see(left, right)
    ids = {track.id: track.detection.box.x1 for track in tracking.tracks}
    assert ids == {"102.0-aaaaab": 780, "102.0-aaaaac": 20}


def test_labels_are_followed_apart() -> None:
    follower = Follower()
    for _ in range(3):
        tracking = follower.see(at(0, "person"), at(0, "dog"))
    assert sorted(track.label for track in tracking.tracks) == ["dog", "person"]


def test_an_object_chooses_before_a_candidate() -> None:
    follower = Follower()
    follower.see_all([at(0)] * 5)
    follower.see(at(0), at(60))
    (track,) = follower.see(at(50)).tracks
    assert track.is_seen


def test_position_changes_reaches_one_on_the_second_frame_of_a_track() -> None:
    follower = Follower()
    tracks = [follower.see(at(0)).tracks for _ in range(6)]
    assert [t[0].position_changes for t in tracks if t] == [0, 1, 1, 1]
    assert [t[0].motionless_count for t in tracks if t] == [0, 0, 1, 2]


def test_a_walk_is_one_change_of_position_and_waking_up_is_another() -> None:
    follower = Follower()
    follower.see_all([at(60 * step) for step in range(6)])
    assert living_tracks(follower.state)[0].position_changes == 1
    follower.see_all([at(300)] * 8)
    assert living_tracks(follower.state)[0].is_stationary(RULES.stationary_threshold)
    follower.see_all([at(400), at(500)])
    (track,) = living_tracks(follower.state)
    assert (track.position_changes, track.motionless_count) == (2, 0)


def test_an_object_that_stood_longer_than_its_label_may_is_lost() -> None:
    follower = Follower(rules=replace(RULES, max_frames_by_label={"person": 3}))
    lost = [len(tracking.lost) for tracking in follower.see_all([at(0)] * 20)]
    # Registered in the third frame, moved in the fourth, then 5 + 3 + 1 frames.
    assert lost.index(1) == 3 + 9
    standing = Follower(rules=replace(RULES, max_frames_by_label={"car": 3}))
    assert not any(tracking.lost for tracking in standing.see_all([at(0)] * 20))


def test_what_walks_is_expected_ahead() -> None:
    follower = Follower()
    follower.see_all([at(20 * step) for step in range(15)])
    (box,) = expected_boxes(follower.state).values()
    assert abs(box.x1 - 300) <= 4
    assert box.width in range(98, 103)


def test_what_was_there_can_be_fed_again() -> None:
    follower = Follower()
    follower.see_all([at(0)] * 5)
    for _ in range(100):
        tracking = follower.see(*(one.detection for one in living_tracks(follower.state)))
    assert tracking.tracks[0].motionless_count == 101
    assert tracking.tracks[0].is_seen


def test_a_dropped_track_is_met_anew_and_the_others_go_on() -> None:
    follower = Follower()
    for _ in range(4):
        follower.see(at(0), at(300))
    dropped, other = living_tracks(follower.state)
    follower.state = drop_track(follower.state, dropped.id)
    assert living_tracks(follower.state) == (other,)
    assert drop_track(follower.state, "1.0-nobody").followed == follower.state.followed
    for _ in range(3):
        tracking = follower.see(at(0), at(300))
    assert tracking.lost == ()
    assert [track.id == other.id for track in tracking.tracks] == [True, False]
    assert tracking.tracks[1].id != dropped.id


def test_who_comes_in_at_the_edge_is_one_though_the_head_looks_unlike_the_whole() -> None:
    head = Detection("person", 0.8, Box(100, 300, 200, 400), REGION)
    person = Detection("person", 0.8, Box(110, 180, 310, 400), REGION)
    hair, clothes = np.eye(2)
    colours = {head.box: hair, person.box: clothes}.get
    follower = Follower()
    for seen in (head, person, person):
        follower.see(seen, hints=Hints(colours=colours))
    (track,) = living_tracks(follower.state)
    assert (track.start_time, track.origin) == (102.0, head.box)


def test_a_stranger_of_about_the_size_is_another() -> None:
    one = Detection("person", 0.8, Box(100, 180, 200, 400), REGION)
    other = Detection("person", 0.8, Box(170, 180, 270, 400), REGION)
    grey, red = np.eye(2)
    colours = {one.box: grey, other.box: red}.get
    follower = Follower()
    for seen in (one, other, other):
        follower.see(seen, hints=Hints(colours=colours))
    assert living_tracks(follower.state) == ()
