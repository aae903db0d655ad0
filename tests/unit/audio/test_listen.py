from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from picket.audio.hearing import Happening, SoundBegan, SoundEnded
from picket.audio.listen import SoundMemory, listen
from picket.audio.rules import SoundRules
from picket.audio.window import WINDOW_SAMPLES, Samples, Window
from tests.unit.audio.test_window import tone

RULES = SoundRules(500, 1.5, {"bark": 0.8})
QUIET = np.zeros(WINDOW_SAMPLES, np.float32)


class Dog:
    """Hears a bark in whatever it is given, and counts."""

    def __init__(self) -> None:
        self.asked = 0

    def classify(self, samples: Samples) -> Mapping[str, float]:
        assert samples.shape == (WINDOW_SAMPLES,)
        self.asked += 1
        return {"bark": 0.9, "rain": 0.95}


def draws() -> list[int]:
    return [0] * 6


def test_what_is_quiet_is_measured_and_not_examined() -> None:
    dog = Dog()
    _, result = listen(SoundMemory(), Window(100.0, tone(0.01)), dog, RULES, draws)
    assert 200 < result.loudness.rms < 500
    assert (dog.asked, result.is_loud, result.happenings) == (0, False, ())


def test_a_loud_window_with_a_sound_begins_it_and_quiet_ends_it() -> None:
    dog, memory, told = Dog(), SoundMemory(), list[Happening]()
    for number, samples in enumerate([tone(0.5), QUIET, QUIET, QUIET]):
        window = Window(100 + number * 0.975, samples)
        memory, result = listen(memory, window, dog, RULES, draws)
        told += result.happenings
    assert [type(one) for one in told] == [SoundBegan, SoundEnded]
    assert [one.sound.label for one in told] == ["bark", "bark"]
    assert dog.asked == 1


def test_without_a_model_loudness_is_measured_alone() -> None:
    memory, result = listen(SoundMemory(), Window(100.0, tone(0.5)), None, RULES, draws)
    assert (result.is_loud, result.happenings) == (True, ())
    assert [one.start_time for one in memory.tally.loud] == [100.0]
