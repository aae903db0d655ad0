from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from picket.domain.frame import Gray
from picket.motion.background import (
    BACK_FRAMES,
    LASTING_FRAMES,
    Background,
    Comparison,
    Habits,
    compare,
    learn,
    start_background,
)
from picket.motion.light import UNCHANGED, Light

HABITS = Habits(alpha=0.01, stay_frames=30, loudest=30)
LIMIT = 15


def plain(luma: int) -> Gray:
    return np.full((10, 20), luma, np.uint8)


def look(background: Background, picture: Gray, light: Light = UNCHANGED) -> Comparison:
    return compare(background, picture, light, doubt_share=0.3)


def watch(
    pictures: Sequence[Gray], background: Background | None = None, light: Light = UNCHANGED
) -> Background:
    known = background or start_background(pictures[0])
    for picture in pictures:
        known = learn(known, picture, look(known, picture, light), plain(LIMIT), HABITS)
    return known


def differs(background: Background, luma: int) -> bool:
    return bool((look(background, plain(luma)).difference > LIMIT).all())


def test_a_slow_change_is_averaged_in() -> None:
    known = watch([plain(100)] + [plain(110)] * 300)
    assert known.ground == pytest.approx(110, abs=1)


def test_what_differs_stays_so_until_it_stood_long_enough() -> None:
    standing = [plain(200)] * (HABITS.stay_frames + 1)
    assert differs(watch([plain(100), *standing[:-1]]), 200)
    assert not differs(watch([plain(100), *standing]), 200)


def test_what_never_stands_still_never_becomes_ground() -> None:
    fidgeting = [plain(160), plain(200), plain(240)] * HABITS.stay_frames
    assert differs(watch([plain(100), *fidgeting]), 200)


def test_what_left_is_seen_and_then_leaves_no_ghost() -> None:
    parked = watch([plain(100)] + [plain(200)] * 100 + [plain(170)] * 100)
    assert not differs(parked, 170)
    assert differs(watch([plain(100)] * BACK_FRAMES, parked), 100)
    assert not differs(watch([plain(100)] * (BACK_FRAMES + 1), parked), 100)


def test_only_a_lasting_ground_is_remembered() -> None:
    """Somebody who shifts from one foot to the other is not what the place looks like."""
    parked = watch([plain(100)] + [plain(200)] * 100 + [plain(170)] * 100)
    assert (parked.below == 100).all()
    assert differs(watch([plain(200)] * (BACK_FRAMES + 1), parked), 200)


def test_a_parked_car_becomes_lasting_ground() -> None:
    known = watch([plain(100)] + [plain(200)] * (HABITS.stay_frames + LASTING_FRAMES + 2))
    covered = watch([plain(150)] * (HABITS.stay_frames + 1), known)
    assert covered.below == pytest.approx(200, abs=1)


def test_in_another_light_the_ground_is_expected_to_look_different() -> None:
    known = start_background(plain(100))
    seen = look(known, plain(140), Light(1.4, 0.0))
    assert (seen.difference == 0).all()
    assert (seen.doubt == int(0.3 * 40)).all()


def test_light_does_not_make_an_object_of_what_stands() -> None:
    """A candidate is compared in the light of the ground, so that a flicker does not renew it."""
    known = watch([plain(60)] + [plain(100)] * 10)
    brighter = watch([plain(120)], known, Light(1.2, 0.0))
    assert (brighter.standing_frames == known.standing_frames + 1).all()


def test_flicker_is_learned_as_variance() -> None:
    noise = np.random.default_rng(4)
    frames = [noise.normal(100, 5, (10, 20)).clip(0, 255).astype(np.uint8) for _ in range(300)]
    assert float(np.sqrt(watch(frames).variance.mean())) == pytest.approx(5, rel=0.15)


def test_an_object_counts_as_flicker_only_up_to_a_limit() -> None:
    before = watch([plain(100)] * 200)
    after = watch([plain(250)], before)
    gained = after.variance - before.variance
    assert gained.max() <= HABITS.alpha * HABITS.loudest**2


def test_a_background_is_not_changed_by_what_it_learns() -> None:
    known = start_background(plain(100))
    watch([plain(110)] * 3 + [plain(200)] * 40, known)
    assert (known.ground == 100).all()
    assert (known.candidate == 100).all()
