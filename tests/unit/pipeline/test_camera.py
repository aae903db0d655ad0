"""One drawn walk through the whole core; the expected frames are counted by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from picket.domain.event import Moment
from picket.domain.geometry import Box
from picket.domain.look import Urgency
from picket.domain.suppression import Suppression
from picket.events.happenings import EventStored, SnapshotDue
from picket.ipc.messages import Change, EventDiscarded, ObjectChanged, TimelineNoted, TrackQuieted
from picket.media.appearance import describe
from picket.pipeline.camera import delete_event, end_all, end_event, step
from picket.pipeline.memory import set_sub_label
from picket.pipeline.rules import Switches, with_suppressions
from tests.unit.pipeline.scene import FPS, HEIGHT, START, WIDTH, Run, draw, draws, rules, square

QUIET, WALK, STAND, GONE = 5, 16, 40, 30
PATH = [
    *[None] * QUIET,
    *[square(100 + 20 * n) for n in range(WALK)],
    *[square(400)] * STAND,
    *[None] * GONE,
]
FIRST_SEEN = QUIET
REGISTERED = FIRST_SEEN + 2  # third detection
BELIEVED = REGISTERED + 1
IN_ZONE = FIRST_SEEN + 15 - 3  # foot beyond 320 from the 11th step on, three frames in a row
LAST_STEP = FIRST_SEEN + WALK - 1
STATIONARY = LAST_STEP + 21  # more than 20 frames without a move
LOST = QUIET + WALK + STAND + 25  # 25 saved hits, then below zero
STANDING_SOON = {"stationary": {"threshold": 20, "interval": 25}}


@pytest.fixture(scope="module")
def walk() -> Run:
    run = Run(rules(detect=STANDING_SOON))
    run.feed_all(PATH)
    return run


def test_clients_are_told_of_a_walk_as_new_updates_and_end(walk: Run) -> None:
    told = [(n, h.change) for n, h in walk.told if isinstance(h, ObjectChanged)]
    assert told == [
        (BELIEVED, Change.NEW),
        (IN_ZONE, Change.UPDATE),
        (STATIONARY, Change.UPDATE),
        (LOST, Change.END),
    ]


def test_the_timeline_of_a_walk_is_in_order(walk: Run) -> None:
    entries = [(n, h.entry) for n, h in walk.told if isinstance(h, TimelineNoted)]
    assert [(n, entry.moment) for n, entry in entries] == [
        (REGISTERED, Moment.VISIBLE),
        (IN_ZONE, Moment.ENTERED_ZONE),
        (STATIONARY, Moment.STATIONARY),
        (LOST, Moment.GONE),
    ]
    assert [entry.timestamp for n, entry in entries] == [START + n / FPS for n, _ in entries]
    assert entries[1][1].zones == ("gate",)


def test_before_of_the_first_message_is_the_registration(walk: Run) -> None:
    new = next(h for _, h in walk.told if isinstance(h, ObjectChanged))
    assert new.before.false_positive
    assert new.before.snapshot is None
    assert new.before.box == square(100 + 20 * 2)
    assert new.after.snapshot is not None
    assert new.after.box == square(100 + 20 * 3)
    assert new.after.position_changes == 1


def test_each_message_continues_where_the_one_before_ended(walk: Run) -> None:
    messages = [h for _, h in walk.told if isinstance(h, ObjectChanged)]
    assert all(a.after == b.before for a, b in pairwise(messages))


def test_the_row_is_padded_and_the_message_is_not(walk: Run) -> None:
    rows = [h.event for _, h in walk.told if isinstance(h, EventStored)]
    start, end = START + REGISTERED / FPS, START + LOST / FPS
    assert rows[0].end_time is None
    assert rows[-1].start_time == pytest.approx(start - 5)
    assert rows[-1].end_time == pytest.approx(end + 5)
    assert rows[-1].zones == ("gate",)
    assert (rows[-1].has_clip, rows[-1].has_snapshot) == (True, True)
    assert rows[-1].id == f"{round(start, 6)}-abcdef"
    last = [h for _, h in walk.told if isinstance(h, ObjectChanged)][-1].after
    assert (last.start_time, last.end_time) == (start, end)


def test_the_picture_to_keep_shows_the_object(walk: Run) -> None:
    due = [h for _, h in walk.told if isinstance(h, SnapshotDue)]
    assert len(due) == 1
    box, luma = due[0].shot.view.box, due[0].shot.frame.luma
    assert (luma[box.y1 : box.y2, box.x1 : box.x2] == 250).all()


def test_the_first_frames_scan_the_scene_and_a_quiet_one_is_not_looked_at_again() -> None:
    run = Run(rules())
    examined = [result.regions_examined for result in run.feed_all([None] * 6)]
    assert examined == [2, 2, 2, 1, 0, 0]
    assert run.detector.asked[0][0].contains(Box(0, 0, WIDTH, HEIGHT))


def test_a_change_of_light_is_no_reason_to_look() -> None:
    run = Run(rules())
    run.feed_all([None] * 6)
    dark = draw(run.number)
    light = replace(dark, yuv=np.where(dark.yuv > 100, dark.yuv, 240).astype(np.uint8))
    memory, result = step(run.memory, light, run.detector, run.rules, draws)
    known = memory.motion.memory
    assert known is not None
    assert known.settling_frames > 0
    assert result.motion_px > 0
    assert result.regions_examined == 0


def test_what_has_not_convinced_is_looked_at_while_it_stands() -> None:
    looks = {}
    for score in (0.6, 0.8):
        run = Run(rules())
        run.detector.score = score
        results = run.feed_all([square(300)] * 30)
        looks[score] = sum(result.regions_examined for result in results[-15:])
    assert looks == {0.6: 15, 0.8: looks[0.8]}
    assert looks[0.8] < 5


def test_an_object_that_stood_there_at_the_start_is_found() -> None:
    run = Run(rules())
    run.feed_all([square(300)] * 4)
    assert any(isinstance(h, ObjectChanged) for _, h in run.told)


def test_a_resting_object_is_looked_at_once_in_an_interval_and_does_not_age() -> None:
    run = Run(rules(detect={"stationary": {"threshold": 10, "interval": 20}}))
    results = run.feed_all([square(300)] * 120)
    examined = [n for n, result in enumerate(results) if result.regions_examined]
    assert [b - a for a, b in pairwise(examined[-3:])] == [20, 20]
    assert results[-1].notes.objects[0].motionless_count == 120 - 3 - 1
    assert results[-1].notes.objects[0].is_seen


def test_nothing_ages_while_no_detector_answers() -> None:
    run = Run(rules())
    run.feed_all([square(300)] * 6)
    before = run.memory
    run.detector.is_down = True
    results = run.feed_all([square(300)] * 100)
    assert {(result.is_blind, result.happenings) for result in results} == {(True, ())}
    assert run.memory.events is before.events
    run.detector.is_down = False
    assert run.feed(square(300)).notes.objects[0].id == results[0].notes.objects[0].id


def test_the_scan_is_repeated_until_a_detector_answers() -> None:
    run = Run(rules())
    run.detector.is_down = True
    run.feed_all([square(300)] * 3)
    run.detector.is_down = False
    run.feed_all([square(300)] * 4)
    assert len(run.detector.asked) == 7
    assert any(isinstance(h, ObjectChanged) for _, h in run.told)


def test_objects_fade_out_when_detection_is_switched_off() -> None:
    run = Run(rules())
    run.feed_all([square(100)] * 6)
    asked = len(run.detector.asked)
    run.rules = replace(run.rules, switches=Switches(detect=False))
    run.feed_all([square(100)] * 26)
    assert len(run.detector.asked) == asked
    assert run.memory.events.objects == {}
    changes = [h.change for _, h in run.told if isinstance(h, ObjectChanged)]
    assert changes == [Change.NEW, Change.END]


def test_a_weak_object_that_stays_is_never_told_of_and_its_timeline_goes() -> None:
    run = Run(rules())
    run.detector.score = 0.6
    run.feed_all([*[square(100)] * 20, *[None] * 30])
    kinds = [type(h) for _, h in run.told]
    assert kinds == [TimelineNoted, EventDiscarded]


def test_a_weak_object_that_walks_is_told_of_within_a_second() -> None:
    run = Run(rules())
    run.detector.score = 0.6
    run.feed_all([square(100 + 20 * n) for n in range(8)])
    (told, change) = next((n, h.change) for n, h in run.told if isinstance(h, ObjectChanged))
    assert change is Change.NEW
    assert told < FPS


def test_an_object_whose_score_falls_under_min_score_is_still_followed() -> None:
    run = Run(rules())
    run.feed_all([square(100 + 20 * n) for n in range(6)])
    run.detector.score = 0.3
    run.feed_all([square(220 + 20 * n) for n in range(5)])
    (view,) = run.memory.events.objects.values()
    assert (view.track.is_seen, view.track.detection.box) == (True, square(300))
    assert view.scores[-5:] == (0.0,) * 5


def test_what_never_reaches_min_score_is_never_followed() -> None:
    run = Run(rules())
    run.detector.score = 0.49
    run.feed_all([square(100 + 20 * n) for n in range(10)])
    assert run.memory.tracks.followed == ()


def test_an_object_is_told_of_but_not_stored_when_nothing_is_kept() -> None:
    run = Run(rules(record={"enabled": False}, snapshots={"enabled": False}))
    run.feed_all([*[square(100 + 20 * n) for n in range(6)], *[None] * 30])
    kinds = [type(h) for _, h in run.told]
    assert EventStored not in kinds
    assert kinds[-2:] == [ObjectChanged, EventDiscarded]


def test_active_objects_counts_believed_objects_that_move() -> None:
    run = Run(rules())
    results = run.feed_all([*[square(100 + 20 * n) for n in range(6)], *[square(200)] * 3])
    assert [result.active_objects for result in results] == [0, 0, 0, 1, 1, 1, 0, 0, 0]


def test_motion_switched_off_shows_no_motion() -> None:
    run = Run(rules())
    run.rules = replace(run.rules, switches=Switches(motion=False))
    results = run.feed_all([None, square(100), square(140)])
    assert [result.motion_px for result in results] == [0, 0, 0]


def test_a_clean_stop_ends_what_runs() -> None:
    run = Run(rules())
    run.feed_all([square(100 + 20 * n) for n in range(6)])
    memory, told = end_all(run.memory, START + 100, run.rules)
    assert memory.events.objects == {}
    rows = [h.event for h in told if isinstance(h, EventStored)]
    assert [row.end_time for row in rows] == [START + 105]


def test_a_name_given_from_outside_is_shown() -> None:
    run = Run(rules())
    run.feed_all([square(100 + 20 * n) for n in range(6)])
    (event_id,) = run.memory.events.objects
    run.memory = set_sub_label(run.memory, event_id, "Ann", 0.9)
    assert run.feed(square(220)).notes.objects[0].sub_label == ("Ann", 0.9)
    assert set_sub_label(run.memory, "unknown", "Bob").events is run.memory.events


def test_a_deleted_event_is_not_stored_again() -> None:
    run = Run(rules())
    run.feed_all([square(100 + 20 * n) for n in range(6)])
    (event_id,) = run.memory.events.objects
    memory, told = delete_event(run.memory, event_id)
    assert told == (EventDiscarded(event_id),)
    _, told = end_all(memory, START + 100, run.rules)
    assert not [h for h in told if isinstance(h, EventStored)]
    assert delete_event(run.memory, "unknown")[1] == ()


def test_the_same_frames_give_the_same_happenings() -> None:
    def told() -> list[ObjectChanged]:
        run = Run(rules())
        run.feed_all(PATH[:30])
        return [h for _, h in run.told if isinstance(h, ObjectChanged)]

    assert told() == told()
    assert told()


def test_a_step_leaves_the_memory_it_was_given_untouched() -> None:
    run = Run(rules())
    run.feed_all(PATH[:12])
    memory, frame = run.memory, draw(12, square(260))
    results = [step(memory, frame, run.detector, run.rules, draws)[1].notes for _ in range(2)]
    assert results[0] == results[1]


def test_a_frame_of_another_size_is_refused() -> None:
    frame = replace(draw(0), yuv=draw(0).yuv[:, : WIDTH // 2])
    with pytest.raises(ValueError, match=f"{WIDTH}x{HEIGHT}"):
        step(Run(rules()).memory, frame, Run(rules()).detector, rules(), draws)


def test_an_ended_event_is_followed_by_another_one_while_its_object_is_there() -> None:
    run = Run(rules())
    run.feed_all([*[None] * QUIET, *[square(100 + 10 * n) for n in range(8)]])
    (first,) = run.memory.events.objects
    run.memory, told = end_event(run.memory, first, START + 9, run.rules)
    assert [h.change for h in told if isinstance(h, ObjectChanged)] == [Change.END]
    assert end_event(run.memory, first, START + 9, run.rules)[1] == ()
    told_before = len(run.told)
    run.feed_all([square(180 + 10 * n) for n in range(8)])
    later = [h for _, h in run.told[told_before:] if isinstance(h, ObjectChanged)]
    assert [h.change for h in later] == [Change.NEW]


def test_what_is_suppressed_counts_neither_as_active_nor_as_news() -> None:
    # A plain white square has no structure to be known by: the place shows its edge as well.
    place, path = Box(100, 150, 152, 242), [None, None, *[square(100)] * 30]
    told = Run(rules())
    results = told.feed_all(path)
    assert any(isinstance(h, ObjectChanged) for _, h in told.told)
    assert any(result.active_objects for result in results)
    gnome = Suppression(
        id="1.0-abcdef",
        camera="yard",
        label="person",
        box=place.relative(WIDTH, HEIGHT),
        appearance=describe(draw(0, square(100)), place),
        score=0.8,
        created_time=START,
    )
    quiet = Run(with_suppressions(rules(), [gnome, replace(gnome, camera="elsewhere")]))
    results = quiet.feed_all(path)
    assert not any(isinstance(h, ObjectChanged | EventStored) for _, h in quiet.told)
    assert not any(result.active_objects for result in results)
    assert [h.suppression_id for _, h in quiet.told if isinstance(h, TrackQuieted)] == [gnome.id]


@pytest.mark.parametrize("every", [2, 4])
def test_a_person_is_told_though_the_detector_has_time_for_few_frames(every: int) -> None:
    run = Run(rules())
    path = [None] * 5 + [square(100 + 10 * (n // every)) for n in range(12 * every)]
    results = []
    for number, box in enumerate(path):
        run.detector.looks_max = None if number % every == 0 else 0
        results.append(run.feed(box))
    assert [h.change for _, h in run.told if isinstance(h, ObjectChanged)] == [Change.NEW]
    shed = [result for result in results if result.shed]
    assert len(shed) > len(path) / 3
    assert all(not result.is_blind and not result.regions_examined for result in shed)


def test_nobody_is_gone_because_the_detector_was_busy() -> None:
    run = Run(rules())
    run.feed_all(PATH[: QUIET + WALK])
    run.feed(None)  # missed once
    run.detector.looks_max = 0
    run.feed_all([square(400)] * 60)
    (track,) = run.memory.events.objects.values()
    assert not [h for _, h in run.told if isinstance(h, ObjectChanged) and h.change is Change.END]
    assert track.track.unsure_count <= 60


def test_nobody_grows_because_the_detector_was_busy() -> None:
    run = Run(rules())
    nearing = [Box(100 + 8 * n, 150 - 3 * n, 140 + 12 * n, 230 + 3 * n) for n in range(30)]
    run.feed_all([None] * 5)
    run.feed_all(nearing[:14])
    ((key, seen),) = run.memory.events.objects.items()
    run.detector.looks_max = 0
    run.feed_all(nearing[14:])
    memory = run.memory.events.objects[key]
    assert memory.track.is_seen
    assert memory.track.detection.box.area <= seen.track.detection.box.area
    assert memory.shot == seen.shot, "of where he was seen, not of where he was expected"


def test_looks_are_counted_by_what_they_are_for() -> None:
    run = Run(rules())
    run.detector.looks_max = 1
    result = run.feed(None)
    assert (result.made, result.shed) == ((Urgency.RESTING,), (Urgency.RESTING,))
