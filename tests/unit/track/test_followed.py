from __future__ import annotations

from dataclasses import replace

import numpy as np

from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.track.followed import Followed, Glimpse, advance, is_over, notice
from picket.track.rules import TrackRules

RULES = TrackRules(min_initialized=2.5, max_disappeared=4, stationary_threshold=5)
SEEN = Detection("person", 0.8, Box(100, 100, 200, 300), Box(0, 0, 640, 640))
WEAK = replace(SEEN, score=0.3)


def draws() -> tuple[int, ...]:
    return (0, 1, 2, 3, 4, 5)


def live(*glimpses: Glimpse | None, rules: TrackRules = RULES) -> Followed:
    """A thing that was noticed at 100 s and then had these glimpses, one a second."""
    thing = notice(Glimpse(SEEN), 100.0, rules, draws)
    for number, glimpse in enumerate(glimpses, start=1):
        thing = advance(thing, glimpse, 100.0 + number, rules, draws)
    return thing


def test_hits_of_a_candidate_rise_fall_and_wait() -> None:
    assert live().hits == 1
    assert live(Glimpse(SEEN)).hits == 2
    assert live(Glimpse(WEAK, is_sure=False)).hits == 1
    assert live(None).hits == 0


def test_a_candidate_is_given_up_below_zero() -> None:
    assert not is_over(live(None), RULES)
    assert is_over(live(None, None), RULES)


def test_where_one_hit_is_enough_it_is_registered_at_once() -> None:
    track = live(rules=replace(RULES, min_initialized=0.5)).track
    assert track is not None
    assert (track.id, track.start_time) == ("100.0-abcdef", 100.0)


def test_an_object_is_over_when_nothing_sure_was_seen_for_too_long() -> None:
    registered = [Glimpse(SEEN)] * 2
    assert not is_over(live(*registered, *[None] * 4), RULES)
    assert is_over(live(*registered, *[None] * 5), RULES)
    assert is_over(live(*registered, *[Glimpse(WEAK, is_sure=False)] * 5), RULES)


def test_only_sure_glimpses_change_the_look() -> None:
    red, blue = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    thing = live(Glimpse(SEEN, colours=red), Glimpse(SEEN, colours=red))
    doubtful = advance(thing, Glimpse(WEAK, is_sure=False, colours=blue), 103.0, RULES, draws)
    sure = advance(thing, Glimpse(SEEN, colours=blue), 103.0, RULES, draws)
    assert doubtful.colours is thing.colours
    assert sure.colours is not None
    assert sure.colours[1] > 0


def test_the_last_box_of_an_object_may_be_a_doubtful_one() -> None:
    aside = replace(WEAK, box=Box(130, 100, 230, 300))
    thing = live(Glimpse(SEEN), Glimpse(SEEN), Glimpse(aside, is_sure=False))
    assert thing.last_box == aside.box
