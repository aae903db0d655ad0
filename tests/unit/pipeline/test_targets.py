from __future__ import annotations

import pytest

from picket.domain.geometry import Box
from tests.unit.pipeline.scene import FPS
from tests.unit.pipeline.street import HEIGHT, STREET, WIDTH, Thing
from tests.unit.pipeline.turning_street import TurningStreet


def walk(street: TurningStreet, frames: int, step_px: int = 6) -> Box:
    box = Box(60, 50, 84, 110)
    for number in range(frames):
        x = 60 + number * step_px
        box = Box(x, 50, x + 24, 110)
        street.show(Thing(9, box, "person"))
    return box


def test_a_walker_is_told_with_his_place_and_speed_in_pictures() -> None:
    street = TurningStreet()
    box = walk(street, 25)
    glance = street.glance()
    assert glance is not None
    (target,) = glance.targets
    assert (target.x, target.y) == pytest.approx(
        (box.center[0] / WIDTH, box.center[1] / HEIGHT), abs=0.02
    )
    assert target.x_speed == pytest.approx(6 * FPS / WIDTH, rel=0.3)
    assert target.y_speed == pytest.approx(0, abs=0.02)
    assert (target.label, target.is_sure, target.is_stationary) == ("person", True, False)
    assert target.entered_zones == ("all",)


def test_nobody_at_home_is_not_worth_a_word() -> None:
    street = TurningStreet()
    street.show()
    assert street.glance() is None


def test_away_from_home_nobody_is_told_too() -> None:
    street = TurningStreet()
    street.show()
    street.hear(is_home=False)
    street.show()
    glance = street.glance()
    assert glance is not None
    assert glance.targets == ()


def test_a_camera_without_motors_tells_nothing() -> None:
    street = TurningStreet()
    street.rules = STREET
    walk(street, 25)
    assert street.glance() is None
