"""Whether a camera sees, told once."""

from __future__ import annotations

import pytest

from picket.runtime.worker.sight import PATIENCE_S, Sight


def test_blindness_is_shown_at_once_and_logged_once_it_lasts(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    sight = Sight("yard")
    sight.update("detector d hangs", 100.0)
    assert (sight.blind_since, sight.reason) == (100.0, "detector d hangs")
    assert not caplog.messages
    for second in range(1, 30):
        sight.update("detector d is gone", 100.0 + second)
    assert sight.blind_since == 100.0
    assert [m for m in caplog.messages if "yard is blind" in m] == caplog.messages
    assert len(caplog.messages) == 1
    assert "goes on recording: detector d is gone" in caplog.messages[0]


def test_sight_that_comes_back_is_told_only_to_who_heard_of_its_loss(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    sight = Sight("yard")
    sight.update("gone", 100.0)
    sight.update("", 100.0 + PATIENCE_S / 2)
    assert (sight.blind_since, sight.reason) == (0.0, "")
    assert not caplog.messages
    sight.update("gone", 200.0)
    sight.update("gone", 200.0 + PATIENCE_S)
    sight.update("", 230.0)
    assert caplog.messages[-1] == "camera yard sees again"
