"""The life of tracked objects: believed, told, stored, ended. Read `step_events` first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from picket.domain.event import Event, Moment
from picket.domain.frame import Frame
from picket.domain.track import Track
from picket.events.advance import Sighting, advance, same_labels
from picket.events.best_shot import BestShot, copy_frame
from picket.events.happenings import EventStored, Happening, SnapshotDue
from picket.events.memory import EventState, ObjectMemory, SubLabel, show, to_path, to_row
from picket.events.path import Path, add_waypoint
from picket.events.quieting import Quieting, step_quieting
from picket.events.rules import EventRules
from picket.events.timeline import find_moment, note_moment
from picket.ipc.messages import Change, EventDiscarded, ObjectChanged, TimelineNoted, TrackQuieted

SHOT_INTERVAL_S = 5.0
"""A better picture alone is told at most so often."""
REMINDER_S = 60.0
"""An object that is still there is told of again after so long."""

Told = tuple[Happening, ...]


def step_events(
    state: EventState, sighting: Sighting, rules: EventRules
) -> tuple[EventState, Told]:
    """Take the tracks of one frame; hand back what became known, in order.

    A track is noted when it is new, and told from the moment its score convinces. What it was
    worth is decided when it is lost: a row and a picture, or nothing at all.
    """
    now = sighting.frame.frame_time
    advanced = {
        track.id: advance(state.objects[track.id], track, sighting, rules)
        for track in sighting.tracks
        if track.id in state.objects
    }
    known = _with_own_frames(advanced, sighting.frame)
    objects: dict[str, ObjectMemory] = {}
    happenings: list[Happening] = []
    for track in sighting.tracks:
        if track.id in known:
            before = state.objects[track.id]
            memory, told = _tell_news(before, known[track.id], now, rules)
        else:
            memory, told = _begin(track, sighting, rules)
        objects[track.id] = memory
        happenings += told
    for track in sighting.lost:
        if track.id in state.objects:
            happenings += _end(replace(state.objects[track.id], track=track), now, rules)
    return EventState(objects), tuple(happenings)


def end_all(state: EventState, now: float, rules: EventRules) -> tuple[EventState, Told]:
    """End every object, for a clean stop; `now` is Unix seconds."""
    told = tuple(
        happening for memory in state.objects.values() for happening in _end(memory, now, rules)
    )
    return EventState(), told


def set_sub_label(
    state: EventState, event_id: str, label: str | None, score: float | None = None
) -> EventState:
    """Name a running object, or take its name away; an unknown id changes nothing."""
    memory = state.objects.get(event_id)
    if memory is None:
        return state
    name: SubLabel | None = None if label is None else (label, score)
    return EventState({**state.objects, event_id: replace(memory, sub_label=name)})


def delete_event(state: EventState, event_id: str) -> tuple[EventState, Told]:
    """Keep nothing more of a running object, which goes on being tracked and told.

    An unknown id changes nothing.
    """
    memory = state.objects.get(event_id)
    if memory is None:
        return state, ()
    deleted = EventState({**state.objects, event_id: replace(memory, is_deleted=True)})
    return deleted, (EventDiscarded(event_id),)


def end_event(
    state: EventState, event_id: str, now: float, rules: EventRules
) -> tuple[EventState, Told]:
    """End a running object as if it were lost; an unknown id changes nothing."""
    memory = state.objects.get(event_id)
    if memory is None:
        return state, ()
    others = {key: other for key, other in state.objects.items() if key != event_id}
    return EventState(others), _end(memory, now, rules)


def _with_own_frames(
    objects: Mapping[str, ObjectMemory], frame: Frame
) -> Mapping[str, ObjectMemory]:
    """One copy of the frame for all the shots taken from it, none when there are none."""
    taken = {
        key: memory.shot.view
        for key, memory in objects.items()
        if memory.shot is not None and memory.shot.frame is frame
    }
    if not taken:
        return objects
    own = copy_frame(frame)
    shots = {key: BestShot(own, view) for key, view in taken.items()}
    return {
        key: replace(memory, shot=shots[key]) if key in shots else memory
        for key, memory in objects.items()
    }


def _begin(track: Track, sighting: Sighting, rules: EventRules) -> tuple[ObjectMemory, Told]:
    """A track that was just registered: noted, but believed by nobody yet."""
    scores = sighting.first_scores.get(track.id) or (track.detection.score,)
    if track.id in sighting.known:
        return ObjectMemory(track, scores, is_known=True), ()
    # Compared now, because somebody may pass in front in the next frame, which may convince.
    quieting = step_quieting(Quieting(), track, sighting.frame, rules.mistakes)
    box = track.detection.box
    memory = ObjectMemory(
        track,
        scores,
        places=(box,),
        path=add_waypoint(Path(), track.frame_time, box),
        has_stirred=sighting.shows_motion_on(box),
        quieting=quieting,
    )
    view = show(memory, rules)
    entry = note_moment(view, Moment.VISIBLE, track.frame_time, rules)
    return replace(memory, published=view), (TimelineNoted(entry),)


def _tell_news(
    before: ObjectMemory, memory: ObjectMemory, now: float, rules: EventRules
) -> tuple[ObjectMemory, Told]:
    if memory.is_false_positive:
        return memory, _count_quieted(before, memory, now)
    is_news = _has_better_shot(memory, now) or _is_significant(before, memory, now, rules)
    if memory.is_known or not is_news:
        return memory, ()
    return _publish(memory, now, rules)


def _count_quieted(before: ObjectMemory, memory: ObjectMemory, now: float) -> Told:
    """An object that would be believed by now is counted once."""
    if before.quieting.has_mattered or not memory.quieting.has_mattered:
        return ()
    return (TrackQuieted(memory.quieting.mistake_id, now),)


def _has_better_shot(memory: ObjectMemory, now: float) -> bool:
    """Whether there is a picture that was not told, and the last message is old enough."""
    told = None if memory.published is None else memory.published.snapshot
    return (
        memory.shot is not None
        and memory.shot.view != told
        and now - memory.published_time > SHOT_INTERVAL_S
    )


def _is_significant(
    before: ObjectMemory, memory: ObjectMemory, now: float, rules: EventRules
) -> bool:
    """Whether the last frame changed what clients act on."""
    threshold = rules.stationary_threshold
    old, new = before.track, memory.track
    return (
        set(before.presence.current) != set(memory.presence.current)
        or old.position_changes != new.position_changes
        or old.is_stationary(threshold) != new.is_stationary(threshold)
        or not same_labels(before.current_attributes, memory.current_attributes)
        or now - memory.published_time > REMINDER_S
    )


def _publish(memory: ObjectMemory, now: float, rules: EventRules) -> tuple[ObjectMemory, Told]:
    judged = _judge(memory, rules)
    view = show(judged, rules)
    before = judged.published or view
    change = Change.NEW if before.false_positive else Change.UPDATE
    happenings: list[Happening] = [ObjectChanged(change, before, view)]
    moment = None if judged.is_deleted else find_moment(before, view)
    if moment is not None:
        happenings.append(TimelineNoted(note_moment(view, moment, now, rules)))
    row = to_row(judged, rules)
    if _is_worth_a_row(judged) and row != judged.stored:
        happenings.append(_stored(judged, row, rules))
        judged = replace(judged, stored=row)
    return replace(judged, published=view, published_time=now), tuple(happenings)


def _end(memory: ObjectMemory, now: float, rules: EventRules) -> Told:
    if memory.is_known:
        return ()
    judged = _judge(memory, rules)
    view = show(judged, rules, end_time=now)
    happenings: list[Happening] = []
    if not judged.is_false_positive:
        happenings.append(ObjectChanged(Change.END, judged.published or view, view))
    if not _is_worth_a_row(judged):
        return (*happenings, EventDiscarded(view.id))
    row = to_row(judged, rules, end_time=now)
    happenings.append(TimelineNoted(note_moment(view, Moment.GONE, now, rules)))
    happenings.append(_stored(judged, row, rules))
    if judged.has_snapshot and judged.shot is not None:
        happenings.append(SnapshotDue(row, judged.shot))
    return tuple(happenings)


def _stored(memory: ObjectMemory, row: Event, rules: EventRules) -> EventStored:
    is_new = _has_new_thumbnail(memory, row)
    return EventStored(row, memory.shot, is_new, to_path(memory, rules))


def _judge(memory: ObjectMemory, rules: EventRules) -> ObjectMemory:
    """Decide what is kept; a promise once given holds, so that every row gets its end."""
    if memory.is_false_positive or memory.track.position_changes == 0:
        return memory
    label, zones = memory.track.label, memory.presence.entered
    return replace(
        memory,
        has_clip=memory.has_clip or rules.clip.wants(label, zones),
        has_snapshot=memory.has_snapshot or rules.snapshot.wants(label, zones),
    )


def _is_worth_a_row(memory: ObjectMemory) -> bool:
    return not memory.is_deleted and (memory.has_clip or memory.has_snapshot)


def _has_new_thumbnail(memory: ObjectMemory, row: Event) -> bool:
    old = memory.stored
    return old is None or old.data.box != row.data.box or old.data.score != row.data.score
