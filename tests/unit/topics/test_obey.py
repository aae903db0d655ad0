from __future__ import annotations

from collections.abc import Mapping

import pytest

from picket.domain.errors import Unavailable
from picket.topics.commands import Command, MoveCamera, Republish, Restart, SwitchFeature
from picket.topics.message import Message
from picket.topics.obey import obey
from tests.support.fake_ptz import FakePtz


class Switchboard:
    """Switches whatever it is told to, and something else with it."""

    restarts = 0

    def switch(self, camera: str, feature: str, payload: str) -> Mapping[str, str]:
        return {f"{camera}/{feature}/state": payload, f"{camera}/other/state": "ON"}

    def restart(self) -> None:
        self.restarts += 1


def told_by(command: Command, board: Switchboard, ptz: FakePtz) -> list[Message]:
    told: list[Message] = []
    movement = obey(command, board, ptz, told.append)
    if movement is not None:
        movement.result(0)
    return told


def test_what_was_switched_is_told_to_be_kept() -> None:
    assert told_by(SwitchFeature("front", "detect", "OFF"), Switchboard(), FakePtz()) == [
        Message("front/detect/state", "OFF", retain=True),
        Message("front/other/state", "ON", retain=True),
    ]


def test_the_others_are_done() -> None:
    board, ptz, hello = Switchboard(), FakePtz(), Message("hello", "you")
    assert told_by(MoveCamera("front", "STOP"), board, ptz) == []
    assert told_by(Restart(), board, ptz) == []
    assert told_by(Republish(hello), board, ptz) == [hello]
    assert (ptz.moves, board.restarts) == ([("front", "STOP")], 1)


def test_a_camera_that_does_not_move_is_told_of() -> None:
    ptz = FakePtz()
    ptz.error = Unavailable("away")
    with pytest.raises(Unavailable, match="away"):
        told_by(MoveCamera("front", "STOP"), Switchboard(), ptz)
