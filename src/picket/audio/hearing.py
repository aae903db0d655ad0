"""When a sound begins, goes on and is over. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from picket.audio.rules import SoundRules
from picket.domain.ids import timed_id


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound that was heard, perhaps again and again."""

    id: str  # of its event
    label: str
    start_time: float  # Unix seconds of the first window with it
    last_time: float  # Unix seconds of the end of the last one
    score: float  # the best so far, 0..1


@dataclass(frozen=True, slots=True)
class SoundBegan:
    """It was not heard before, or long ago."""

    sound: Sound


@dataclass(frozen=True, slots=True)
class SoundEnded:
    """It was not heard for too long, or nobody listens any more."""

    sound: Sound


Happening = SoundBegan | SoundEnded


@dataclass(frozen=True, slots=True)
class Hearing:
    """One camera's running sounds; the empty value is the start."""

    sounds: Mapping[str, Sound] = field(default_factory=dict)  # by label


Draws = Callable[[], Sequence[int]]
"""Chance for an id, see `timed_id`."""

Heard = tuple[Hearing, tuple[Happening, ...]]


@dataclass(frozen=True, slots=True)
class Moment:
    """When a window was heard."""

    start_time: float  # Unix seconds
    end_time: float


def hear(hearing: Hearing, scores: Mapping[str, float], moment: Moment, draws: Draws) -> Heard:
    """Take in the sounds of a window; it ends none.

    Args:
        hearing: what was heard so far.
        scores: by label, those that count (`wanted_scores`).
        moment: of the window.
        draws: for the ids of new sounds.
    """
    sounds, began = dict(hearing.sounds), []
    for label, score in scores.items():
        known = sounds.get(label)
        if known is None:
            start_time = moment.start_time
            known = Sound(timed_id(start_time, draws()), label, start_time, start_time, score)
            began.append(known)
        last_time, best = max(known.last_time, moment.end_time), max(known.score, score)
        sounds[label] = replace(known, last_time=last_time, score=best)
    return Hearing(sounds), tuple(SoundBegan(sounds[one.label]) for one in began)


def fade(hearing: Hearing, now: float, rules: SoundRules) -> Heard:
    """End what was not heard for too long at `now`, Unix seconds, or is not listened for."""
    over = [
        sound
        for sound in hearing.sounds.values()
        if now - sound.last_time > rules.max_not_heard_s or sound.label not in rules.thresholds
    ]
    return _without(hearing, over), tuple(SoundEnded(sound) for sound in over)


def end_all(hearing: Hearing) -> Heard:
    """Nobody listens any more."""
    return Hearing(), tuple(SoundEnded(sound) for sound in hearing.sounds.values())


def forget(hearing: Hearing, event_id: str) -> Hearing:
    """A client deleted the event of a sound: heard once more, it is a new one."""
    return _without(hearing, [one for one in hearing.sounds.values() if one.id == event_id])


def _without(hearing: Hearing, over: Sequence[Sound]) -> Hearing:
    labels = {sound.label for sound in over}
    return Hearing({k: sound for k, sound in hearing.sounds.items() if k not in labels})
