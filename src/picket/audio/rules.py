"""What a camera's configuration asks of its sound. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from picket.config.audio import AudioConfig, AudioFilterConfig


@dataclass(frozen=True, slots=True)
class SoundRules:
    """Limits of one camera."""

    min_rms: float  # quieter windows are not examined
    max_not_heard_s: float  # a sound that was not heard for longer is over
    thresholds: Mapping[str, float]  # by label that is listened for: scores above count, 0..1


def compile_rules(audio: AudioConfig) -> SoundRules:
    """The rules of a camera."""
    filters, usual = audio.filters or {}, AudioFilterConfig()
    return SoundRules(
        min_rms=audio.min_volume,
        max_not_heard_s=audio.max_not_heard,
        thresholds={label: filters.get(label, usual).threshold for label in audio.listen},
    )


def wanted_scores(scores: Mapping[str, float], rules: SoundRules) -> dict[str, float]:
    """Of all scores by label those of sounds that are listened for and sure enough."""
    return {
        label: scores[label]
        for label, threshold in rules.thresholds.items()
        if scores.get(label, 0.0) > threshold
    }
