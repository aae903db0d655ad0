from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.events.advance import STORED_SCORES, Sighting, advance
from picket.events.memory import ObjectMemory
from tests.unit.events.build import HOME, REGION, frame, rules, track

ZONE = {"zones": {"home": {"coordinates": "0,0,320,0,320,359,0,359", "inertia": 2}}}
RULES = rules(**ZONE)


def live(*scores: float | None, first: tuple[float, ...] = (0.8, 0.8, 0.8)) -> ObjectMemory:
    """Frame by frame with these scores; None where it was not seen."""
    memory = ObjectMemory(track(), first)
    for score in scores:
        seen = replace(track(score=score or 0.8), is_seen=score is not None)
        memory = advance(memory, seen, Sighting(frame()), RULES)
    return memory


def test_an_object_is_believed_when_its_median_reaches_the_threshold() -> None:
    assert live(0.7, first=(0.7, 0.7, 0.7)).is_false_positive is False
    assert live(0.69, first=(0.69, 0.69, 0.69)).is_false_positive is True


def test_only_a_frame_that_surely_shows_it_convinces() -> None:
    assert live(None, first=(0.9,) * 3).is_false_positive is True
    assert live(None, 0.9, first=(0.9,) * 3).is_false_positive is False


def test_a_flicker_of_three_frames_never_convinces() -> None:
    assert live(*[None] * 6, 0.9, first=(0.9,) * 3).is_false_positive is True


@given(
    scores=st.lists(st.one_of(st.none(), st.floats(0.5, 1)), min_size=1, max_size=30),
    moving_from=st.integers(0, 30),
)
def test_who_stirs_is_believed_no_later_than_who_does_not(
    scores: list[float | None], moving_from: int
) -> None:
    """What nothing stirred on needs most of ten frames; with motion fewer are enough."""
    still = stirring = ObjectMemory(track(), (0.8,) * 3)
    for number, score in enumerate(scores):
        seen = replace(track(score=score or 0.8), is_seen=score is not None)
        motion = (HOME,) if number >= moving_from else ()
        still = advance(still, seen, Sighting(frame(), motion=()), RULES)
        stirring = advance(stirring, seen, Sighting(frame(), motion=motion), RULES)
        assert still.is_false_positive or not stirring.is_false_positive
        assert still.is_false_positive or len(still.scores) > STORED_SCORES // 2
    assert still.score == stirring.score


def test_who_comes_back_is_believed_as_soon_as_if_he_were_new() -> None:
    gone = (*[0.55] * 4, *[None] * 5)
    assert live(*gone, 0.9, 0.9, 0.9, first=(0.5,) * 3).is_false_positive is True
    assert live(*gone, 0.9, 0.9, 0.9, 0.9, first=(0.5,) * 3).is_false_positive is False


def test_what_appears_where_nothing_moves_must_convince_for_longer() -> None:
    elsewhere = (Box(400, 100, 440, 180),)
    memory, doubts = ObjectMemory(track(), (0.9,) * 3), []
    for _ in range(4):
        memory = advance(memory, track(score=0.9), Sighting(frame(), motion=elsewhere), RULES)
        doubts.append(memory.is_false_positive)
    assert doubts == [True, True, False, False]


def test_motion_seen_once_is_enough() -> None:
    memory = ObjectMemory(track(), (0.9,) * 3, has_stirred=True)
    after = advance(memory, track(score=0.9), Sighting(frame(), motion=()), RULES)
    assert after.is_false_positive is False


def test_a_frame_without_the_object_counts_as_zero() -> None:
    memory = live(None, None, None)
    assert memory.scores[-3:] == (0.0, 0.0, 0.0)
    assert memory.score == 0.4


def test_a_doubtful_sighting_counts_as_none() -> None:
    memory = live(0.8)
    doubtful = replace(track(Box(300, 100, 340, 180), score=0.3), unsure_count=1)
    after = advance(memory, doubtful, Sighting(frame()), RULES)
    assert after.scores[-1] == 0.0
    assert after.places == memory.places
    assert after.shot is memory.shot


def test_a_weak_object_is_believed_once_it_walked() -> None:
    memory = ObjectMemory(track(score=0.6), (0.6,) * 3, places=(HOME,))
    doubts = []
    for step in range(4):
        box = Box(HOME.x1 + 15 * step, HOME.y1, HOME.x2 + 15 * step, HOME.y2)
        memory = advance(memory, track(box, score=0.6), Sighting(frame()), RULES)
        doubts.append(memory.is_false_positive)
    assert doubts == [True, True, False, False]
    assert memory.top_score == 0.6


def test_only_the_last_scores_count() -> None:
    memory = live(*[0.9] * 20)
    assert memory.scores == (0.9,) * STORED_SCORES


def test_a_believed_object_stays_believed_and_keeps_its_top_score() -> None:
    memory = live(0.8, *[None] * 10)
    assert (memory.is_false_positive, memory.score, memory.top_score) == (False, 0.0, 0.8)


def test_zones_are_watched_before_an_object_is_believed() -> None:
    memory = live(0.4, 0.4, first=(0.4,))
    assert memory.is_false_positive
    assert memory.presence.entered == ("home",)


def test_an_unseen_object_enters_no_zone() -> None:
    assert live(0.8, None, None).presence.entered == ()


def test_a_shot_is_taken_only_of_a_believed_object_that_is_seen() -> None:
    assert live(0.4, first=(0.4,)).shot is None
    memory = live(0.8)
    assert memory.shot is not None
    assert memory.shot.view.box == HOME


def test_a_face_is_remembered_and_shown_only_while_it_is_there() -> None:
    face = Detection("face", 0.9, Box(110, 100, 130, 120), REGION)
    memory = advance(live(0.8), track(), Sighting(frame(), attributes=(face,)), RULES)
    assert [a.label for a in memory.current_attributes] == ["face"]
    memory = advance(memory, track(), Sighting(frame()), RULES)
    assert (memory.attributes, memory.current_attributes) == ({"face": 0.9}, ())


def test_a_logo_names_a_car_unless_somebody_named_it() -> None:
    car = track(Box(50, 50, 250, 150), label="car")
    sighting = Sighting(
        frame(), attributes=(Detection("ups", 0.8, Box(100, 100, 120, 110), REGION),)
    )
    unnamed = ObjectMemory(car, (0.8,))
    assert advance(unnamed, car, sighting, RULES).sub_label == ("ups", 0.8)
    named = ObjectMemory(car, (0.8,), sub_label=("Bob's van", None))
    assert advance(named, car, sighting, RULES).sub_label == ("Bob's van", None)
