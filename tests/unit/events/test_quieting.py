"""What was called false stays untold where it is and as it looks; everything else is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.domain.suppression import Suppression
from picket.domain.track import Track
from picket.events.advance import Sighting
from picket.events.happenings import Happening
from picket.events.lifecycle import step_events
from picket.events.memory import EventState
from picket.events.quieting import SURER, UNLIKE_FRAMES, compile_mistakes
from picket.events.rules import EventRules
from picket.ipc.messages import EventDiscarded, ObjectChanged, TrackQuieted
from picket.media.appearance import describe
from tests.unit.events.build import HEIGHT, HOME, KEPT, WIDTH, of_kind, rules, track

FPS = 5
SCORE = 0.8
AWAY = Box(400, 100, 440, 180)
GNOME, WALKER = 1, 2


@cache
def pattern(seed: int, width: int, height: int) -> npt.NDArray[np.uint8]:
    """Soft patches, the same for the same seed; not to be written to."""
    coarse = np.random.default_rng(seed).integers(30, 220, (8, 8), np.uint8)
    drawn: npt.NDArray[np.uint8] = cv2.resize(coarse, (width, height))  # type: ignore[assignment]
    return drawn


def scene(number: int, *things: tuple[int, Box]) -> Frame:
    """Frame `number` of a yard in which things stand, the later ones in front."""
    yuv = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
    yuv[:HEIGHT] = pattern(0, WIDTH, HEIGHT)
    for seed, box in things:
        look = pattern(seed, box.width, box.height)
        inside = box.clipped(WIDTH, HEIGHT)
        if inside is not None:
            yuv[inside.y1 : inside.y2, inside.x1 : inside.x2] = look[
                inside.y1 - box.y1 : inside.y2 - box.y1, inside.x1 - box.x1 : inside.x2 - box.x1
            ]
    return Frame(1000.0 + number / FPS, yuv)


WITH_GNOME = scene(0, (GNOME, HOME))
NOT_TOLD = Suppression(
    id="900.0-gnome1",
    camera="yard",
    label="person",
    box=HOME.relative(WIDTH, HEIGHT),
    appearance=describe(WITH_GNOME, HOME),
    score=SCORE,
    created_time=1000.0,
)


def quiet_rules(*suppressions: Suppression) -> EventRules:
    return replace(rules(**KEPT), mistakes=compile_mistakes(suppressions, "yard", WIDTH, HEIGHT))


def live(
    made: EventRules, frames: Iterable[tuple[Frame, Track]], state: EventState | None = None
) -> tuple[EventState, list[tuple[Happening, ...]]]:
    """One object from frame to frame, and what was told in each."""
    state, told = state or EventState(), []
    for frame, seen in frames:
        first_scores = {seen.id: (seen.detection.score,) * 3}
        sighting = Sighting(frame, tracks=(seen,), first_scores=first_scores)
        state, happened = step_events(state, sighting, made)
        told.append(happened)
    return state, told


def standing(frame: Frame, count: int, **looks: object) -> list[tuple[Frame, Track]]:
    return [(frame, track(**looks))] * count  # type: ignore[arg-type]


def told_of(told: Iterable[tuple[Happening, ...]]) -> list[int]:
    """Numbers of the frames in which clients heard something."""
    return [n for n, happened in enumerate(told) if of_kind(happened, ObjectChanged)]


@given(
    st.lists(
        st.tuples(st.integers(-4, 4), st.integers(-8, 8), st.floats(0.5, SCORE + SURER - 0.01)),
        min_size=1,
        max_size=30,
    )
)
def test_what_was_called_false_is_never_told_however_its_box_jitters(
    looks: list[tuple[int, int, float]],
) -> None:
    boxes = [
        (Box(HOME.x1 + dx, HOME.y1 + dy, HOME.x2 + dx, HOME.y2 + dy), score)
        for dx, dy, score in looks
    ]
    seen = [(WITH_GNOME, track(box, score=score)) for box, score in boxes]
    state, told = live(quiet_rules(NOT_TOLD), seen)
    assert told_of(told) == []
    (memory,) = state.objects.values()
    assert (memory.is_false_positive, memory.shot, memory.stored) == (True, None, None)


@pytest.mark.parametrize(
    "other",
    [
        replace(NOT_TOLD, label="car"),
        replace(NOT_TOLD, camera="back"),
        replace(NOT_TOLD, box=AWAY.relative(WIDTH, HEIGHT)),
        replace(NOT_TOLD, appearance=describe(scene(0, (WALKER, HOME)), HOME)),
        replace(NOT_TOLD, score=2 * SCORE - 1 - 0.01),
    ],
    ids=["label", "camera", "place", "looks", "score"],
)
def test_everything_must_be_as_it_was(other: Suppression) -> None:
    _, told = live(quiet_rules(other), standing(WITH_GNOME, 5))
    assert told_of(told) == told_of(live(rules(**KEPT), standing(WITH_GNOME, 5))[1]) == [1]


def test_what_was_called_false_before_it_was_seen_at_its_best_stays_quiet() -> None:
    called_early = replace(NOT_TOLD, score=2 * SCORE - 1 + 0.01)
    assert called_early.score + SURER < SCORE
    assert told_of(live(quiet_rules(called_early), standing(WITH_GNOME, 5))[1]) == []


def test_a_label_that_detectors_take_for_another_is_the_same() -> None:
    called_bus = replace(NOT_TOLD, label="bus")
    seen = standing(WITH_GNOME, 5, label="car")
    assert told_of(live(rules(**KEPT), seen)[1]) == [1]
    assert told_of(live(quiet_rules(called_bus), seen)[1]) == []


def test_a_place_that_lies_outside_of_a_smaller_frame_is_nothing() -> None:
    beyond = replace(NOT_TOLD, box=(1.0, 1.0, 0.1, 0.1))
    assert told_of(live(quiet_rules(beyond), standing(WITH_GNOME, 5))[1]) == [1]


def test_it_is_counted_once_when_it_would_have_been_told() -> None:
    unsure = standing(WITH_GNOME, 4, score=0.3)
    _, told = live(quiet_rules(NOT_TOLD), [*unsure, *standing(WITH_GNOME, 20)])
    counted = [(n, *of_kind(happened, TrackQuieted)) for n, happened in enumerate(told)]
    ((number, quieted),) = [one for one in counted if len(one) > 1]
    assert quieted == TrackQuieted(NOT_TOLD.id, WITH_GNOME.frame_time)
    without = live(rules(**KEPT), [*unsure, *standing(WITH_GNOME, 20)])[1]
    assert [number] == told_of(without)


def test_an_untold_object_leaves_nothing_behind() -> None:
    made = quiet_rules(NOT_TOLD)
    state, _ = live(made, standing(WITH_GNOME, 10))
    _, told = step_events(state, Sighting(WITH_GNOME, lost=(track(),)), made)
    assert told == (EventDiscarded(track().id),)


@pytest.mark.parametrize("count", range(1, UNLIKE_FRAMES + 2))
def test_it_is_told_after_three_frames_elsewhere(count: int) -> None:
    stays, leaves = standing(WITH_GNOME, 10), standing(WITH_GNOME, count, box=AWAY)
    _, told = live(quiet_rules(NOT_TOLD), [*stays, *leaves])
    assert told_of(told) == ([10 + UNLIKE_FRAMES - 1] if count >= UNLIKE_FRAMES else [])


@settings(max_examples=25)
@given(st.lists(st.integers(1, UNLIKE_FRAMES - 1), max_size=5))
def test_who_passes_in_front_for_a_moment_does_not_make_it_news(hidden: list[int]) -> None:
    covered = scene(0, (GNOME, HOME), (WALKER, HOME))
    seen = standing(WITH_GNOME, 5)
    for count in hidden:
        seen += [*standing(covered, count), *standing(WITH_GNOME, 1)]
    _, told = live(quiet_rules(NOT_TOLD), seen)
    assert told_of(told) == []


@given(
    st.integers(3, 40),  # pixels in a frame: a person of 80 pixels walks so at 5 fps
    st.integers(-30, 30),
    st.booleans(),
)
def test_a_person_who_walks_through_the_place_is_told_within_a_second(
    speed: int,
    lane: int,
    from_left: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    middle = FPS // 2  # in the middle of the place
    shifts = [(n - middle) * speed * (1 if from_left else -1) for n in range(FPS)]
    boxes = [Box(HOME.x1 + s, HOME.y1 + lane, HOME.x2 + s, HOME.y2 + lane) for s in shifts]
    walk = [
        (scene(n, (GNOME, HOME), (WALKER, box)), track(box, time=1000.0 + n / FPS))
        for n, box in enumerate(boxes)
    ]
    _, told = live(quiet_rules(NOT_TOLD), walk)
    assert told_of(told)


def test_when_it_is_undone_the_object_is_told_at_once() -> None:
    state, told = live(quiet_rules(NOT_TOLD), standing(WITH_GNOME, 10))
    assert told_of(told) == []
    _, told = live(rules(**KEPT), standing(WITH_GNOME, 2), state)
    assert told_of(told) == [0]


def test_an_object_that_was_believed_goes_on_where_something_was_called_false() -> None:
    made = quiet_rules(NOT_TOLD)
    state, _ = live(made, standing(WITH_GNOME, 3, box=AWAY))
    state, _ = live(made, standing(WITH_GNOME, 20), state)
    (memory,) = state.objects.values()
    assert not memory.is_false_positive


def test_an_unseen_object_stays_what_it_was_taken_for() -> None:
    made = quiet_rules(NOT_TOLD)
    unseen = replace(track(), is_seen=False)
    covered = scene(0, (GNOME, HOME), (WALKER, HOME))
    seen = [*standing(WITH_GNOME, 8), *[(covered, unseen)] * 8, *standing(WITH_GNOME, 8)]
    _, told = live(made, seen)
    assert told_of(told) == []


def test_it_is_not_told_when_the_frame_after_its_registration_does_not_show_it() -> None:
    unseen = replace(track(), is_seen=False)
    seen = [*standing(WITH_GNOME, 1), (WITH_GNOME, unseen), *standing(WITH_GNOME, 5)]
    assert told_of(live(rules(**KEPT), seen)[1]) == [2]
    assert told_of(live(quiet_rules(NOT_TOLD), seen)[1]) == []
