from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bench.demand_score import Loss, compare
from picket.domain.geometry import Box
from picket.evaluate.observed import Following, NotedEvent, Observation, TrackedBox
from picket.evaluate.truth.values import Truth, objects_of
from tests.unit.evaluate.samples import FACTS, FPS, box, detection, frame, true_box

COUNT = 20
WALK = {n: box(10 * n) for n in range(6, 16)}


def observed(walk: Mapping[int, Box], left_out: Collection[int] = ()) -> Observation:
    """A person walks, who is detected wherever he is; some frames were not decoded."""
    numbers = range(1, COUNT + 1)
    frames = tuple(
        replace(frame(n, [detection(walk[n])] if n in walk else []), is_decoded=n not in left_out)
        for n in numbers
    )
    tracks = tuple((TrackedBox("a", "person", walk[n]),) if n in walk else () for n in numbers)
    events = (NotedEvent("a", "person", (min(walk) - 1) / FPS),) if walk else ()
    return Observation(FACTS, frames, Following(tracks, events), None, 1.0, 1.0)


def truth() -> Truth:
    boxes = {n: (true_box(where),) for n, where in WALK.items()}
    return Truth(frozenset(("person",)), objects_of(boxes, FPS), boxes)


def lost(spared: Observation) -> Loss:
    return compare(("yard", "h264"), observed(WALK), spared, truth())


def test_nothing_is_lost_where_nobody_was() -> None:
    loss = lost(observed(WALK, left_out=(1, 2, 3, 20)))
    assert loss.is_equal
    assert (loss.frames, loss.left_out, loss.rested_s) == (COUNT, 4, 0.8)
    assert (loss.unseen, loss.believed, loss.later_s) == (0, 0, 0.0)
    assert loss.whole == loss.spared
    assert loss.whole.recall == loss.whole.idf1 == 1.0


def test_who_is_seen_late_is_told_late_and_counted_in_the_frames_left_out() -> None:
    late = {n: where for n, where in WALK.items() if n > 8}
    loss = lost(observed(late, left_out=(6, 7, 8)))
    assert not loss.is_equal
    assert (loss.unseen, loss.believed) == (3, 3)
    assert loss.later_s == 3 / FPS
    assert loss.spared.recall == 0.7


def test_a_visit_that_was_missed_is_an_object_of_one_way_only() -> None:
    loss = lost(observed({}, left_out=WALK))
    assert (loss.only_whole, loss.only_spared, loss.later_s) == (1, 0, None)
    assert (loss.spared.events, loss.spared.missed, loss.spared.recall) == (0, 1, 0.0)


def test_frames_that_one_way_did_not_have_count_for_neither() -> None:
    spared = observed(WALK)
    ours = Following(spared.ours.tracks[:-1], spared.ours.events)
    loss = lost(replace(spared, frames=spared.frames[:-1], ours=ours))
    assert (loss.frames, loss.absent) == (COUNT - 1, 1)


def test_without_truth_the_frames_left_out_are_compared_all_the_same() -> None:
    loss = compare(("yard", "h264"), observed(WALK), observed({}, left_out=WALK), None)
    assert (loss.unseen, loss.whole.recall, loss.whole.missed) == (len(WALK), None, None)


@given(st.frozensets(st.integers(1, COUNT)))
def test_what_is_unseen_is_what_walked_in_frames_left_out(left_out: frozenset[int]) -> None:
    seen = {n: where for n, where in WALK.items() if n not in left_out}
    loss = lost(observed(seen, left_out))
    assert loss.unseen == loss.believed == len(WALK.keys() & left_out)
    assert loss.left_out == len(left_out)
