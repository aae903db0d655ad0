from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from picket.audio.rules import SoundRules, compile_rules, wanted_scores
from picket.config.audio import AudioConfig, AudioFilterConfig

LABELS = st.sampled_from(["bark", "speech", "yell", "rain", "silence"])
SCORES = st.dictionaries(LABELS, st.floats(0, 1))


def test_a_sound_has_its_own_limit_or_the_usual_one() -> None:
    audio = AudioConfig(
        listen=("bark", "speech"), filters={"speech": AudioFilterConfig(threshold=0.6)}
    )
    rules = compile_rules(audio)
    assert rules.thresholds == {"bark": 0.8, "speech": 0.6}
    assert (rules.min_rms, rules.max_not_heard_s) == (500, 30)


@given(SCORES, st.dictionaries(LABELS, st.floats(0.5, 0.99)))
def test_what_counts_is_listened_for_and_above_its_limit(
    scores: dict[str, float], thresholds: dict[str, float]
) -> None:
    wanted = wanted_scores(scores, SoundRules(500, 30, thresholds))
    for label, score in scores.items():
        counts = label in thresholds and score > thresholds[label]
        assert wanted.get(label) == (score if counts else None)
    assert wanted.keys() <= scores.keys()
