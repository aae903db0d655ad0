from __future__ import annotations

from dataclasses import replace

import numpy as np

from picket.domain.detection import Detection
from picket.domain.event import Moment
from picket.domain.geometry import Box
from picket.domain.ids import own_share_s
from picket.events.advance import Sighting
from picket.events.happenings import EventStored, SnapshotDue
from picket.events.lifecycle import (
    delete_event,
    end_all,
    end_event,
    set_sub_label,
    step_events,
)
from picket.events.memory import EventState
from picket.ipc.messages import Change, EventDiscarded, ObjectChanged, TimelineNoted
from tests.unit.events.build import HEIGHT, KEPT, START, WIDTH, Life, frame, of_kind, rules, track

ZONES = {"zones": {"gate": {"coordinates": "320,0,639,0,639,359,320,359", "inertia": 1}}}
AT_GATE = Box(400, 100, 440, 180)


def changes(told: tuple[object, ...]) -> list[Change]:
    return [h.change for h in told if isinstance(h, ObjectChanged)]


def test_a_registration_is_noted_and_told_to_nobody() -> None:
    told = Life().see(track())
    assert [type(h) for h in told] == [TimelineNoted]


def test_a_believed_object_is_told_once_as_new() -> None:
    life = Life()
    assert changes(life.be_believed()) == [Change.NEW]
    assert life.see(track(time=life.time)) == ()


def test_a_better_picture_is_told_after_five_seconds() -> None:
    life = Life()
    life.be_believed()
    told = [life.see(track(Box(100, 90, 150 + n, 190), time=life.time)) for n in range(6)]
    assert [changes(one) for one in told] == [[], [], [], [], [], [Change.UPDATE]]
    (stored,) = of_kind(told[-1], EventStored)
    assert stored.has_new_shot


def test_a_quiet_object_is_told_of_once_a_minute() -> None:
    life = Life()
    life.be_believed()
    told = [changes(life.see(track(time=life.time))) for _ in range(130)]
    assert [n for n, one in enumerate(told) if one] == [60, 121]


def test_starting_to_move_again_is_told_at_once() -> None:
    life = Life()
    life.be_believed(motionless_count=60)
    told = life.see(track(time=life.time, position_changes=2))
    assert changes(told) == [Change.UPDATE]
    assert [h.entry.moment for h in of_kind(told, TimelineNoted)] == [Moment.ACTIVE]


def test_a_face_that_appears_is_told_once_and_not_in_every_frame() -> None:
    life = Life()
    life.be_believed()

    def with_face(shift: int) -> tuple[object, ...]:
        box = Box(110 + shift, 100, 130 + shift, 120)
        return life.see(track(time=life.time), Detection("face", 0.9, box, box))

    assert [changes(with_face(shift)) for shift in range(4)] == [[Change.UPDATE], [], [], []]


def test_a_row_is_written_only_when_something_in_it_changed() -> None:
    life = Life()
    assert len(of_kind(life.be_believed(), EventStored)) == 1
    told = [life.see(track(time=life.time)) for _ in range(70)]
    assert [change for one in told for change in changes(one)] == [Change.UPDATE]
    assert not any(of_kind(one, EventStored) for one in told)


def test_a_required_zone_must_be_entered_for_a_clip() -> None:
    made = rules(
        record={"enabled": True, "events": {"required_zones": ["gate"]}},
        snapshots={"enabled": False},
        **ZONES,
    )
    life = Life(made)
    assert of_kind(life.be_believed(), EventStored) == []
    (stored,) = of_kind(life.see(track(AT_GATE, time=life.time)), EventStored)
    assert (stored.event.has_clip, stored.event.has_snapshot) == (True, False)
    assert stored.event.zones == ("gate",)


def test_an_object_that_never_moved_is_not_kept() -> None:
    life = Life()
    told = life.be_believed(position_changes=0)
    assert changes(told) == [Change.NEW]
    assert of_kind(told, EventStored) == []


def test_a_promised_event_is_finished_even_when_recording_was_switched_off() -> None:
    life = Life()
    life.be_believed()
    off = replace(life.rules.clip, is_enabled=False)
    life.rules = replace(life.rules, clip=off, snapshot=off)
    told = life.lose(track(time=life.time))
    (stored,) = of_kind(told, EventStored)
    assert stored.event.end_time is not None
    assert (stored.event.has_clip, stored.event.has_snapshot) == (True, True)


def test_an_end_is_told_noted_stored_and_photographed_in_this_order() -> None:
    life = Life()
    life.be_believed()
    told = life.lose(track(time=life.time - 1))
    assert [type(h) for h in told] == [ObjectChanged, TimelineNoted, EventStored, SnapshotDue]
    (changed,) = of_kind(told, ObjectChanged)
    assert (changed.change, changed.after.end_time) == (Change.END, START + 2)
    assert life.state.objects == {}


def test_without_snapshots_no_picture_is_due() -> None:
    life = Life(rules(record={"enabled": True}))
    life.be_believed()
    assert of_kind(life.lose(track()), SnapshotDue) == []


def test_a_false_positive_ends_silently() -> None:
    life = Life()
    life.see(track(score=0.3))
    assert life.lose(track(score=0.3)) == (EventDiscarded(track().id),)


def test_the_row_tells_of_the_best_shot_and_the_detector() -> None:
    life = Life()
    (stored,) = of_kind(life.be_believed(score=0.83), EventStored)
    row, size = stored.event, (WIDTH, HEIGHT)
    assert row.data.score == 0.83
    assert row.data.top_score == 0.83
    assert row.data.box == track().detection.box.relative(*size)
    assert (row.detector_type, row.model_type, row.model_hash) == ("onnx", "yolox", "abc")
    assert (row.start_time, row.end_time) == (START - 5 - own_share_s(row.id), None)


def test_all_shots_of_a_frame_share_one_copy_of_it() -> None:
    made = rules(**KEPT)
    both = (track(), replace(track(Box(300, 100, 340, 180)), id="1000.0-aaaaaa"))
    scores = {one.id: (0.8, 0.8, 0.8) for one in both}
    state, _ = step_events(EventState(), Sighting(frame(), both, first_scores=scores), made)
    ring = frame(START + 1)
    state, _ = step_events(state, Sighting(ring, both), made)
    shots = [memory.shot for memory in state.objects.values()]
    assert shots[0] is not None
    assert shots[1] is not None
    assert shots[0].frame is shots[1].frame
    assert shots[0].frame is not ring
    assert not np.shares_memory(shots[0].frame.yuv, ring.yuv)


def test_a_clean_stop_ends_believed_objects_and_discards_the_others() -> None:
    life = Life()
    life.be_believed()
    state, told = end_all(life.state, START + 50, life.rules)
    assert state.objects == {}
    assert changes(told) == [Change.END]
    doubtful = Life()
    doubtful.see(track(score=0.3))
    assert end_all(doubtful.state, START, doubtful.rules)[1] == (EventDiscarded(track().id),)


def test_a_name_is_shown_in_message_and_row_and_can_be_taken_away() -> None:
    life = Life()
    life.be_believed()
    life.state = set_sub_label(life.state, track().id, "Ann", 0.9)
    told = life.lose(track())
    assert of_kind(told, ObjectChanged)[0].after.sub_label == ("Ann", 0.9)
    row = of_kind(told, EventStored)[0].event
    assert (row.sub_label, row.data.sub_label_score) == ("Ann", 0.9)
    again = Life()
    again.be_believed()
    named = set_sub_label(again.state, track().id, "Ann")
    assert set_sub_label(named, track().id, None).objects[track().id].sub_label is None
    assert set_sub_label(named, "unknown", "Bob") is named


def test_a_deleted_event_is_still_told_and_never_stored_again() -> None:
    life = Life()
    life.be_believed(motionless_count=60)
    life.state, told = delete_event(life.state, track().id)
    assert told == (EventDiscarded(track().id),)
    later = life.see(track(time=life.time, position_changes=2))
    assert changes(later) == [Change.UPDATE]
    assert not of_kind(later, EventStored)
    assert not of_kind(later, TimelineNoted)
    end = life.lose(track())
    assert changes(end) == [Change.END]
    assert not of_kind(end, EventStored)
    assert not of_kind(end, SnapshotDue)
    assert end[-1] == EventDiscarded(track().id)


def test_an_unknown_event_cannot_be_deleted() -> None:
    life = Life()
    life.be_believed()
    assert delete_event(life.state, "unknown") == (life.state, ())


def test_an_event_can_be_ended_while_its_object_is_there() -> None:
    life = Life()
    life.be_believed()
    state, told = end_event(life.state, track().id, START + 9, life.rules)
    assert state.objects == {}
    assert [type(h) for h in told] == [ObjectChanged, TimelineNoted, EventStored, SnapshotDue]
    (stored,) = of_kind(told, EventStored)
    assert stored.event.end_time == START + 9 + life.rules.post_capture_s


def test_ending_what_does_not_run_changes_nothing() -> None:
    life = Life()
    life.be_believed()
    assert end_event(life.state, "1.0-nobody", START, life.rules) == (life.state, ())
