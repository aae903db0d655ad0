"""All of listening: one window of sound through loudness, model and memory. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from picket.audio.hearing import Draws, Happening, Hearing, Moment, fade, hear
from picket.audio.rules import SoundRules, wanted_scores
from picket.audio.tally import LoudTally, add_window
from picket.audio.window import Loudness, Samples, Window, measure
from picket.ipc.messages import SegmentHeard


class Classifier(Protocol):
    """A model that knows sounds."""

    def classify(self, samples: Samples) -> Mapping[str, float]:
        """The best score of each label, 0..1. Raises: ModelError when it cannot be run."""


@dataclass(frozen=True, slots=True)
class SoundMemory:
    """Everything that one camera remembers of its sound; the empty value is the start."""

    hearing: Hearing = field(default_factory=Hearing)
    tally: LoudTally = field(default_factory=LoudTally)


@dataclass(frozen=True, slots=True)
class WindowResult:
    """What came of one window."""

    loudness: Loudness
    is_loud: bool  # enough to be examined
    happenings: tuple[Happening, ...]
    reports: tuple[SegmentHeard, ...]


def listen(
    memory: SoundMemory,
    window: Window,
    classifier: Classifier | None,
    rules: SoundRules,
    draws: Draws,
) -> tuple[SoundMemory, WindowResult]:
    """Take in a window.

    Without a classifier, because there is no model or no time for it, loudness is measured alone.
    """
    loudness = measure(window.samples)
    is_loud = loudness.rms >= rules.min_rms
    scores = classifier.classify(window.samples) if is_loud and classifier else {}
    moment = Moment(window.start_time, window.end_time)
    hearing, began = hear(memory.hearing, wanted_scores(scores, rules), moment, draws)
    hearing, ended = fade(hearing, window.end_time, rules)
    dbfs = loudness.dbfs if is_loud else None
    tally, reports = add_window(memory.tally, window.start_time, dbfs)
    result = WindowResult(loudness, is_loud, (*began, *ended), reports)
    return SoundMemory(hearing, tally), result
